"""Cut, copy, paste, clear and fill by their keys, and the sentence where it cannot be done."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QPlainTextEdit

from aipaint.document.clear_and_fill import filled
from aipaint.document.group_commands import GroupLayers
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.ui import edit_flow
from aipaint.ui.picture_clipboard import PLACE_TYPE, place_in
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_FRAME = Rect(0, 0, 600, 400)
_PART = Rect(100, 60, 80, 50)
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PICTURE_KEYS = (
    (Qt.Key.Key_Backspace, _CONTROL),
    (Qt.Key.Key_Backspace, _ALT),
    (Qt.Key.Key_C, _CONTROL | _SHIFT),
    (Qt.Key.Key_V, _CONTROL | _SHIFT),
)


@pytest.fixture
def editing(rig: Rig) -> Iterator[Rig]:
    rig.show_picture(picture_of(photograph(600, 400)))
    rig.inside.canvas.setFocus()
    yield rig
    QGuiApplication.clipboard().clear()


def _press(
    rig: Rig, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    rig.inside.canvas.setFocus()
    QTest.keyClick(rig.inside.canvas, key, keys)


def _select(rig: Rig, part: Rect = _PART) -> None:
    rig.document.do(SetSelection("Select", rectangle_area(part)))


def _see(picture: Picture, part: Rect = _FRAME) -> np.ndarray:
    return render(picture, part)


def _rgba(image: QImage, x: int, y: int) -> tuple[int, int, int, int]:
    color = image.pixelColor(x, y)
    return color.red(), color.green(), color.blue(), color.alpha()


def _told(rig: Rig) -> str:
    return rig.find(QLabel, "statusHint").text()


def _style(rig: Rig, **style: bool) -> None:
    layer = rig.document.picture.active_layer
    layer.style = LayerStyle(layer.name, **style)  # type: ignore[arg-type]


def _steps(rig: Rig) -> int:
    return rig.document.undo_stack.index


def test_copy_puts_the_selected_pixels_as_png_and_their_place(editing: Rig) -> None:
    _select(editing)
    before = _see(editing.document.picture)
    _press(editing, Qt.Key.Key_C, _CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert place_in(mime) == _PART
    image = QImage.fromData(mime.data("image/png"))
    assert (image.width(), image.height()) == (_PART.width, _PART.height)
    pixel = before[_PART.y + 3, _PART.x + 7]
    assert _rgba(image, 7, 3)[:3] == (pixel[2], pixel[1], pixel[0])
    assert (_see(editing.document.picture) == before).all()
    assert _steps(editing) == 1


def test_the_copy_has_the_layers_alpha(editing: Rig) -> None:
    layer = editing.document.picture.active_layer
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 10:30] = (0, 0, 64, 128)
    layer.tiles = TileMap.from_pixels(pixels, 50, 50)
    _press(editing, Qt.Key.Key_C, _CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert place_in(mime) == Rect(60, 60, 20, 20)
    image = QImage.fromData(mime.data("image/png"))
    assert _rgba(image, 5, 5) == (128, 0, 0, 128)


def test_cut_and_paste_in_place_give_the_same_picture(editing: Rig) -> None:
    _select(editing)
    picture, before = editing.document.picture, _see(editing.document.picture)
    _press(editing, Qt.Key.Key_X, _CONTROL)
    assert not _see(picture, _PART).any()
    assert editing.document.undo_stack.undo_label == "Cut"
    # Nothing of it depends on what is seen, or on the selection.
    editing.inside.canvas.view_port.set_zoom(0.3)
    editing.trigger("select.none")
    _press(editing, Qt.Key.Key_V, _CONTROL | _SHIFT)
    editing.wait(lambda: len(picture.layers) == 2)
    assert picture.active_layer.tiles.bounds() == _PART
    assert (_see(picture) == before).all()
    for _ in range(3):
        editing.trigger("edit.undo")
    assert len(picture.layers) == 1
    assert (_see(picture) == before).all()


def test_paste_goes_to_the_middle_of_what_is_seen(editing: Rig) -> None:
    _select(editing)
    _press(editing, Qt.Key.Key_C, _CONTROL)
    _press(editing, Qt.Key.Key_V, _CONTROL)
    picture = editing.document.picture
    editing.wait(lambda: len(picture.layers) == 2)
    bounds, middle = picture.active_layer.tiles.bounds(), editing.inside.canvas.visible_center()
    assert (bounds.width, bounds.height) == (_PART.width, _PART.height)
    assert abs(bounds.x + bounds.width / 2 - middle.x()) <= 1
    assert abs(bounds.y + bounds.height / 2 - middle.y()) <= 1


def test_copy_merged_takes_what_is_seen(editing: Rig) -> None:
    picture = editing.document.picture
    pixels = np.full((20, 20, 4), 255, np.uint8)
    top = Layer(LayerStyle("Top", opacity=0.5), TileMap.from_pixels(pixels, 110, 70))
    picture.layers.append(top)
    picture.active_layer_id = top.id
    _select(editing)
    seen = _see(picture, _PART)
    _press(editing, Qt.Key.Key_C, _CONTROL | _SHIFT)
    mime = QGuiApplication.clipboard().mimeData()
    image = QImage.fromData(mime.data("image/png"))
    assert place_in(mime) == _PART
    assert _rgba(image, 15, 15)[:3] == tuple(seen[15, 15, [2, 1, 0]].tolist())
    # The layer alone is smaller.
    _press(editing, Qt.Key.Key_C, _CONTROL)
    assert place_in(QGuiApplication.clipboard().mimeData()) == Rect(110, 70, 20, 20)


def test_what_was_copied_is_pasted_in_place_into_an_empty_picture(editing: Rig) -> None:
    _select(editing)
    _press(editing, Qt.Key.Key_C, _CONTROL)
    editing.document.replace_picture(blank_picture(300, 200))
    assert editing.inside.files.is_empty
    _press(editing, Qt.Key.Key_V, _CONTROL | _SHIFT)
    picture = editing.document.picture
    editing.wait(lambda: len(picture.layers) == 2)
    assert picture.frame == Rect(0, 0, 300, 200)
    assert picture.active_layer.tiles.bounds() == _PART
    editing.document.mark_saved()


def test_paste_in_place_says_when_it_cannot_be_seen_or_has_no_place(editing: Rig) -> None:
    _select(editing, Rect(500, 300, 60, 60))
    _press(editing, Qt.Key.Key_C, _CONTROL)
    editing.document.replace_picture(blank_picture(300, 200))
    _press(editing, Qt.Key.Key_V, _CONTROL | _SHIFT)
    assert "outside of the frame" in _told(editing)
    editing.wait(lambda: len(editing.document.picture.layers) == 2)
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(0xFF00FF00)
    QGuiApplication.clipboard().setImage(image)
    _press(editing, Qt.Key.Key_V, _CONTROL | _SHIFT)
    assert "not copied in aipaint" in _told(editing)
    editing.wait(lambda: len(editing.document.picture.layers) == 3)


@pytest.mark.parametrize("text", [b"", b"1 2 3", b"1 2 3 x", b"9999999999 0 1 1", b"1 2 3 4 5"])
def test_a_place_that_is_none_is_not_believed(text: bytes) -> None:
    mime = QMimeData()
    mime.setData(PLACE_TYPE, text)
    assert place_in(mime) is None


def test_delete_clears_the_selection_as_one_step(editing: Rig) -> None:
    _select(editing)
    picture, before = editing.document.picture, _see(editing.document.picture)
    _press(editing, Qt.Key.Key_Delete)
    after = _see(picture)
    assert not after[_PART.slices(_FRAME)].any()
    assert np.count_nonzero((after != before).any(axis=2)) == _PART.area
    assert _steps(editing) == 2
    editing.trigger("edit.undo")
    assert (_see(picture) == before).all()
    _press(editing, Qt.Key.Key_Z, _CONTROL)  # the selection
    _press(editing, Qt.Key.Key_Delete)
    assert not len(picture.active_layer.tiles)


def test_delete_clears_the_mask_that_is_worked_on(editing: Rig) -> None:
    picture, layer = editing.document.picture, editing.document.picture.active_layer
    before = _see(picture)
    picture.mask = rectangle_area(Rect(0, 0, 300, 300))
    editing.trigger("tool.mask")
    _select(editing)
    _press(editing, Qt.Key.Key_Delete)
    assert not picture.mask.read(_PART).any()
    assert picture.mask.read(Rect(0, 0, 50, 50)).all()
    _press(editing, Qt.Key.Key_Backspace, _ALT)
    assert picture.mask.read(_PART).all()
    editing.trigger("tool.brush")
    layer.mask = LayerMask(rectangle_area(_FRAME))
    editing.document.set_active_layer(layer.id, is_mask_active=True)
    _press(editing, Qt.Key.Key_Delete)
    assert not layer.mask.tiles.read(_PART).any()
    assert layer.mask.tiles.read(Rect(0, 0, 50, 50)).all()
    _press(editing, Qt.Key.Key_Backspace, _ALT)
    assert layer.mask.tiles.read(_PART).all()
    _press(editing, Qt.Key.Key_Backspace, _CONTROL)
    assert not layer.mask.tiles.read(_PART).any()
    _press(editing, Qt.Key.Key_X, _CONTROL)
    assert "mask" in _told(editing)
    layer.mask = None
    assert (_see(picture) == before).all()


def test_the_two_colors_fill(editing: Rig) -> None:
    _select(editing)
    picture, colors = editing.document.picture, editing.toolbox.colors
    colors.foreground, colors.background = Color(250, 20, 30), Color(1, 2, 3)
    _press(editing, Qt.Key.Key_Backspace, _ALT)
    assert (_see(picture, _PART) == [30, 20, 250, 255]).all()
    assert colors.recent[0] == Color(250, 20, 30)
    _press(editing, Qt.Key.Key_Backspace, _CONTROL)
    assert (_see(picture, _PART) == [3, 2, 1, 255]).all()
    assert _steps(editing) == 3
    _press(editing, Qt.Key.Key_Backspace, _CONTROL)
    assert _steps(editing) == 3
    assert "already" in _told(editing)


@pytest.mark.parametrize("style", ["is_locked", "is_visible"])
def test_a_locked_or_hidden_layer_says_so(editing: Rig, style: str) -> None:
    before = editing.document.picture.active_layer.tiles.read(_FRAME)
    _style(editing, **{style: style == "is_locked"})
    QGuiApplication.clipboard().setText("untouched")
    for action in ("edit.cut", "edit.clear", "edit.fillForeground", "edit.fillBackground"):
        editing.inside.status.tell("")
        editing.trigger(action)
        assert ("locked" if style == "is_locked" else "hidden") in _told(editing)
    assert (editing.document.picture.active_layer.tiles.read(_FRAME) == before).all()
    assert _steps(editing) == 0
    assert QGuiApplication.clipboard().text() == "untouched"


def test_locked_transparency_can_be_filled_but_not_cleared(editing: Rig) -> None:
    picture = editing.document.picture
    layer = picture.active_layer
    pixels = np.full((50, 50, 4), 255, np.uint8)
    layer.tiles = TileMap.from_pixels(pixels, 10, 10)
    _style(editing, is_alpha_locked=True)
    for action in ("edit.cut", "edit.clear"):
        editing.inside.status.tell("")
        editing.trigger(action)
        assert "transparency is locked" in _told(editing)
    assert _steps(editing) == 0
    editing.trigger("edit.fillForeground")
    assert layer.tiles.bounds() == Rect(10, 10, 50, 50)
    assert _steps(editing) == 1


def test_groups_and_emptiness_are_explained(editing: Rig) -> None:
    document = editing.document
    layer_id = document.picture.active_layer_id
    _select(editing, Rect(700, 700, 20, 20))
    editing.trigger("edit.copy")
    assert "empty inside the selection" in _told(editing)
    editing.trigger("edit.copyMerged")
    assert "nothing is seen" in _told(editing)
    editing.trigger("edit.clear")
    assert "nothing is painted inside the selection" in _told(editing)
    group = Layer(LayerStyle("Trees"), is_group=True)
    document.do(GroupLayers(group, [layer_id]))
    document.set_active_layer(group.id)
    for action in ("edit.cut", "edit.copy", "edit.clear", "edit.fillForeground"):
        editing.inside.status.tell("")
        editing.trigger(action)
        assert "“Trees” is a group" in _told(editing)


def test_behind_the_start_page_nothing_is_painted(rig: Rig) -> None:
    rig.trigger("edit.fillForeground")
    assert not rig.document.is_modified
    assert "Open a picture first" in _told(rig)


def test_in_a_text_field_the_keys_edit_the_text(editing: Rig) -> None:
    prompt = editing.find(QPlainTextEdit, "promptEdit")
    prompt.setFocus()
    prompt.setPlainText("one two")
    prompt.selectAll()
    QTest.keyClick(prompt, Qt.Key.Key_C, _CONTROL)
    assert QGuiApplication.clipboard().text() == "one two"
    QTest.keyClick(prompt, Qt.Key.Key_Delete)
    assert prompt.toPlainText() == ""
    prompt.setPlainText("one two")
    prompt.moveCursor(prompt.textCursor().MoveOperation.End)
    QTest.keyClick(prompt, Qt.Key.Key_Backspace, _CONTROL)
    assert prompt.toPlainText() == "one "
    size = editing.inside.brush_bar.findChildren(QAbstractSpinBox)[0]
    for field in (prompt, size):
        field.setFocus()
        for key, keys in _PICTURE_KEYS:
            QTest.keyClick(field, key, keys)
    assert QGuiApplication.clipboard().mimeData().hasText()
    assert _steps(editing) == 0
    assert len(editing.document.picture.layers) == 1


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_large_cut_is_done_on_a_worker(
    editing: Rig, monkeypatch: pytest.MonkeyPatch, is_changed: bool
) -> None:
    monkeypatch.setattr(edit_flow, "AT_ONCE_PIXELS", 1000)
    QGuiApplication.clipboard().clear()
    _select(editing)
    picture = editing.document.picture
    editing.trigger("edit.cut")
    assert place_in(QGuiApplication.clipboard().mimeData()) is None
    if is_changed:
        editing.trigger("layer.new")
    editing.wait(lambda: place_in(QGuiApplication.clipboard().mimeData()) == _PART)
    assert bool(_see(picture, _PART).any()) == is_changed
    if is_changed:
        assert "changed meanwhile" in _told(editing)


def test_a_large_fill_is_done_on_a_worker(editing: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_flow, "AT_ONCE_PIXELS", 1000)
    _select(editing)
    picture = editing.document.picture
    wanted = editing.document.picture.snapshot()
    command = filled("Fill", wanted, wanted.active_layer_id, editing.toolbox.color)
    assert command is not None
    command.apply(wanted)
    editing.trigger("edit.fillForeground")
    assert _steps(editing) == 1
    editing.wait(lambda: _steps(editing) == 2)
    assert (_see(picture) == _see(wanted)).all()


def test_a_stroke_under_way_is_given_up(editing: Rig) -> None:
    canvas, before = editing.inside.canvas, _see(editing.document.picture)
    viewport = canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=editing.at(20, 20))
    QTest.mouseMove(viewport, editing.at(90, 90))
    late = Rect(200, 200, 10, 10)
    editing.document.picture.selection = rectangle_area(late)
    _press(editing, Qt.Key.Key_Delete)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=editing.at(90, 90))
    after = _see(editing.document.picture)
    assert np.count_nonzero((after != before).any(axis=2)) == late.area
    assert _steps(editing) == 1
