"""Where the data folder is on each system, and that resources are found."""

from pathlib import Path

import pytest

from aipaint.settings.errors import SettingsError
from aipaint.settings.paths import data_folder, resource


def test_aipaint_home_wins_and_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder({"AIPAINT_HOME": "mine", "HOME": "/users/a"}) == tmp_path / "mine"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder({"AIPAINT_HOME": "~/mine"}) == tmp_path / "mine"


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/users/a"}, "/users/a/.local/share/aipaint"),
        ("linux", {"HOME": "/users/a", "XDG_DATA_HOME": "/data"}, "/data/aipaint"),
        (
            "linux",
            {"HOME": "/users/a", "XDG_DATA_HOME": "relative"},
            "/users/a/.local/share/aipaint",
        ),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/aipaint"),
        ("win32", {"USERPROFILE": "/u/a"}, "/u/a/AppData/Local/aipaint"),
        ("win32", {"USERPROFILE": "/u/a", "LOCALAPPDATA": "/l"}, "/l/aipaint"),
    ],
)
def test_the_systems_folder_is_the_default(
    platform: str, environ: dict[str, str], expected: str
) -> None:
    assert data_folder(environ, platform) == Path(expected)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingsError, match="not a folder"):
        data_folder({"AIPAINT_HOME": str(tmp_path / "file")})


def test_an_impossible_path_is_refused() -> None:
    with pytest.raises(SettingsError, match="AIPAINT_HOME"):
        data_folder({"AIPAINT_HOME": "a\0b"})


def test_resources_are_found_from_the_source_tree() -> None:
    source_tree = Path(__file__).parents[2] / "resources"
    assert resource("").resolve() == source_tree.resolve()


def test_a_missing_resource_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such\.file"):
        resource("no-such.file")
