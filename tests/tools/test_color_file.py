"""Color codes, and the file in the data folder."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Color
from aipaint.tools.color_box import DEFAULT_SWATCHES, ColorBox
from aipaint.tools.color_code import from_hex, to_hex
from aipaint.tools.color_file import colors_as_bytes, recall_colors, write_colors
from tests.conftest import ExpectedLogs

_BYTES = st.integers(0, 255)
_COLORS = st.builds(Color, _BYTES, _BYTES, _BYTES, _BYTES)


@given(_COLORS)
def test_a_code_is_read_back(color: Color) -> None:
    assert from_hex(to_hex(color)) == color
    assert from_hex(to_hex(color).upper().removeprefix("#")) == color


@pytest.mark.parametrize("text", ["", "#", "#12", "#12345", "#1234567", "#ggg", "red", "#1２3"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert from_hex(text) is None


def test_three_digits_are_doubled() -> None:
    assert from_hex("#f80") == Color(255, 136, 0)


def test_the_file_brings_everything_back(tmp_path: Path) -> None:
    box, again = ColorBox(), ColorBox()
    box.foreground, box.background = Color(1, 2, 3, 4), Color(5, 6, 7)
    box.swatches = [Color(9, 9, 9)]
    box.note_use(Color(8, 8, 8))
    path = tmp_path / "new" / "colors.json"
    write_colors(path, colors_as_bytes(box))
    recall_colors(path, again)
    assert colors_as_bytes(again) == colors_as_bytes(box)
    assert again.swatches == (Color(9, 9, 9),)


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    box = ColorBox()
    recall_colors(tmp_path / "colors.json", box)
    assert box.swatches == DEFAULT_SWATCHES


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '"#ffffff"', "9" * 200_000])
def test_a_damaged_file_means_the_defaults(
    tmp_path: Path, text: str, expected_logs: ExpectedLogs
) -> None:
    expected_logs("cannot be read")
    path = tmp_path / "colors.json"
    path.write_text(text, encoding="utf-8")
    box = ColorBox()
    recall_colors(path, box)
    assert box.swatches == DEFAULT_SWATCHES


def test_odd_values_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "colors.json"
    path.write_text('{"swatches": [1, null, "#fff", "x"], "recent": {}, "foreground": 7}')
    box = ColorBox()
    before = box.foreground
    recall_colors(path, box)
    assert box.swatches == (Color(255, 255, 255),)
    assert box.foreground == before
