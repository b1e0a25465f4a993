"""The two dialogs about keys, used as people use them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidgetItem,
)

from aipaint.ui.dialogs.fixed_keys import fixed_use
from aipaint.ui.dialogs.key_sheet import KeySheet
from aipaint.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from tests.ui.rig import Rig, interactive

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _shown(dialog: ShortcutsDialog | KeySheet) -> dict[str, tuple[str, ...]]:
    """The cells of the rows that can be seen, by their first."""
    rows = {}
    for number in range(dialog.tree.topLevelItemCount()):
        top = dialog.tree.topLevelItem(number)
        assert top is not None
        for place in range(top.childCount()):
            item = top.child(place)
            assert isinstance(item, QTreeWidgetItem)
            if not item.isHidden() and not top.isHidden():
                rows[item.text(0)] = tuple(item.text(n) for n in range(item.columnCount()))
    return rows


@pytest.fixture
def dialog(starting: Rig) -> ShortcutsDialog:
    starting.trigger("edit.shortcuts")
    found = starting.window.findChild(ShortcutsDialog)
    assert found is not None
    starting.qtbot.waitExposed(found).__enter__()
    return found


@pytest.fixture
def sheet(starting: Rig) -> KeySheet:
    starting.trigger("help.keys")
    found = starting.window.findChild(KeySheet)
    assert found is not None
    return found


def _message(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "shortcutMessage")
    assert label is not None
    return label.text()


def test_both_open_by_their_keys(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.key(Qt.Key.Key_F1)
    assert starting.window.findChild(KeySheet) is not None
    starting.key(Qt.Key.Key_F1)
    assert len(starting.window.findChildren(KeySheet)) == 1
    sheet = starting.window.findChild(KeySheet)
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    starting.wait(lambda: starting.window.findChild(KeySheet) is None)
    starting.window.activateWindow()
    starting.wait(starting.window.isActiveWindow)
    starting.key(Qt.Key.Key_K, _CONTROL | Qt.KeyboardModifier.AltModifier)
    assert starting.window.findChild(ShortcutsDialog) is not None


def test_every_action_is_listed_once_under_its_menu(starting: Rig, dialog: ShortcutsDialog) -> None:
    listed = [one for menu in starting.window.shortcuts._menus() for one in menu.names]
    assert sorted(listed) == sorted(starting.inside.actions)
    tops = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    titles = [top.text(0) for top in tops if top is not None]
    assert titles[:3] == ["File", "Edit", "Tools"]
    assert "Elsewhere" not in titles


def test_usual_keys_are_none_that_always_do_something_else(starting: Rig) -> None:
    keymap = starting.window.shortcuts.keymap
    shared = {
        key for one in starting.inside.actions for key in keymap.usual_keys(one) if fixed_use(key)
    }
    # Both are for the canvas, where nothing else wants them at that time.
    assert shared <= {"Return", "Enter", "Tab"}


def test_a_free_key_is_given(starting: Rig, dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    QTest.keyClick(dialog.key, Qt.Key.Key_K, _SHIFT)
    assert dialog.key.text() == "Shift+K"
    assert _message(dialog) == "Shift+K is free."
    QTest.keyClick(dialog.key, Qt.Key.Key_Return)
    assert starting.window.shortcuts.keymap.keys("tool.eraser") == ("Shift+K",)
    assert _shown(dialog)["Eraser"] == ("Eraser", "Shift+K", "E")
    assert dialog.isVisible()


def test_one_more_key_is_added(starting: Rig, dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    QTest.keyClick(dialog.key, Qt.Key.Key_F9)
    dialog.add.click()
    assert starting.window.shortcuts.keymap.keys("tool.eraser") == ("E", "F9")
    QTest.keyClick(dialog.key, Qt.Key.Key_F9)
    assert not dialog.add.isEnabled()


def test_a_conflict_names_the_other_and_takes_the_key(
    starting: Rig, dialog: ShortcutsDialog
) -> None:
    dialog.tree.choose("tool.eraser")
    QTest.keyClick(dialog.key, Qt.Key.Key_S, _CONTROL)
    assert _message(dialog) == "Ctrl+S is the key of “Save”."
    assert dialog.use.text() == "&Take It from “Save”"
    assert starting.window.shortcuts.keymap.keys("file.save") == ("Ctrl+S",)
    dialog.use.click()
    assert starting.window.shortcuts.keymap.keys("file.save") == ()
    assert starting.window.shortcuts.keymap.keys("tool.eraser") == ("Ctrl+S",)
    assert _shown(dialog)["Save"] == ("Save", "", "Ctrl+S")
    assert _message(dialog) == "“Eraser” has Ctrl+S now. It was taken from “Save”."


def test_keys_of_the_canvas_and_of_menus_are_refused(dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    for key, modifiers, reason in (
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "move the view"),
        (Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier, "brush opacity"),
        (Qt.Key.Key_Left, _SHIFT, "ten pixels"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "opens the menu File"),
    ):
        QTest.keyClick(dialog.key, key, modifiers)
        assert reason in _message(dialog)
        assert not dialog.use.isEnabled()
        assert not dialog.add.isEnabled()


def test_enter_remains_the_key_of_the_result(dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("generate.apply")
    dialog.clear.click()
    assert _shown(dialog)["Apply the Result"] == ("Apply the Result", "", "Return, Enter")
    dialog.reset.click()
    assert _shown(dialog)["Apply the Result"] == ("Apply the Result", "Return, Enter", "")


def test_one_and_all_are_reset(starting: Rig, dialog: ShortcutsDialog) -> None:
    keymap = starting.window.shortcuts.keymap
    assert not dialog.reset_all.isEnabled()
    dialog.tree.choose("tool.eraser")
    assert not dialog.reset.isEnabled()
    QTest.keyClick(dialog.key, Qt.Key.Key_B)
    dialog.use.click()
    dialog.tree.choose("tool.brush")
    dialog.reset.click()
    assert _message(dialog) == "“Brush” has B now. It was taken from “Eraser”."
    assert keymap.keys("tool.eraser") == ()
    dialog.reset_all.click()
    box = dialog.findChild(QMessageBox, "resetKeysDialog")
    assert box is not None
    assert not keymap.is_own("tool.brush")
    box.buttons()[0].click()
    assert keymap.keys("tool.eraser") == ("E",)
    assert _shown(dialog)["Eraser"] == ("Eraser", "E", "")


def test_no_key_at_all(starting: Rig, dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    dialog.clear.click()
    assert starting.window.shortcuts.keymap.keys("tool.eraser") == ()
    assert _message(dialog) == "“Eraser” has no key now."


def test_search_finds_names_keys_and_menus(dialog: ShortcutsDialog) -> None:
    dialog.search.setText("ctrl+shift+s")
    assert list(_shown(dialog)) == ["Save As"]
    dialog.search.setText("  ERASER ")
    assert list(_shown(dialog)) == ["Eraser", "Mask Eraser"]
    dialog.tree.choose("tool.eraser")
    dialog.search.setText("help")
    assert "About aipaint" in _shown(dialog)
    assert dialog.tree.chosen_id == ""
    assert not dialog.key.isEnabled()
    dialog.search.setText("teleport")
    assert not _shown(dialog)
    assert "teleport" in _message(dialog)


def test_by_keyboard_alone(starting: Rig, dialog: ShortcutsDialog) -> None:
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "pencil")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.tree.chosen_id == "tool.pencil"
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.key
    QTest.keyClick(dialog.key, Qt.Key.Key_F9)
    QTest.keyClick(dialog.key, Qt.Key.Key_Return)
    assert starting.window.shortcuts.keymap.keys("tool.pencil") == ("F9",)


def test_actions_of_a_submenu_say_so(dialog: ShortcutsDialog) -> None:
    assert "Layer Mask: Apply Mask" in _shown(dialog)


def test_what_cannot_be_saved_is_told(
    starting: Rig, dialog: ShortcutsDialog, tmp_path: Path
) -> None:
    (tmp_path / "home" / "shortcuts.toml").mkdir(parents=True)
    dialog.tree.choose("tool.eraser")
    QTest.keyClick(dialog.key, Qt.Key.Key_F9)
    dialog.use.click()
    assert _message(dialog).startswith("It holds until you leave aipaint:")
    assert starting.window.shortcuts.keymap.keys("tool.eraser") == ("F9",)


def test_a_foreign_letter_is_taken_by_its_place(dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    event = QKeyEvent(QEvent.Type.KeyPress, ord("Й"), _CONTROL, 24, 0, 0, "")
    QApplication.sendEvent(dialog.key, event)
    assert dialog.key.key == "Ctrl+Q"


def test_esc_closes_from_the_key_field(starting: Rig, dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    dialog.key.setFocus()
    QTest.keyClick(dialog.key, Qt.Key.Key_Escape)
    starting.wait(lambda: starting.window.findChild(ShortcutsDialog) is None)


def test_a_held_key_is_shown_but_is_no_key(dialog: ShortcutsDialog) -> None:
    dialog.tree.choose("tool.eraser")
    QTest.keyPress(dialog.key, Qt.Key.Key_Control)
    assert dialog.key.text() == "Ctrl+"
    QTest.keyRelease(dialog.key, Qt.Key.Key_Control)
    assert dialog.key.text() == ""
    assert dialog.key.key == ""


def test_the_sheet_has_actions_and_what_is_none(starting: Rig, sheet: KeySheet) -> None:
    rows = _shown(sheet)
    assert rows["Brush"] == ("Brush", "B")
    assert rows["Redo"] == ("Redo", "Ctrl+Shift+Z, Ctrl+Y")
    assert rows["Zoom at the pointer"] == ("Zoom at the pointer", "Ctrl + wheel")
    assert "Open Sample" not in rows
    sheet.search.setText("wheel")
    assert set(_shown(sheet)) >= {"Zoom at the pointer", "Brush size"}
    assert "Brush" not in _shown(sheet)
    sheet.search.setText("erase from the layer")
    assert list(_shown(sheet)) == ["Eraser"]
    sheet.search.setText("teleport")
    assert sheet.none.text()


def test_the_sheet_leads_to_the_dialog(starting: Rig, sheet: KeySheet) -> None:
    button = sheet.findChild(QPushButton, "changeKeysButton")
    assert button is not None
    button.click()
    starting.wait(lambda: starting.window.findChild(KeySheet) is None)
    assert starting.window.findChild(ShortcutsDialog) is not None


def test_own_keys_are_on_the_sheet(starting: Rig) -> None:
    starting.window.shortcuts.keymap.bind("tool.eraser", ("F9",))
    starting.trigger("help.keys")
    sheet = starting.window.findChild(KeySheet)
    assert sheet is not None
    assert _shown(sheet)["Eraser"] == ("Eraser", "F9")


def test_everything_says_what_it_is(dialog: ShortcutsDialog, starting: Rig) -> None:
    starting.trigger("help.keys")
    sheet = starting.window.findChild(KeySheet)
    assert sheet is not None
    for one in (dialog, sheet):
        for part in interactive(one, (QAbstractButton, QAbstractItemView, QLineEdit)):
            has_text = isinstance(part, QAbstractButton) and part.text()
            assert part.accessibleName() or has_text, part
