"""The furnished window: names, actions, keys, drops, titles, leaving."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aipaint.document.picture import blank_picture
from aipaint.ui.dialogs.about import AboutDialog
from aipaint.ui.dialogs.new_picture import NewPictureDialog
from tests.ui.rig import Rig, interactive, make_rig, picture_file

_INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
)
_WIDGETS = [
    "canvasView",
    "toolBar",
    "promptPanel",
    "promptEdit",
    "negativeEdit",
    "providerCombo",
    "modelCombo",
    "presetCombo",
    "countSpin",
    "generateButton",
    "cancelButton",
    "costLabel",
    "tierBadge",
    "maskStatusLabel",
    "candidateStrip",
    "applyButton",
    "discardButton",
    "jobList",
    "galleryList",
    "galleryFilter",
    "layerList",
    "undoList",
    "budgetPanel",
    "statusTool",
    "statusZoom",
    "statusPosition",
    "statusSize",
    "statusSpend",
    "statusQueue",
    "welcomePage",
]
_ACTIONS = [
    "file.open",
    "file.save",
    "edit.undo",
    "edit.redo",
    "tool.hand",
    "tool.brush",
    "tool.eraser",
    "tool.mask",
    "tool.maskEraser",
    "view.fit",
    "view.actual",
    "generate.start",
    "gallery.open",
    "gallery.copyPrompt",
    "gallery.rerun",
    "gallery.delete",
    "gallery.clear",
]


def _unnamed(widget: QWidget) -> list[str]:
    return [
        f"{type(part).__name__} {part.objectName()}"
        for part in interactive(widget, _INTERACTIVE)
        if not part.accessibleName()
    ]


@pytest.mark.parametrize("name", _WIDGETS)
def test_the_names_that_scripts_rely_on_are_there(starting: Rig, name: str) -> None:
    assert len(starting.window.findChildren(QWidget, name)) == 1


def test_the_window_and_its_actions_have_their_names(starting: Rig) -> None:
    assert starting.window.objectName() == "mainWindow"
    for name in _ACTIONS:
        assert starting.window.findChild(QAction, name) is not None
    for name in starting.inside.actions:
        assert re.fullmatch(r"[a-z]+\.[a-zA-Z]+", name)


def test_everything_that_can_be_operated_says_what_it_is(rig: Rig) -> None:
    QApplication.processEvents()
    assert not _unnamed(rig.window)


def test_dialogs_say_what_is_in_them(rig: Rig, tmp_path: Path) -> None:
    dialogs: list[QDialog] = [
        NewPictureDialog(rig.window, rig.document.picture.frame),
        AboutDialog(rig.window, tmp_path),
    ]
    for dialog in dialogs:
        dialog.show()
        rig.inside.docks.name_parts()
        assert not _unnamed(dialog)
        dialog.deleteLater()


def test_labels_with_a_mnemonic_lead_somewhere(starting: Rig) -> None:
    labels = starting.window.findChildren(QLabel)
    assert not [label.text() for label in labels if "&" in label.text() and label.buddy() is None]


def test_every_action_is_in_a_menu_and_explains_itself(starting: Rig) -> None:
    in_menus = {
        action.objectName()
        for menu in starting.window.findChildren(QMenu)
        for action in menu.actions()
    }
    for name in starting.inside.actions:
        action = starting.inside.actions[name]
        assert name in in_menus
        assert action.toolTip()
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys and name != "generate.apply":
            assert keys in action.toolTip()


def test_no_two_actions_share_a_key(starting: Rig) -> None:
    keys = [
        key.toString()
        for name in starting.inside.actions
        for key in starting.inside.actions[name].shortcuts()
    ]
    assert len(keys) == len(set(keys))


def test_letters_choose_tools_on_the_canvas_and_are_text_in_the_prompt(starting: Rig) -> None:
    starting.inside.show_canvas()
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    prompt.setFocus()
    QTest.keyClicks(prompt, "beg q")
    assert prompt.toPlainText() == "beg q"
    assert starting.toolbox.current.id == "brush"
    starting.inside.canvas.setFocus()
    for key, tool in (("e", "eraser"), ("q", "mask"), ("h", "hand"), ("b", "brush")):
        QTest.keyClicks(starting.inside.canvas, key)
        assert starting.toolbox.current.id == tool
        assert starting.inside.actions[f"tool.{tool}"].isChecked()
        assert starting.find(QLabel, "statusTool").text() == starting.toolbox.current.label


def test_brackets_change_the_brush(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.inside.canvas.setFocus()
    size = starting.toolbox.brush.size_pixels
    QTest.keyClicks(starting.inside.canvas, "]")
    assert starting.toolbox.brush.size_pixels > size
    QTest.keyClicks(starting.inside.canvas, "[[")
    assert starting.toolbox.brush.size_pixels < size


def test_tab_leaves_the_prompt(starting: Rig) -> None:
    prompt = starting.find(QPlainTextEdit, "promptEdit")
    prompt.setFocus()
    QTest.keyClick(prompt, Qt.Key.Key_Tab)
    assert prompt.toPlainText() == ""
    assert not prompt.hasFocus()


def test_while_the_program_starts_nothing_can_be_lost_or_bought(starting: Rig) -> None:
    for name in ("generate.start", "generate.apply", "file.save", "file.export", "file.sample"):
        assert not starting.inside.actions[name].isEnabled()
    assert not starting.find(QPushButton, "generateButton").isEnabled()
    assert starting.find(QLabel, "costLabel").text() == "Starting…"


def test_a_file_asked_for_too_early_is_opened_when_it_can_be(starting: Rig, tmp_path: Path) -> None:
    from tests.generation.workshop import open_desk
    from tests.ui.rig import connect

    starting.window.open_file(picture_file(tmp_path, "early.png"))
    connect(starting, open_desk(tmp_path / "home", None))
    starting.wait(lambda: starting.document.picture.frame.width == 64)


def test_esc_leaves_the_start_page(starting: Rig) -> None:
    page = starting.inside.start_page
    assert starting.inside.pages.currentWidget() is page
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert starting.inside.pages.currentWidget() is starting.inside.canvas
    assert starting.document.picture.frame == blank_picture(640, 480).frame


def test_the_sample_is_opened_from_the_start_page(rig: Rig) -> None:
    rig.find(QPushButton, "sampleStartButton").click()
    rig.wait(lambda: rig.window.windowTitle().startswith("rocket.jpg"))
    assert rig.inside.pages.currentWidget() is rig.inside.canvas


def test_layer_and_mask_actions(rig: Rig) -> None:
    picture = rig.document.picture
    for name in ("layer.delete", "layer.raise", "layer.lower", "mask.clear"):
        assert not rig.inside.actions[name].isEnabled()
    first = picture.active_layer_id
    rig.trigger("layer.new")
    rig.trigger("layer.lower")
    assert picture.layers[0].id != first
    rig.trigger("layer.duplicate")
    assert [layer.name for layer in picture.layers] == ["Layer 1", "Layer 1 copy", "Layer"]
    rig.trigger("layer.delete")
    rig.trigger("mask.all")
    rig.wait(lambda: len(picture.mask) > 0)
    assert picture.mask.bounds() == picture.frame
    rig.trigger("mask.invert")
    rig.wait(lambda: len(picture.mask) == 0)
    rig.trigger("edit.undo")
    rig.trigger("mask.clear")
    assert len(picture.mask) == 0


def test_the_theme_is_remembered(rig: Rig, qtbot: QtBot, tmp_path: Path) -> None:
    rig.trigger("view.light")
    base = QApplication.palette().base().color()
    assert base.lightness() > 200
    rig.window.close()
    again = make_rig(qtbot, tmp_path / "home", None)
    assert again.inside.actions["view.light"].isChecked()
    again.trigger("view.dark")
    assert QApplication.palette().base().color().lightness() < 60


def test_size_and_docks_are_remembered(rig: Rig, qtbot: QtBot, tmp_path: Path) -> None:
    rig.window.resize(1010, 712)
    dock = rig.find(QDockWidget, "promptDock")
    dock.setVisible(False)
    QApplication.processEvents()
    rig.window.close()
    again = make_rig(qtbot, tmp_path / "home", None)
    # `make_rig` sets a size of its own; what was stored is seen in the layout.
    assert not again.inside.docks.prompt.isVisible()
    assert (tmp_path / "home" / "window.ini").exists()


def test_a_damaged_state_file_means_the_defaults(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "window.ini").write_bytes(b"[General]\ntheme=pink\ngeometry=@ByteArray(xx)\nlayout=7")
    rig = make_rig(qtbot, home, None)
    assert rig.inside.actions["view.system"].isChecked()


def test_another_picture_does_not_take_an_old_command(rig: Rig, tmp_path: Path) -> None:
    rig.window.open_file(picture_file(tmp_path, "one.png"))
    rig.wait(lambda: rig.document.picture.frame.width == 64)
    rig.trigger("mask.all")
    rig.document.replace_picture(blank_picture(10, 10))
    rig.wait(lambda: not rig.inside._background.is_busy)
    assert not rig.document.undo_stack.can_undo


_HEAVY = ("PIL", "cv2", "peewee", "httpx", "keyring", "msgspec", "tenacity", "zstandard")


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("aipaint.ui.window_shell", (*_HEAVY, "numpy", "aipaint.document.document")),
        ("aipaint.ui.main_window", (*_HEAVY, "aipaint.generation.generator", "lucide")),
    ],
)
def test_the_window_waits_for_no_library(module: str, forbidden: tuple[str, ...]) -> None:
    script = f"import sys, {module}; print([m for m in {forbidden!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"
