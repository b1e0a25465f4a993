"""From mouse and pen events to what tools understand."""

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent

from aipaint.tools.pointer_event import PointerEvent
from aipaint.ui.canvas.viewport import Viewport

_FLAT_DEGREES = 60.0  # as far as pens can tell


def is_from_pen(event: QMouseEvent) -> bool:
    """The mouse event stands for a pen whose own events are taken already."""
    kind = event.pointingDevice().pointerType()
    return kind in (QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser) or (
        event.pointingDevice().type() is QInputDevice.DeviceType.Stylus
    )


def mouse_event(viewport: Viewport, event: QMouseEvent) -> PointerEvent:
    """A mouse always presses fully."""
    is_secondary = bool(
        event.button() == Qt.MouseButton.RightButton
        or event.buttons() == Qt.MouseButton.RightButton
    )
    where = viewport.to_canvas(event.position())
    keys = event.modifiers()
    return PointerEvent(
        where.x(),
        where.y(),
        is_secondary=is_secondary,
        has_shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        has_control=bool(keys & Qt.KeyboardModifier.ControlModifier),
        has_alt=bool(keys & Qt.KeyboardModifier.AltModifier),
        screen_pixel=1 / viewport.zoom,
    )


def pen_event(viewport: Viewport, event: QTabletEvent) -> PointerEvent:
    """With pressure, tilt and which end of the pen it is."""
    where = viewport.to_canvas(event.position())
    keys = event.modifiers()
    tilt, lean_degrees = leaning(event.xTilt(), event.yTilt())
    return PointerEvent(
        where.x(),
        where.y(),
        pressure=min(max(event.pressure(), 0.0), 1.0),
        is_secondary=event.button() == Qt.MouseButton.RightButton,
        is_eraser_tip=event.pointerType() is QPointingDevice.PointerType.Eraser,
        has_shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        has_control=bool(keys & Qt.KeyboardModifier.ControlModifier),
        has_alt=bool(keys & Qt.KeyboardModifier.AltModifier),
        tilt=tilt,
        lean_degrees=lean_degrees,
        screen_pixel=1 / viewport.zoom,
    )


def leaning(x_tilt: float, y_tilt: float) -> tuple[float, float]:
    """Tilt 0..1 and the direction in degrees, from the angles to the upright in both axes."""
    across = math.tan(math.radians(min(max(x_tilt, -80.0), 80.0)))
    down = math.tan(math.radians(min(max(y_tilt, -80.0), 80.0)))
    if not across and not down:
        return 0.0, 0.0
    off_upright = math.degrees(math.atan(math.hypot(across, down)))
    return min(off_upright / _FLAT_DEGREES, 1.0), math.degrees(math.atan2(down, across))
