"""The canvas as a person uses it: paint, pan, zoom, see."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.pixels.brush import Brush, Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.canvas.pointer_input import Grip
from aipaint.ui.canvas.viewport import LARGEST_ZOOM, SMALLEST_ZOOM, zoom_text
from tests.generation.workshop import photograph, picture_of
from tests.ui.rig import Rig

_NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def painting(starting: Rig) -> Rig:
    """A photograph at 100 % and a hard red brush of 20 pixels."""
    starting.show_picture(picture_of(photograph(600, 400)))
    hard = Brush(size_pixels=20, hardness=1.0, pressure_to_size=False)
    starting.toolbox.brush = starting.toolbox.mask_brush = hard
    starting.toolbox.color = Color(255, 0, 0)
    return starting


def _wheel(rig: Rig, where: QPoint, turn: int, keys: Qt.KeyboardModifier) -> None:
    viewport = rig.inside.canvas.viewport()
    event = QWheelEvent(
        QPointF(where),
        viewport.mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def _zoom(rig: Rig) -> float:
    return rig.inside.canvas.view_port.zoom


def _bgra_at(rig: Rig, x: float, y: float) -> tuple[int, ...]:
    point = rig.at(x, y)
    return tuple(int(value) for value in rig.seen()[point.y(), point.x()])


def test_a_stroke_is_on_the_layer_on_the_screen_and_in_the_history(painting: Rig) -> None:
    before = _bgra_at(painting, 300, 200)
    painting.drag((260, 200), (300, 200), (340, 200))
    assert _bgra_at(painting, 300.5, 200.5) == (0, 0, 255, 255) != before
    assert painting.document.undo_stack.labels == ["Brush stroke"]
    painting.trigger("edit.undo")
    assert _bgra_at(painting, 300, 200) == before


def test_the_screen_shows_the_picture_byte_by_byte_at_100_percent(painting: Rig) -> None:
    painting.inside.canvas.brush_item.setVisible(False)
    corner = painting.at(0, 0)
    seen = painting.seen()[corner.y() + 2 : corner.y() + 390, corner.x() + 2 : corner.x() + 590]
    layer = painting.document.picture.active_layer
    assert (seen == layer.tiles.read(Rect(2, 2, 588, 388))).all()


def test_a_stroke_is_seen_zoomed_out_too(painting: Rig) -> None:
    painting.inside.canvas.view_port.set_zoom(0.25)
    painting.seen()
    painting.drag((200, 200), (400, 200))
    blue, green, red, _ = _bgra_at(painting, 300, 200)
    assert red > 200
    assert green < 60
    assert blue < 60


def test_pixels_have_hard_edges_when_zoomed_in(painting: Rig) -> None:
    painting.inside.canvas.view_port.set_zoom(8.0)
    painting.inside.canvas.brush_item.setVisible(False)
    corner = painting.at(300, 200)
    block = painting.seen()[corner.y() : corner.y() + 8, corner.x() : corner.x() + 8]
    assert (block == block[0, 0]).all()


def test_transparency_is_checkered_inside_the_frame_only(starting: Rig) -> None:
    starting.inside.show_canvas()
    starting.inside.canvas.view_port.set_zoom(1.0)
    QApplication.processEvents()
    corner, seen = starting.at(0, 0), starting.seen()
    inside = seen[corner.y() + 40 : corner.y() + 80, corner.x() + 40 : corner.x() + 80, 0]
    # A screen with few colors rounds the gray.
    dark, light = np.unique(inside)
    assert (abs(int(dark) - 0xDC) <= 4, light) == (True, 0xFF)
    outside = seen[corner.y() - 20 : corner.y() - 5, corner.x() : corner.x() + 50]
    assert (outside == outside[0, 0]).all()
    assert outside[0, 0, 0] == outside[0, 0, 2]


@pytest.mark.parametrize("action_id", ["view.zoomIn", "view.zoomOut"])
def test_zoom_steps_end_at_the_limits(painting: Rig, action_id: str) -> None:
    for _ in range(40):
        painting.trigger(action_id)
    assert _zoom(painting) == (LARGEST_ZOOM if action_id == "view.zoomIn" else SMALLEST_ZOOM)
    expected = "3200%" if action_id == "view.zoomIn" else "1%"
    assert painting.inside.status.zoom.text() == expected


def test_fit_and_actual_size(painting: Rig) -> None:
    painting.inside.canvas.view_port.set_zoom(9.0)
    painting.trigger("view.fit")
    top_left, bottom_right = painting.at(0, 0), painting.at(600, 400)
    room = painting.inside.canvas.viewport().rect()
    assert room.contains(top_left)
    assert room.contains(bottom_right)
    painting.trigger("view.actual")
    assert _zoom(painting) == 1.0
    assert painting.inside.status.zoom.text() == "100%"


def test_ctrl_and_wheel_zoom_at_the_cursor(painting: Rig) -> None:
    where = painting.at(100, 80)
    _wheel(painting, where, 120, Qt.KeyboardModifier.ControlModifier)
    assert _zoom(painting) == pytest.approx(1.25)
    under = painting.inside.canvas.view_port.to_canvas(QPointF(where))
    assert (under - QPointF(100, 80)).manhattanLength() < 2
    _wheel(painting, where, -120, Qt.KeyboardModifier.ControlModifier)
    assert _zoom(painting) == 1.0


def test_the_wheel_alone_scrolls(painting: Rig) -> None:
    before = painting.at(0, 0)
    _wheel(painting, QPoint(300, 300), 120, _NO_KEYS)
    assert painting.at(0, 0) - before == QPoint(0, 80)
    _wheel(painting, QPoint(300, 300), 120, Qt.KeyboardModifier.ShiftModifier)
    assert painting.at(0, 0) - before == QPoint(80, 80)


@pytest.mark.parametrize(
    ("zoom", "text"), [(1.0, "100%"), (0.01, "1%"), (0.015, "1.5%"), (0.6667, "67%"), (32, "3200%")]
)
def test_zoom_in_words(zoom: float, text: str) -> None:
    assert zoom_text(zoom) == text


def test_the_middle_button_pans_and_paints_nothing(painting: Rig) -> None:
    before = painting.at(0, 0)
    viewport = painting.inside.canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, _NO_KEYS, QPoint(300, 300))
    assert painting.inside.canvas.pointer.grip is Grip.PAN
    QTest.mouseMove(viewport, QPoint(340, 310))
    QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, _NO_KEYS, QPoint(340, 310))
    assert painting.at(0, 0) - before == QPoint(40, 10)
    assert not painting.document.undo_stack.can_undo


def _space(rig: Rig, kind: QEvent.Type) -> None:
    QApplication.sendEvent(rig.inside.canvas, QKeyEvent(kind, Qt.Key.Key_Space, _NO_KEYS, " "))


def test_space_held_pans_although_x11_sends_it_as_pairs(painting: Rig) -> None:
    pointer = painting.inside.canvas.pointer
    changes: list[bool] = []
    pointer.panning_changed.connect(changes.append)
    for _ in range(5):
        _space(painting, QEvent.Type.KeyPress)
        _space(painting, QEvent.Type.KeyRelease)
        assert pointer.would_pan
    assert changes == [True]
    painting.wait(lambda: not pointer.would_pan)
    assert painting.toolbox.current.id == "brush"


def test_the_right_button_takes_from_the_mask_and_does_nothing_to_a_layer(painting: Rig) -> None:
    painting.trigger("tool.mask")
    painting.drag((250, 200), (350, 200))
    mask = painting.document.picture.mask
    assert mask.read(Rect(300, 200, 1, 1))[0, 0] == 255
    painting.drag((290, 200), (310, 200), button=Qt.MouseButton.RightButton)
    assert mask.read(Rect(300, 200, 1, 1))[0, 0] == 0
    assert mask.read(Rect(255, 200, 1, 1))[0, 0] == 255
    steps = len(painting.document.undo_stack.labels)
    painting.trigger("tool.brush")
    painting.drag((290, 200), (310, 200), button=Qt.MouseButton.RightButton)
    assert len(painting.document.undo_stack.labels) == steps


def test_the_mask_is_tinted_and_hatched(painting: Rig) -> None:
    plain = painting.seen()
    painting.toolbox.mask_brush = Brush(size_pixels=120, hardness=1.0, pressure_to_size=False)
    painting.trigger("tool.mask")
    painting.drag((300, 200), (302, 200))
    painting.inside.canvas.brush_item.setVisible(False)
    corner = painting.at(270, 170)
    part = slice(corner.y(), corner.y() + 48), slice(corner.x(), corner.x() + 48)
    gain = painting.seen()[part].astype(int) - plain[part]
    assert gain[..., 2].mean() > gain[..., 1].mean() + 20
    row = painting.seen()[part][10, :, 1].astype(int)
    assert row.max() - row.min() > 40


def test_esc_gives_a_stroke_up(painting: Rig) -> None:
    viewport = painting.inside.canvas.viewport()
    before = _bgra_at(painting, 300, 200)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _NO_KEYS, painting.at(300, 200))
    QTest.mouseMove(viewport, painting.at(340, 200))
    painting.toolbox.current.tick()
    assert _bgra_at(painting, 300, 200) != before
    QTest.keyClick(painting.inside.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, _NO_KEYS, painting.at(340, 200))
    assert _bgra_at(painting, 300, 200) == before
    assert not painting.document.undo_stack.can_undo


def _pen(rig: Rig, kind: QEvent.Type, x: float, pressure: float) -> bool:
    """One event of a pen; whether it was accepted."""
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        3,
    )
    where = QPointF(rig.at(x, 200))
    is_down = kind is not QEvent.Type.TabletRelease
    button = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind,
        device,
        where,
        rig.inside.canvas.viewport().mapToGlobal(where),
        pressure,
        0,
        0,
        0.0,
        0.0,
        0.0,
        _NO_KEYS,
        Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else button,
        button if is_down else Qt.MouseButton.NoButton,
    )
    QApplication.sendEvent(rig.inside.canvas.viewport(), event)
    return event.isAccepted()


def test_a_pen_paints_once_with_its_pressure(painting: Rig) -> None:
    painting.toolbox.brush = Brush(size_pixels=40, hardness=1.0, pressure_to_size=True)
    assert _pen(painting, QEvent.Type.TabletPress, 200, 0.25)
    # A mouse event that repeats the pen's must not draw: the full pressure would show.
    viewport = painting.inside.canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _NO_KEYS, painting.at(200, 200))
    assert _pen(painting, QEvent.Type.TabletMove, 260, 0.25)
    assert _pen(painting, QEvent.Type.TabletRelease, 260, 0.0)
    assert painting.document.undo_stack.labels == ["Brush stroke"]
    red = painting.document.picture.active_layer.tiles.read(Rect(230, 150, 1, 100))[:, 0]
    assert int(((red == (0, 0, 255, 255)).all(axis=1)).sum()) == pytest.approx(10, abs=1)


def test_mouse_events_made_from_a_touch_of_the_pen_are_ignored(painting: Rig) -> None:
    device = QPointingDevice(
        "pen",
        8,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    where = QPointF(painting.at(200, 200))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            where,
            painting.inside.canvas.viewport().mapToGlobal(where),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            _NO_KEYS,
            device,
        )
        assert isinstance(event.point(0), QEventPoint)
        QApplication.sendEvent(painting.inside.canvas.viewport(), event)
    assert not painting.document.undo_stack.can_undo


def test_the_brush_outline_has_the_brushs_size(painting: Rig) -> None:
    painting.inside.brush_bar.size_.value_changed.emit(123)
    assert painting.inside.canvas.brush_item.diameter == 123
    painting.trigger("tool.hand")
    assert painting.inside.canvas.brush_item.diameter == 0
    painting.trigger("tool.mask")
    assert painting.inside.canvas.brush_item.diameter == 20


def test_position_and_size_are_told_in_words(painting: Rig) -> None:
    painting.hover(124, 46)
    assert painting.inside.status.position.text() == "124, 46"
    assert painting.inside.status.size_.text() == "600 × 400"
    QApplication.sendEvent(painting.inside.canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert painting.inside.status.position.text() == "–"


def test_a_candidate_is_shown_in_place_and_the_mask_steps_back(painting: Rig) -> None:
    before = _bgra_at(painting, 300, 200)
    green = np.zeros((50, 50, 4), np.uint8)
    green[:] = (0, 255, 0, 255)
    canvas = painting.inside.canvas
    canvas.show_candidate(TileMap.from_pixels(green, 280, 180))
    assert canvas.candidate_item.is_showing
    assert not canvas.mask_item.isVisible()
    assert _bgra_at(painting, 300, 200) == (0, 255, 0, 255)
    canvas.hide_candidate()
    assert canvas.mask_item.isVisible()
    assert _bgra_at(painting, 300, 200) == before


def test_the_canvas_is_not_mirrored(painting: Rig) -> None:
    painting.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert painting.inside.canvas.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_opening_another_picture_lets_go_of_the_old_one(painting: Rig) -> None:
    painting.trigger("tool.mask")
    painting.drag((250, 200), (350, 200))
    painting.show_picture(picture_of(np.full((100, 100, 4), 255, np.uint8)))
    assert _bgra_at(painting, 50, 50) == (255, 255, 255, 255)
    assert painting.inside.status.size_.text() == "100 × 100"
