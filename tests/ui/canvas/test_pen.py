"""Pens, and the brush at the pointer: through real events of the canvas."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QGuiApplication,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aipaint.document.picture import blank_picture
from aipaint.pixels.brush import AngleSource, Brush
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.ui.canvas.tool_event import leaning
from tests.ui.rig import Rig

_HARD = Brush(size_pixels=40, hardness=1)
_JOINS_MOVES = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
_Kind = QPointingDevice.PointerType
_Capability = QInputDevice.Capability
_Type = QEvent.Type
_CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Pen:
    """Sends what a tablet driver would."""

    def __init__(self, rig: Rig, kind: QPointingDevice.PointerType = _Kind.Pen) -> None:
        self._rig = rig
        self.device = QPointingDevice(
            "pen", 7, QInputDevice.DeviceType.Stylus, kind,
            _Capability.Position | _Capability.Pressure | _Capability.XTilt, 1, 2,
            "", QPointingDeviceUniqueId(),
        )  # fmt: skip

    def send(
        self,
        kind: QEvent.Type,
        place: tuple[float, float],
        pressure: float,
        tilt: tuple[float, float] = (0, 0),
    ) -> QTabletEvent:
        viewport = self._rig.inside.canvas.viewport()
        where = QPointF(self._rig.at(*place))
        held = Qt.MouseButton.NoButton if kind is _Type.TabletRelease else Qt.MouseButton.LeftButton
        button = Qt.MouseButton.NoButton if kind is _Type.TabletMove else Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, self.device, where, QPointF(viewport.mapToGlobal(where.toPoint())), pressure,
            tilt[0], tilt[1], 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, button, held,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        return event

    def stroke(self, *readings: tuple[float, float, float], lift: float = 0.0) -> None:
        x, y, pressure = readings[0]
        self.send(_Type.TabletPress, (x, y), pressure)
        for x, y, pressure in readings[1:]:
            self.send(_Type.TabletMove, (x, y), pressure)
        self.send(_Type.TabletRelease, (x, y), lift)


@pytest.fixture
def easel(starting: Rig) -> Rig:
    starting.show_picture(blank_picture(400, 300))
    starting.toolbox.set_brush(_HARD)
    return starting


def _alpha(rig: Rig) -> Pixels:
    return rig.document.picture.active_layer.tiles.read(Rect(0, 0, 400, 300))[..., 3]


def _width_at(rig: Rig, column: int) -> int:
    return int((_alpha(rig)[:, column] > 127).sum())


def test_pressure_widens_a_stroke(easel: Rig) -> None:
    _Pen(easel).stroke((60, 150, 0.25), (150, 150, 0.25), (200, 150, 1.0), (320, 150, 1.0))
    assert _width_at(easel, 100) == pytest.approx(10, abs=1)
    assert _width_at(easel, 280) == pytest.approx(40, abs=1)


def test_the_pressure_of_the_lifting_is_ignored(easel: Rig) -> None:
    _Pen(easel).stroke((60, 150, 0.25), (300, 150, 0.25), lift=1.0)
    rows, columns = np.nonzero(_alpha(easel) > 127)
    assert np.ptp(rows) + 1 == pytest.approx(10, abs=1)
    assert columns.max() == pytest.approx(305, abs=2)


def test_a_pen_event_is_taken_so_that_no_mouse_event_is_made_of_it(easel: Rig) -> None:
    event = _Pen(easel).send(_Type.TabletPress, (100, 100), 0.5)
    assert event.isAccepted()
    easel.inside.canvas.pointer.cancel()


def test_a_mouse_event_made_of_a_pen_does_not_draw(easel: Rig) -> None:
    pen = _Pen(easel)
    where = QPointF(easel.at(100, 100))
    for kind in (_Type.MouseButtonPress, _Type.MouseMove, _Type.MouseButtonRelease):
        event = QMouseEvent(
            kind, where, where, where, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier, pen.device,
        )  # fmt: skip
        QApplication.sendEvent(easel.inside.canvas.viewport(), event)
    assert not _alpha(easel).any()
    assert easel.document.undo_stack.labels == []


def test_the_mouse_is_deaf_while_the_pen_is_down(easel: Rig) -> None:
    pen = _Pen(easel)
    pen.send(_Type.TabletPress, (100, 100), 0.5)
    easel.drag((200, 200), (250, 250))
    pen.send(_Type.TabletRelease, (100, 100), 0.0)
    assert len(easel.document.undo_stack.labels) == 1
    assert not _alpha(easel)[180:].any()


def test_the_other_end_erases_with_any_painting_tool(easel: Rig) -> None:
    _Pen(easel).stroke((60, 150, 1.0), (300, 150, 1.0))
    _Pen(easel, _Kind.Eraser).stroke((200, 150, 1.0))
    assert _alpha(easel)[150, 200] == 0
    assert _alpha(easel)[150, 100] == 255


def test_a_mouse_presses_fully(easel: Rig) -> None:
    easel.drag((60, 150), (300, 150))
    assert _width_at(easel, 200) == pytest.approx(40, abs=1)


def test_a_leaning_pen_turns_the_tip(easel: Rig) -> None:
    tip = replace(_HARD, roundness=0.25, angle_source=AngleSource.TILT)
    easel.toolbox.set_brush(tip)
    pen = _Pen(easel)
    pen.send(_Type.TabletPress, (200, 150), 1.0, (0, 50))
    pen.send(_Type.TabletRelease, (200, 150), 0.0, (0, 50))
    rows, columns = np.nonzero(_alpha(easel) > 127)
    assert np.ptp(rows) > 3 * np.ptp(columns)


@pytest.mark.parametrize(
    ("x_tilt", "y_tilt", "tilt", "lean"),
    [(0, 0, 0, 0), (60, 0, 1, 0), (30, 0, 0.5, 0), (0, 30, 0.5, 90), (-30, 0, 0.5, 180)],
)
def test_tilt_and_direction(x_tilt: float, y_tilt: float, tilt: float, lean: float) -> None:
    assert list(leaning(x_tilt, y_tilt)) == pytest.approx([tilt, lean])


def test_no_move_is_lost_over_the_canvas(easel: Rig) -> None:
    """X11 joins fast moves; a round stroke needs them all, a resized window does not."""
    viewport = easel.inside.canvas.viewport()
    where = QPointF(easel.at(100, 100))
    QApplication.sendEvent(viewport, QEnterEvent(where, where, where))
    assert not QCoreApplication.testAttribute(_JOINS_MOVES)
    QApplication.sendEvent(viewport, QEvent(_Type.Leave))
    is_x11 = QGuiApplication.platformName() == "xcb"
    assert QCoreApplication.testAttribute(_JOINS_MOVES) == is_x11


def test_control_alt_and_a_drag_change_the_size_and_paint_nothing(easel: Rig) -> None:
    viewport = easel.inside.canvas.viewport()
    start, end = easel.at(100, 100), easel.at(130, 100)
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _CONTROL_ALT, start)
    shown_at = easel.inside.canvas.brush_item.pos()
    _move(easel, end)
    assert easel.toolbox.current_brush().size_pixels == 100
    assert easel.inside.canvas.brush_item.pos() == shown_at
    assert easel.inside.canvas.brush_item.diameter == 100
    assert easel.inside.brush_bar.size_.value == 100
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, _CONTROL_ALT, end)
    assert not _alpha(easel).any()


def test_esc_gives_the_old_size_back(easel: Rig) -> None:
    viewport = easel.inside.canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, _CONTROL_ALT, easel.at(100, 100))
    _move(easel, easel.at(130, 100))
    easel.inside.canvas.setFocus()
    easel.key(Qt.Key.Key_Escape)
    assert easel.toolbox.current_brush().size_pixels == 40
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=easel.at(130, 100))


@pytest.mark.parametrize(("delta", "is_larger"), [((0, 120), True), ((-120, 0), False)])
def test_alt_and_the_wheel_change_the_size_at_the_pointer(
    easel: Rig, delta: tuple[int, int], is_larger: bool
) -> None:
    viewport = easel.inside.canvas.viewport()
    where = QPointF(easel.at(100, 100))
    zoom = easel.inside.canvas.view_port.zoom
    event = QWheelEvent(
        where, QPointF(viewport.mapToGlobal(where.toPoint())), QPoint(), QPoint(*delta),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.AltModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)
    size = easel.toolbox.current_brush().size_pixels
    assert (size > 40) == is_larger
    assert size != 40
    assert easel.inside.canvas.brush_item.diameter == size
    assert easel.inside.canvas.view_port.zoom == zoom


def test_digits_set_the_opacity(easel: Rig) -> None:
    easel.inside.canvas.setFocus()
    easel.key(Qt.Key.Key_3)
    assert easel.toolbox.current_brush().opacity == pytest.approx(0.3)
    easel.key(Qt.Key.Key_5)
    assert easel.toolbox.current_brush().opacity == pytest.approx(0.35)
    easel.key(Qt.Key.Key_0)
    assert easel.toolbox.current_brush().opacity == 1.0
    assert easel.inside.brush_bar.opacity.value == 100


def test_digits_typed_into_a_field_belong_to_the_field(easel: Rig) -> None:
    field = easel.inside.docks.prompt.prompt_edit
    field.setFocus()
    QTest.keyClicks(field, "35[")
    assert easel.toolbox.current_brush() == _HARD


def test_brackets_change_size_and_hardness(easel: Rig) -> None:
    easel.inside.canvas.setFocus()
    easel.key(Qt.Key.Key_BracketRight)
    assert easel.toolbox.current_brush().size_pixels == 48
    easel.key(Qt.Key.Key_BraceLeft, Qt.KeyboardModifier.ShiftModifier)
    assert easel.toolbox.current_brush().hardness == pytest.approx(0.9)
    easel.key(Qt.Key.Key_BraceRight, Qt.KeyboardModifier.ShiftModifier)
    assert easel.toolbox.current_brush().hardness == 1.0


def _move(rig: Rig, where: QPoint) -> None:
    """QTest moves without keys held."""
    viewport = rig.inside.canvas.viewport()
    place = QPointF(where)
    event = QMouseEvent(
        _Type.MouseMove, place, QPointF(viewport.mapToGlobal(where)), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, _CONTROL_ALT,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_two_taps_close_a_polygon_and_two_apart_do_not(easel: Rig) -> None:
    easel.trigger("tool.polygon")
    pen = _Pen(easel)
    for place in ((100, 100), (300, 100), (300, 250)):
        pen.stroke((*place, 0.5))
    assert _is_busy(easel)
    pen.stroke((150, 240, 0.5))
    pen.stroke((152, 241, 0.5))
    assert not _is_busy(easel)
    assert easel.document.undo_stack.labels == ["Polygon"]
    assert _alpha(easel)[100, 200] == 255


def _is_busy(easel: Rig) -> bool:
    return easel.toolbox.current.is_busy


def test_three_quick_taps_with_a_brush_are_three_dots(easel: Rig) -> None:
    for _ in range(3):
        _Pen(easel).stroke((100, 100, 0.5))
    assert len(easel.document.undo_stack.labels) == 3
