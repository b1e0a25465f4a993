"""Own keys in the furnished window: in force at once, after a restart, damaged, in conflict."""

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from aipaint.errors import StorageError
from aipaint.ui.key_codes import checked, pressed_as
from aipaint.ui.keymap import Keymap
from aipaint.ui.start_page import StartPage
from tests.ui.rig import Rig, make_rig


def _keymap(rig: Rig) -> Keymap:
    return rig.window.shortcuts.keymap


def _type(rig: Rig, letters: str) -> str:
    """The tool in hand after these letters on the canvas."""
    rig.inside.show_canvas()
    QTest.keyClicks(rig.inside.canvas, letters)
    return rig.toolbox.current.id


def test_another_key_works_at_once_and_the_old_one_no_more(starting: Rig) -> None:
    _keymap(starting).bind("tool.eraser", ("K",))
    assert _type(starting, "k") == "eraser"
    assert _type(starting, "b") == "brush"
    assert _type(starting, "e") == "brush"


def test_own_keys_survive_a_restart(starting: Rig, qtbot: QtBot, tmp_path: Path) -> None:
    _keymap(starting).bind("tool.eraser", ("K", "Ctrl+Alt+E"))
    _keymap(starting).bind("tool.fill", ())
    starting.window.close()
    again = make_rig(qtbot, tmp_path / "home", None)
    assert _keymap(again).keys("tool.eraser") == ("K", "Ctrl+Alt+E")
    assert _type(again, "k") == "eraser"
    assert _type(again, "g") == "eraser"


def test_a_key_taken_from_another_action_is_gone_there(
    starting: Rig, qtbot: QtBot, tmp_path: Path
) -> None:
    keymap = _keymap(starting)
    assert keymap.holder("B", besides="tool.eraser") == "tool.brush"
    assert keymap.bind("tool.eraser", ("B",)) == ("tool.brush",)
    assert keymap.keys("tool.brush") == ()
    assert _type(starting, "hb") == "eraser"
    again = make_rig(qtbot, tmp_path / "home", None)
    assert (_keymap(again).keys("tool.brush"), _keymap(again).keys("tool.eraser")) == ((), ("B",))


def test_the_other_keys_of_an_action_stay_when_one_is_taken(starting: Rig) -> None:
    _keymap(starting).bind("tool.eraser", ("Ctrl+Y",))
    assert _keymap(starting).keys("edit.redo") == ("Ctrl+Shift+Z",)


def test_the_usual_key_is_taken_back(starting: Rig, tmp_path: Path) -> None:
    keymap = _keymap(starting)
    keymap.bind("tool.eraser", ("B",))
    assert keymap.reset("tool.brush") == ("tool.eraser",)
    assert (keymap.keys("tool.brush"), keymap.keys("tool.eraser")) == (("B",), ())
    keymap.reset("tool.eraser")
    assert not keymap.has_own
    assert '"tool.' not in (tmp_path / "home" / "shortcuts.toml").read_text()


def test_all_are_usual_again(starting: Rig) -> None:
    keymap = _keymap(starting)
    usual = {one: keymap.usual_keys(one) for one in starting.inside.actions}
    keymap.bind("tool.eraser", ("B",))
    keymap.bind("file.quit", ("F9",))
    keymap.reset_all()
    assert {one: keymap.keys(one) for one in starting.inside.actions} == usual


def test_tips_follow_the_keys(starting: Rig) -> None:
    _keymap(starting).bind("tool.eraser", ("K",))
    _keymap(starting).bind("tool.hand", ("F7",))
    _keymap(starting).bind("file.new", ("Ctrl+Alt+N",))
    actions = starting.inside.actions
    assert "Eraser (K)" in actions["tool.eraser"].toolTip()
    assert starting.find(QToolButton, "tool.eraser.button").toolTip().startswith("Eraser (K)")
    flyout = starting.find(QToolButton, "tool.hand.button").toolTip()
    assert flyout.startswith("Hand (F7)")
    assert "Hold for more" in flyout
    page = starting.find(StartPage, "welcomePage")
    assert any("Ctrl+Alt+N" in button.toolTip() for button, _ in page._buttons)
    starting.inside._refresh_actions()
    _keymap(starting).bind("edit.undo", ("F8",))
    actions.name("edit.undo", "&Undo Brush")
    assert "Undo Brush (F8)" in actions["edit.undo"].toolTip()


@pytest.mark.parametrize("text", ["[keys", "format = 1\n[keys]\n'tool.brush' = 7\n"])
def test_a_damaged_file_means_the_usual_keys_and_a_sentence(
    qtbot: QtBot, tmp_path: Path, text: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "shortcuts.toml").write_text(text)
    rig = make_rig(qtbot, home, None)
    assert "shortcuts.toml is damaged" in rig.inside.status.hint.text()
    assert _type(rig, "e") == "eraser"


def test_keys_that_do_not_exist_are_left_out_with_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "shortcuts.toml").write_text(
        "format = 1\n[keys]\n'tool.brush' = ['Ctrl+Foo', 'ctrl+k']\n'tool.eraser' = ['Bar']\n"
    )
    rig = make_rig(qtbot, home, None)
    assert "tool.brush" in rig.inside.status.hint.text()
    assert _keymap(rig).keys("tool.brush") == ("Ctrl+K",)
    assert _keymap(rig).keys("tool.eraser") == ("E",)


def test_a_key_named_twice_works_once(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "shortcuts.toml").write_text(
        "format = 1\n[keys]\n'tool.eraser' = ['H']\n'tool.pencil' = ['H', 'F7']\n"
    )
    rig = make_rig(qtbot, home, None)
    assert _keymap(rig).keys("tool.hand") == ()
    assert _keymap(rig).keys("tool.pencil") == ("F7",)
    assert _type(rig, "h") == "eraser"


def test_actions_of_a_newer_version_are_not_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = home / "shortcuts.toml"
    path.write_text("format = 1\n[keys]\n'tool.teleport' = ['F12']\n")
    _keymap(make_rig(qtbot, home, None)).bind("tool.brush", ("K",))
    assert '"tool.teleport" = ["F12"]' in path.read_text()


def test_where_nothing_can_be_written_the_key_still_works(starting: Rig, tmp_path: Path) -> None:
    (tmp_path / "home" / "shortcuts.toml").mkdir(parents=True)
    with pytest.raises(StorageError):
        _keymap(starting).bind("tool.eraser", ("K",))
    assert _type(starting, "k") == "eraser"


def test_no_two_usual_keys_are_pressed_alike(starting: Rig) -> None:
    keymap = _keymap(starting)
    for action_id in starting.inside.actions:
        for key in keymap.usual_keys(action_id):
            assert keymap.holder(key, besides=action_id) == ""


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Shift+{", "Shift+[", True),
        ("{", "Shift+[", True),
        ("Ctrl++", "Ctrl+Shift+=", True),
        ("Ctrl+Enter", "Ctrl+Return", True),
        ("B", "Shift+B", False),
        ("Ctrl+[", "[", False),
    ],
)
def test_what_is_pressed_alike(one: str, other: str, is_same: bool) -> None:
    assert (pressed_as(one) == pressed_as(other)) is is_same


def test_spelling() -> None:
    assert checked("shift+ctrl+b") == "Ctrl+Shift+B"
    for text in ("", "Ctrl+", "Foo", "Ctrl+K, Ctrl+B", "\0"):
        assert checked(text) == ""
    assert checked(QKeySequence("Ctrl+,").toString()) == "Ctrl+,"
