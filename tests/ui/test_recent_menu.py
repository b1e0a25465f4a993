"""File > Open Recent: newest first, each once, ten of them, those that are gone greyed."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from aipaint.ui.recent_menu import RECENT_LIMIT
from aipaint.ui.window_state import WindowState
from tests.generation.workshop import open_desk
from tests.ui.rig import Rig, make_rig, picture_file


def _entries(rig: Rig) -> list[QAction]:
    rig.inside.recent.menu.aboutToShow.emit()
    actions = rig.inside.recent.menu.actions()
    return [one for one in actions if " — " in one.text()]


def _open(rig: Rig, path: Path, width: int) -> None:
    rig.window.open_file(path)
    rig.wait(lambda: rig.document.picture.frame.width == width)


def test_what_was_opened_is_listed_newest_first_and_once(rig: Rig, tmp_path: Path) -> None:
    assert not _entries(rig)
    assert not rig.inside.actions["file.clearRecent"].isEnabled()
    one = picture_file(tmp_path, "one & only.png", (64, 48))
    two = picture_file(tmp_path, "two.png", (32, 24))
    _open(rig, one, 64)
    _open(rig, two, 32)
    assert [action.text().split(" — ")[0] for action in _entries(rig)] == [
        "&1  two.png",
        "&2  one && only.png",
    ]
    _entries(rig)[1].trigger()
    rig.wait(lambda: rig.document.picture.frame.width == 64)
    assert "one" in _entries(rig)[0].text()
    assert len(_entries(rig)) == 2


def test_a_saved_project_is_listed_and_the_sample_is_not(rig: Rig, tmp_path: Path) -> None:
    rig.trigger("file.sample")
    rig.wait(lambda: rig.window.windowTitle().startswith("rocket.jpg"))
    assert not _entries(rig)
    rig.inside.files.save(tmp_path / "work.ora")
    rig.wait(lambda: rig.inside.files.path is not None)
    assert "work.ora" in _entries(rig)[0].text()


def test_what_is_gone_is_greyed(rig: Rig, tmp_path: Path) -> None:
    path = picture_file(tmp_path, "one.png", (64, 48))
    _open(rig, path, 64)
    assert _entries(rig)[0].isEnabled()
    path.unlink()
    assert not _entries(rig)[0].isEnabled()


def test_ten_are_kept_until_the_next_start_or_cleared(
    rig: Rig, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in range(RECENT_LIMIT + 3):
        rig.inside.recent.note(tmp_path / f"{number}.png")
    names = [action.text() for action in _entries(rig)]
    assert len(names) == RECENT_LIMIT == 10
    assert names[0].startswith("&1  12.png")
    assert names[9].startswith("1&0  3.png")
    rig.window.close()
    again = make_rig(qtbot, tmp_path / "home", open_desk(tmp_path / "home", None))
    assert [action.text() for action in _entries(again)] == names
    again.trigger("file.clearRecent")
    assert not _entries(again)
    assert not WindowState(tmp_path / "home").recent_files


@pytest.mark.parametrize("text", ["pink", "{}", "[1, 2]", '"a"'])
def test_a_damaged_list_is_an_empty_one(tmp_path: Path, text: str) -> None:
    from PySide6.QtCore import QSettings

    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("recent_files", text)
    settings.sync()
    assert WindowState(tmp_path).recent_files == []
