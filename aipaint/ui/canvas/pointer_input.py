"""`PointerInput`: mouse, pen, wheel and the space bar become tool events, panning and zooming."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)

from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.viewport import Viewport

_FRAME_MILLISECONDS = 8
# X11 reports a held key as press and release pairs; a real release stays released.
_SPACE_RELEASE_MILLISECONDS = 60
_NOTCH = 120
_NOTCH_PIXELS = 80
_ZOOM_PER_NOTCH = 1.25

_Type = QEvent.Type


class Grip(Enum):
    """What a held button is doing."""

    NONE = auto()
    TOOL = auto()
    PAN = auto()


class PointerInput(QObject):
    """One pointer at a time; while the pen is down the mouse is not listened to."""

    moved = Signal(QPointF)  # canvas position under the pointer
    left = Signal()
    panning_changed = Signal(bool)  # whether a press would pan

    def __init__(self, viewport: Viewport, toolbox: Toolbox, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._toolbox = toolbox
        self._grip = Grip.NONE
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()
        self._is_pen_down = False
        self._is_space_held = False
        self._frame = QTimer(self)
        self._frame.setInterval(_FRAME_MILLISECONDS)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self._on_frame)
        self._space_release = QTimer(self)
        self._space_release.setSingleShot(True)
        self._space_release.setInterval(_SPACE_RELEASE_MILLISECONDS)
        self._space_release.timeout.connect(self._on_space_released)

    @property
    def grip(self) -> Grip:
        return self._grip

    @property
    def would_pan(self) -> bool:
        """Whether a press of the left button would move the view."""
        return self._is_space_held or self._toolbox.current.id == "hand"

    def handle(self, event: QEvent) -> bool:
        """Take an event of the viewport; True if it is dealt with."""
        if isinstance(event, QTabletEvent):
            return self._pen(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() is _Type.Leave:
            self.left.emit()
        return False

    def handle_key(self, event: QKeyEvent) -> bool:
        """Space held moves the view; Esc gives a stroke up. True if it is dealt with."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            return self._space(event)
        if event.key() == Qt.Key.Key_Escape and self._grip is not Grip.NONE:
            self.cancel()
            return True
        return False

    def cancel(self) -> None:
        """Let go of everything, as if the button had never gone down."""
        if self._grip is Grip.TOOL:
            self._toolbox.current.cancel()
        self._end()

    def _mouse(self, event: QMouseEvent) -> bool:
        if self._is_pen_down or _is_from_pen(event):
            return True
        kind = event.type()
        if kind in (_Type.MouseButtonPress, _Type.MouseButtonDblClick):
            self._press(event.button(), event.position(), _tool_event(self._viewport, event))
        elif kind is _Type.MouseMove:
            self._move(event.position(), _tool_event(self._viewport, event))
        elif kind is _Type.MouseButtonRelease and event.button() == self._button:
            self._release()
        return True

    def _pen(self, event: QTabletEvent) -> bool:
        kind = event.type()
        tool_event = _pen_event(self._viewport, event)
        if kind is _Type.TabletPress:
            self._is_pen_down = True
            self._press(event.button(), event.position(), tool_event)
        elif kind is _Type.TabletMove:
            self._move(event.position(), tool_event)
        elif kind is _Type.TabletRelease:
            self._is_pen_down = False
            self._release()
        # Unaccepted, it would come again as a mouse event and draw twice.
        event.accept()
        return True

    def _press(self, button: Qt.MouseButton, where: QPointF, event: PointerEvent) -> None:
        if self._grip is not Grip.NONE:
            return
        self._button = button
        self._last = where
        if button is Qt.MouseButton.MiddleButton or (
            button is Qt.MouseButton.LeftButton and self.would_pan
        ):
            self._grip = Grip.PAN
            self.panning_changed.emit(True)
        elif button is Qt.MouseButton.LeftButton or event.is_secondary:
            if event.is_secondary and not self._toolbox.is_masking:
                return
            self._grip = Grip.TOOL
            self._toolbox.current.press(event)
            self._frame.start()

    def _move(self, where: QPointF, event: PointerEvent) -> None:
        if self._grip is Grip.PAN:
            self._viewport.pan(where - self._last)
            self._last = where
        elif self._grip is Grip.TOOL:
            self._toolbox.current.move(event)
        self.moved.emit(self._viewport.to_canvas(where))

    def _release(self) -> None:
        if self._grip is Grip.TOOL:
            self._toolbox.current.release()
        self._end()

    def _end(self) -> None:
        self._frame.stop()
        self._grip = Grip.NONE
        self._button = Qt.MouseButton.NoButton
        self._is_pen_down = False
        self.panning_changed.emit(self.would_pan)

    def _wheel(self, event: QWheelEvent) -> bool:
        notches = event.angleDelta().y() / _NOTCH
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._viewport.zoom_at(event.position(), _ZOOM_PER_NOTCH**notches)
        else:
            self._viewport.pan(_wheel_shift(event))
        self.moved.emit(self._viewport.to_canvas(event.position()))
        event.accept()
        return True

    def _space(self, event: QKeyEvent) -> bool:
        if event.type() is _Type.KeyPress:
            self._space_release.stop()
            if not self._is_space_held:
                self._is_space_held = True
                self.panning_changed.emit(True)
        elif event.type() is _Type.KeyRelease and not event.isAutoRepeat():
            self._space_release.start()
        return True

    def _on_space_released(self) -> None:
        self._is_space_held = False
        self.panning_changed.emit(self.would_pan or self._grip is Grip.PAN)

    def _on_frame(self) -> None:
        self._toolbox.current.tick()


def _is_from_pen(event: QMouseEvent) -> bool:
    kind = event.pointingDevice().pointerType()
    return kind in (QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser) or (
        event.pointingDevice().type() is QInputDevice.DeviceType.Stylus
    )


def _tool_event(viewport: Viewport, event: QMouseEvent) -> PointerEvent:
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
    )


def _pen_event(viewport: Viewport, event: QTabletEvent) -> PointerEvent:
    where = viewport.to_canvas(event.position())
    keys = event.modifiers()
    return PointerEvent(
        where.x(),
        where.y(),
        pressure=event.pressure(),
        is_secondary=event.button() == Qt.MouseButton.RightButton,
        is_eraser_tip=event.pointerType() is QPointingDevice.PointerType.Eraser,
        has_shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        has_control=bool(keys & Qt.KeyboardModifier.ControlModifier),
        has_alt=bool(keys & Qt.KeyboardModifier.AltModifier),
    )


def _wheel_shift(event: QWheelEvent) -> QPointF:
    """How far the picture moves on the screen for this turn of the wheel."""
    if not event.pixelDelta().isNull():
        shift = QPointF(event.pixelDelta())
    else:
        shift = QPointF(event.angleDelta()) * (_NOTCH_PIXELS / _NOTCH)
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not shift.x():
        return QPointF(shift.y(), 0)
    return shift
