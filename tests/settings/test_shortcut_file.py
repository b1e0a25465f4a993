"""The file of own keys: there and back, and whatever else may be in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.errors import StorageError
from aipaint.settings.shortcut_file import _parsed, read_own_keys, write_own_keys

_NAMES = st.lists(st.text(max_size=100), max_size=8).map(tuple)


@given(keys=st.dictionaries(st.text(max_size=40), _NAMES, max_size=6))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, keys: dict[str, tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("home") / "shortcuts.toml"
    write_own_keys(path, keys)
    stored = read_own_keys(path)
    assert dict(stored.keys) == keys
    assert stored.problem == ""


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    stored = read_own_keys(tmp_path / "nowhere" / "shortcuts.toml")
    assert (dict(stored.keys), stored.problem) == ({}, "")


def test_the_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "shortcuts.toml"
    write_own_keys(path, {"tool.brush": ()})
    assert dict(read_own_keys(path).keys) == {"tool.brush": ()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"format = 2\n[keys]\n",
        b"format = true\n",
        b"format = 1\nkeys = 3\n",
        b"format = 1\n[keys]\n'tool.brush' = 'B'\n",
        b"format = 1\n[keys]\n'tool.brush' = [1]\n",
        b"format = 1\n[keys]\na = ['" + b"x" * 101 + b"']\n",
        b"format = 1\nx = " + b"[" * 20_000,
        b"format = 1\n#" + b" " * 300_000,
    ],
)
def test_a_damaged_file_counts_as_none_and_is_put_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "shortcuts.toml"
    path.write_bytes(data)
    stored = read_own_keys(path)
    assert dict(stored.keys) == {}
    assert stored.problem.startswith("shortcuts.toml is damaged")
    write_own_keys(path, {"tool.brush": ("N",)})
    assert (tmp_path / "shortcuts.damaged.toml").read_bytes() == data
    assert dict(read_own_keys(path).keys) == {"tool.brush": ("N",)}


def test_a_folder_in_its_place_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "shortcuts.toml"
    path.mkdir()
    assert "cannot be read" in read_own_keys(path).problem
    with pytest.raises(StorageError):
        write_own_keys(path, {})


def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StorageError, match=r"shortcuts\.toml could not be saved"):
        write_own_keys(tmp_path / "home" / "shortcuts.toml", {})


@given(data=st.binary(max_size=200))
def test_anything_can_be_in_it(data: bytes) -> None:
    _parsed(data)
