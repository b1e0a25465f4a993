"""The painting tools in the window: keys, bars, the picker with Alt, the text field, colors."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QPushButton, QSpinBox, QToolButton, QWidget

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.painting_options import ShapeLook
from aipaint.ui.widgets.combo_box import ComboBox
from tests.ui.rig import Rig

_KEYS = {
    "pencil": "N",
    "fill": "G",
    "gradient": "Shift+G",
    "line": "Shift+N",
    "rectangle": "U",
    "ellipse": "Shift+U",
    "polygon": "P",
    "text": "T",
    "smudge": "Shift+S",
    "clone": "S",
    "picker": "I",
}
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def gray(starting: Rig) -> Rig:
    """A gray picture of 300 × 200, the canvas has the focus."""
    pixels = np.full((200, 300, 4), 128, np.uint8)
    pixels[..., 3] = 255
    starting.show_picture(Picture([Layer(tiles=TileMap.from_pixels(pixels))], Rect(0, 0, 300, 200)))
    starting.toolbox.colors.foreground = Color(255, 0, 0)
    starting.inside.canvas.setFocus()
    return starting


def _pixel(rig: Rig, x: int, y: int) -> tuple[int, ...]:
    layer = rig.document.picture.active_layer
    return tuple(int(part) for part in layer.tiles.read(Rect(x, y, 1, 1))[0, 0])


def _press_key(rig: Rig, key: str) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if key.startswith("Shift+") else _NONE
    QTest.keyClick(rig.inside.canvas, Qt.Key(ord(key[-1])), modifiers)


@pytest.mark.parametrize(("tool_id", "key"), _KEYS.items())
def test_a_key_takes_the_tool_and_shows_its_bar(gray: Rig, tool_id: str, key: str) -> None:
    _press_key(gray, key)
    assert gray.toolbox.current.id == tool_id
    assert gray.inside.actions[f"tool.{tool_id}"].isChecked()
    bar = gray.inside.tool_options.currentWidget()
    assert bar is not None
    assert bar.isVisible()
    parts = [part for part in bar.findChildren(QWidget) if part.focusPolicy() and part.isVisible()]
    assert not [part for part in parts if not _has_name(part)]


def _has_name(part: QWidget) -> bool:
    """Of its own or, for the inner field of a number, of the number."""
    owner = part.parentWidget()
    return bool(part.accessibleName() or (owner is not None and owner.accessibleName()))


@pytest.mark.parametrize("tool_id", _KEYS)
def test_every_tool_is_in_the_tools_menu_with_icon_and_tip(gray: Rig, tool_id: str) -> None:
    action = gray.inside.actions[f"tool.{tool_id}"]
    menus = [one for one in action.associatedObjects() if not isinstance(one, QAction)]
    assert menus
    assert not action.icon().isNull()
    assert "\n" in action.toolTip()


def test_a_rectangle_is_dragged_with_what_the_bar_says(gray: Rig) -> None:
    gray.trigger("tool.rectangle")
    look = gray.find(ComboBox, "shapeLookCombo")
    look.setCurrentIndex(look.findData(ShapeLook.FILLED.value))
    look.activated.emit(look.currentIndex())
    gray.find(QSpinBox, "shapeOpacitySpin").setValue(50)
    gray.drag((50, 50), (100, 90), (150, 120))
    assert _pixel(gray, 100, 80)[2] == pytest.approx(191, abs=2)
    assert _pixel(gray, 200, 80) == (128, 128, 128, 255)
    assert gray.seen().any()


def test_the_bucket_fills_the_mask_when_the_bar_says_so(gray: Rig) -> None:
    gray.trigger("tool.fill")
    place = gray.find(ComboBox, "fillPlaceCombo")
    place.setCurrentIndex(place.findData("mask"))
    place.activated.emit(place.currentIndex())
    gray.drag((50, 50))
    assert gray.document.picture.mask.bounds() == Rect(0, 0, 300, 200)
    assert _pixel(gray, 50, 50) == (128, 128, 128, 255)


def test_a_large_fill_runs_behind_and_arrives(gray: Rig) -> None:
    gray.document.picture.frame = Rect(0, 0, 2500, 2000)
    gray.trigger("tool.fill")
    gray.drag((250, 150))
    gray.wait(lambda: gray.document.undo_stack.can_undo)
    assert _pixel(gray, 50, 50) == (0, 0, 255, 255)


def test_alt_picks_a_color_with_a_painting_tool_and_paints_nothing(gray: Rig) -> None:
    gray.trigger("tool.pencil")
    viewport = gray.inside.canvas.viewport()
    alt, left = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, left, alt, gray.at(50, 50))
    QTest.qWait(30)
    assert gray.inside.canvas.tool_item.shapes
    QTest.mouseRelease(viewport, left, alt, gray.at(50, 50))
    assert gray.toolbox.color == Color(128, 128, 128)
    assert not gray.document.undo_stack.can_undo
    assert gray.toolbox.current.id == "pencil"
    assert not gray.inside.canvas.tool_item.shapes


def test_x_and_d_swap_and_reset_and_the_brush_bar_follows(gray: Rig) -> None:
    _press_key(gray, "X")
    assert gray.toolbox.color == Color(255, 255, 255)
    assert gray.inside.brush_bar.color.color.name() == "#ffffff"
    _press_key(gray, "D")
    assert gray.toolbox.color == Color(0, 0, 0)


def test_a_locked_layer_is_answered_in_the_status_bar(gray: Rig) -> None:
    from dataclasses import replace

    from aipaint.document.layer_commands import StyleLayer

    layer = gray.document.picture.active_layer
    gray.document.do(StyleLayer(layer.id, replace(layer.style, is_locked=True), "Lock"))
    gray.trigger("tool.line")
    gray.drag((50, 50), (150, 120))
    assert "locked" in gray.inside.status.hint.text()


def test_a_polygon_is_closed_by_enter_and_given_up_by_esc(gray: Rig) -> None:
    gray.trigger("tool.polygon")
    for place in ((50, 50), (200, 50), (120, 150)):
        gray.drag(place)
    QTest.keyClick(gray.inside.canvas, Qt.Key.Key_Return)
    assert gray.document.undo_stack.labels == ["Polygon"]
    gray.drag((20, 20))
    QTest.keyClick(gray.inside.canvas, Qt.Key.Key_Escape)
    assert not gray.toolbox.current.is_busy


def _begin_text(rig: Rig) -> QPlainTextEdit:
    rig.trigger("tool.text")
    rig.drag((40, 100))
    field = rig.find(QPlainTextEdit, "textField")
    assert field.isVisible()
    return field


def test_typing_shows_on_the_canvas_and_letters_are_no_shortcuts(gray: Rig) -> None:
    field = _begin_text(gray)
    assert field.hasFocus()
    QTest.keyClicks(field, "beg")
    assert gray.toolbox.current.id == "text"
    assert (gray.document.picture.active_layer.tiles.read(Rect(0, 0, 300, 200))[..., 2] > 240).any()
    gray.find(QPushButton, "textDoneButton").click()
    assert not field.isVisible()
    assert gray.inside.canvas.hasFocus() or gray.inside.canvas.viewport().hasFocus()
    assert gray.document.undo_stack.labels == ["Text"]


def test_esc_gives_a_text_up_and_control_enter_keeps_it(gray: Rig) -> None:
    field = _begin_text(gray)
    QTest.keyClicks(field, "no")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert gray.document.undo_stack.index == 0
    field = _begin_text(gray)
    assert field.toPlainText() == ""
    QTest.keyClicks(field, "yes")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert gray.document.undo_stack.labels == ["Text"]
    assert not field.isVisible()


def test_control_enter_in_a_text_never_generates(gray: Rig) -> None:
    generate = gray.inside.actions["generate.start"]
    generate.setEnabled(True)
    started: list[bool] = []
    generate.triggered.connect(started.append)
    field = _begin_text(gray)
    QTest.keyClicks(field, "ink")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not started
    assert not field.isVisible()


def test_a_click_on_the_text_leaves_the_keyboard_with_the_field(gray: Rig) -> None:
    field = _begin_text(gray)
    QTest.keyClicks(field, "ink")
    gray.drag((50, 90), (60, 95))
    assert field.hasFocus()
    gray.find(QPushButton, "textDoneButton").click()
    gray.drag((60, 95))  # taken up again
    assert field.isVisible()
    assert field.hasFocus()
    gray.key(Qt.Key.Key_End)
    for letter in (Qt.Key.Key_B, Qt.Key.Key_E):
        gray.key(letter)
    assert field.toPlainText().lower() == "inkbe"
    assert gray.toolbox.current.id == "text"


def test_the_text_bar_changes_the_text_that_is_being_typed(gray: Rig) -> None:
    field = _begin_text(gray)
    QTest.keyClicks(field, "Ink")
    before = gray.document.picture.active_layer.tiles.read(Rect(0, 0, 300, 200))
    gray.find(QCheckBox, "textBold").click()
    after = gray.document.picture.active_layer.tiles.read(Rect(0, 0, 300, 200))
    assert (after != before).any()
    gray.find(QToolButton, "textAlign.right").click()
    moved = gray.document.picture.active_layer.tiles.read(Rect(0, 0, 300, 200))
    assert (moved != after).any()
    assert gray.document.undo_stack.labels == ["Text"]


def test_an_undo_from_the_menu_closes_the_field(gray: Rig) -> None:
    field = _begin_text(gray)
    QTest.keyClicks(field, "Ink")
    gray.trigger("edit.undo")
    assert not field.isVisible()
    assert _pixel(gray, 50, 90) == (128, 128, 128, 255)


def test_another_tool_keeps_the_text_and_closes_the_field(gray: Rig) -> None:
    field = _begin_text(gray)
    QTest.keyClicks(field, "Ink")
    gray.trigger("tool.brush")
    assert not field.isVisible()
    assert gray.document.undo_stack.labels == ["Text"]


def test_the_field_stays_in_sight_when_the_view_moves(gray: Rig) -> None:
    _begin_text(gray)
    editor = gray.inside.painting.editor
    before = editor.pos()
    gray.inside.canvas.view_port.set_zoom(2.0)
    assert gray.inside.canvas.viewport().rect().contains(editor.geometry())
    assert editor.pos() != before


def test_a_color_in_a_bar_opens_the_color_panel(gray: Rig) -> None:
    gray.trigger("tool.gradient")
    gray.find(QToolButton, "gradientColorBackground").click()
    panel = gray.inside.docks.color
    assert panel.pair.is_background_chosen
    gray.wait(panel.isVisible)


def test_each_bar_sets_its_options(gray: Rig) -> None:
    painting = gray.toolbox.painting
    gray.trigger("tool.fill")
    gray.find(QSpinBox, "fillGapSpin").setValue(7)
    gray.find(QSpinBox, "fillGrowSpin").setValue(-3)
    gray.find(QSpinBox, "fillToleranceSpin").setValue(99)
    gray.find(QCheckBox, "fillSmooth").click()
    assert (painting.fill.gap_pixels, painting.fill.grow_pixels) == (7, -3)
    assert (painting.fill.tolerance, painting.fill.is_smooth) == (99, False)
    gray.trigger("tool.gradient")
    gray.find(QCheckBox, "gradientReversed").click()
    end = gray.find(ComboBox, "gradientEndCombo")
    end.activated.emit(end.findData("transparent"))
    assert painting.gradient.is_reversed
    assert painting.gradient.is_to_transparent
    gray.trigger("tool.clone")
    gray.find(QCheckBox, "cloneAligned").click()
    assert not painting.clone.is_aligned
    gray.trigger("tool.picker")
    side = gray.find(ComboBox, "pickerSideCombo")
    side.activated.emit(side.findData("5"))
    assert painting.picker.side_pixels == 5


def test_the_size_of_pencil_and_stamp_follows_the_keys_and_the_outline(gray: Rig) -> None:
    for tool_id in ("pencil", "clone", "smudge"):
        gray.trigger(f"tool.{tool_id}")
        size = gray.toolbox.current_brush().size_pixels
        gray.trigger("tool.larger")
        assert gray.toolbox.current_brush().size_pixels > size
        assert gray.inside.canvas.brush_item.diameter == gray.toolbox.current.cursor_diameter
    assert gray.toolbox.brush.size_pixels == 40


def test_colors_are_kept_for_the_next_start(gray: Rig, tmp_path: Path) -> None:
    box = gray.toolbox.colors
    box.swatches = [Color(1, 2, 3)]
    gray.window.close()
    kept = tmp_path / "home" / "colors.json"
    assert "#010203" in kept.read_text(encoding="utf-8")


def test_the_pointer_shows_where_a_click_is(gray: Rig) -> None:
    gray.trigger("tool.rectangle")
    gray.hover(100, 100)
    viewport = gray.inside.canvas.viewport()
    assert viewport.cursor().shape() is Qt.CursorShape.CrossCursor
    assert viewport.rect().contains(QPoint(5, 5))
