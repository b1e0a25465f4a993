"""What is printed comes out whatever the terminal can show."""

import io
import json
import sys

import pytest

from aipaint.cli.output import bear_any_text, print_json

_NAME = "boat-\udcff.png"  # a file's name that is no UTF-8, as Python has it


class _Outlet:
    """Standard output with an encoding, as a terminal or a pipe has one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
        self._bytes = io.BytesIO()
        self._text = io.TextIOWrapper(self._bytes, encoding=encoding, errors="strict")
        monkeypatch.setattr(sys, "stdout", self._text)

    def written(self) -> bytes:
        self._text.flush()
        return self._bytes.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text", "expected"),
    [
        ("utf-8", "é 🚤", "é 🚤".encode()),
        ("utf-8", _NAME, b"boat-\xff.png"),
        ("ascii", "é 🚤", b"\\xe9 \\U0001f6a4"),
        ("ascii", _NAME, b"boat-\\udcff.png"),
        ("cp1252", "é 🚤", b"\xe9 \\U0001f6a4"),
    ],
)
def test_no_text_is_too_strange_to_be_printed(
    monkeypatch: pytest.MonkeyPatch, encoding: str, text: str, expected: bytes
) -> None:
    outlet = _Outlet(monkeypatch, encoding)
    bear_any_text()
    sys.stdout.write(text)
    assert outlet.written() == expected


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
@pytest.mark.parametrize("text", ["plain", "é", "🚤", _NAME])
def test_an_object_can_always_be_read_back(
    monkeypatch: pytest.MonkeyPatch, encoding: str, text: str
) -> None:
    outlet = _Outlet(monkeypatch, encoding)
    bear_any_text()
    print_json({"path": text})
    assert json.loads(outlet.written().decode(encoding)) == {"path": text}


def test_letters_stay_letters_where_they_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    outlet = _Outlet(monkeypatch, "utf-8")
    print_json({"prompt": "é 🚤"})
    assert "é 🚤" in outlet.written().decode()
