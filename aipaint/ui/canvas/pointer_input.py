"""`PointerInput`: mouse, pen, wheel and the space bar become tool events, panning and zooming."""

import time
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTabletEvent, QWheelEvent

from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.canvas.brush_keys import BrushKeys
from aipaint.ui.canvas.double_tap import DoubleTap
from aipaint.ui.canvas.look_only import LookOnly
from aipaint.ui.canvas.tool_event import is_from_pen, mouse_event, pen_event
from aipaint.ui.canvas.turn_keys import turn_by_key
from aipaint.ui.canvas.viewport import Viewport

_FRAME_MILLISECONDS = 8
# X11 reports a held key as press and release pairs; a real release stays released.
_SPACE_RELEASE_MILLISECONDS = 60
_NOTCH = 120
_NOTCH_PIXELS = 80
_ZOOM_PER_NOTCH = 1.25

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

_WITH_KEY: dict[int, Callable[[PointerEvent, bool], PointerEvent]] = {
    Qt.Key.Key_Shift: lambda event, is_held: replace(event, has_shift=is_held),
    Qt.Key.Key_Control: lambda event, is_held: replace(event, has_control=is_held),
    Qt.Key.Key_Alt: lambda event, is_held: replace(event, has_alt=is_held),
}

_JOINS_MOVES = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents

_Type = QEvent.Type


class Grip(Enum):
    """What a held button is doing."""

    NONE = auto()
    TOOL = auto()
    PAN = auto()
    TURN = auto()  # of the view
    SIZE = auto()  # of the brush


class PointerInput(QObject):
    """One pointer at a time; while the pen is down the mouse is not listened to."""

    moved = Signal(QPointF)  # canvas position under the pointer
    left = Signal()
    panning_changed = Signal(bool)  # whether a press would pan
    brush_changed = Signal()  # its size or opacity, by wheel, drag or digit
    brush_wanted = Signal(QPointF)  # the right button, at this point of the viewport

    def __init__(self, viewport: Viewport, toolbox: Toolbox, parent: QObject) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._toolbox = toolbox
        self._grip = Grip.NONE
        self._held_tool = toolbox.current  # who took the press
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()
        self.hovered: PointerEvent | None = None
        """Where the pointer was last with nothing held."""
        self._dragged: PointerEvent | None = None  # the last move of what is held
        self._is_pen_down = False
        self._is_space_held = False
        self._looking: LookOnly | None = None
        # What Qt begins with; another window may have changed it by now.
        self._joins_moves = QGuiApplication.platformName() == "xcb"
        self._brush_keys = BrushKeys(toolbox, time.monotonic)
        self._taps = DoubleTap(time.monotonic)
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
        if self._grip is Grip.TOOL:
            return False  # what Space does then is up to the tool
        is_hand = self._toolbox.current.id == "hand"
        return self._is_space_held or is_hand or self._looking is not None

    def look_only(self, looking: LookOnly | None) -> None:
        """From now on nothing is painted; None: as before."""
        if looking is not None and self._grip is not Grip.NONE:
            self.cancel()
        self._looking = looking
        self.panning_changed.emit(self.would_pan)

    def handle(self, event: QEvent) -> bool:
        """Take an event of the viewport; True if it is dealt with."""
        if isinstance(event, QTabletEvent):
            return self._pen(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() is _Type.Enter:
            # X11 joins moves that come faster than they are handled; here each one counts, or a
            # fast circle has corners. A press is too late for that: a fast hand has moved on by
            # the time it is handled.
            QCoreApplication.setAttribute(_JOINS_MOVES, False)
        elif event.type() is _Type.Leave:
            QCoreApplication.setAttribute(_JOINS_MOVES, self._joins_moves)
            if self.hovered is not None:
                self._toolbox.current.hover(replace(self.hovered, has_shift=False))
                self.hovered = None
            self.left.emit()
        return False

    def handle_key(self, event: QKeyEvent) -> bool:
        """Space held moves the view; Esc gives a stroke up. True if it is dealt with."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        self._follow_held_keys(event)
        if event.key() == Qt.Key.Key_Space and not keys:
            return self._space(event)
        if event.type() is not _Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape and self._grip is not Grip.NONE:
            self.cancel()
            return True
        if self._looking is not None:
            return self._end_looking(self._looking, event)
        return self._tool_key(event)

    def cancel(self) -> None:
        """Let go of everything, as if the button had never gone down."""
        if self._grip is Grip.TOOL:
            self._held_tool.cancel()
        elif self._grip is Grip.SIZE:
            self._brush_keys.end_drag(is_given_up=True)
            self.brush_changed.emit()
        self._end()

    def _end_looking(self, looking: LookOnly, event: QKeyEvent) -> bool:
        if event.key() in _ENDS:
            looking.on_end(event.key() != Qt.Key.Key_Escape)
        return event.key() in _ENDS

    def _follow_held_keys(self, event: QKeyEvent) -> None:
        """What Shift, Ctrl and Alt do is seen at once, not when the hand moves next."""
        changed = _WITH_KEY.get(event.key())
        if changed is None or event.isAutoRepeat():
            return
        is_held = event.type() is _Type.KeyPress
        if self._grip is Grip.NONE and self.hovered is not None:
            self.hovered = changed(self.hovered, is_held)
            self._toolbox.current.hover(self.hovered)
        elif self._grip is Grip.TOOL and self._dragged is not None and not self._paints:
            self._dragged = changed(self._dragged, is_held)
            self._held_tool.move(self._dragged)

    @property
    def _paints(self) -> bool:
        """The hand draws: what it has drawn is not drawn again by a key."""
        return self._held_tool.cursor_diameter > 0

    def _tool_key(self, event: QKeyEvent) -> bool:
        """Keys for what waits for the next click: a polygon, a transformation."""
        tool = self._toolbox.current
        if event.key() == Qt.Key.Key_Escape and tool.is_busy:
            tool.cancel()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return tool.confirm()
        if event.key() == Qt.Key.Key_Backspace:
            return tool.step_back()
        if event.key() in _ARROWS:
            return self._nudge(event)
        if turn_by_key(self._viewport, event, has_brush=self._brush_keys.has_brush):
            return True
        return self._type_digit(event)

    def wants_key(self, event: QKeyEvent) -> bool:
        """Before shortcuts get it: Enter and Esc belong to what is pending, arrows to the tool."""
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | _KEYPAD):
            return False
        is_waited_for = self._looking is not None or self._toolbox.current.is_busy
        return event.key() in _ARROWS or (event.key() in _ENDS and is_waited_for)

    def _nudge(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | _KEYPAD):
            return False
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        dx, dy = _ARROWS[Qt.Key(event.key())]
        return self._toolbox.current.nudge(dx * step, dy * step)

    def _mouse(self, event: QMouseEvent) -> bool:
        if self._is_pen_down or is_from_pen(event):
            return True
        kind = event.type()
        is_double = (
            kind is _Type.MouseButtonDblClick and event.button() is Qt.MouseButton.LeftButton
        )
        if is_double and not self.would_pan and self._toolbox.current.confirm():
            return True
        if kind in (_Type.MouseButtonPress, _Type.MouseButtonDblClick):
            self._press(event.button(), event.position(), mouse_event(self._viewport, event))
        elif kind is _Type.MouseMove:
            self._move(event.position(), mouse_event(self._viewport, event))
        elif kind is _Type.MouseButtonRelease and event.button() == self._button:
            self._release()
        return True

    def _pen(self, event: QTabletEvent) -> bool:
        kind = event.type()
        tool_event = pen_event(self._viewport, event)
        if kind is _Type.TabletPress:
            self._is_pen_down = True
            is_second = self._taps.is_second(event.position()) and not self.would_pan
            if not (is_second and self._toolbox.current.confirm()):
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
        if self._grip is not Grip.NONE or self._is_taken_by_looking(button, event):
            return
        self._button = button
        self._last = where
        if button is Qt.MouseButton.MiddleButton or (
            button is Qt.MouseButton.LeftButton and self.would_pan
        ):
            turns = event.has_shift and button is Qt.MouseButton.LeftButton
            self._grip = Grip.TURN if turns else Grip.PAN
            self.panning_changed.emit(True)
        elif self._would_size(button, event):
            self._grip = Grip.SIZE
            self._brush_keys.begin_drag(where)
        elif button is Qt.MouseButton.LeftButton or event.is_secondary:
            takes_it = self._toolbox.is_masking or self._toolbox.current.takes_secondary
            if event.is_secondary and not takes_it:
                if self._brush_keys.has_brush:
                    self._end()
                    self.brush_wanted.emit(where)
                return
            self._grip = Grip.TOOL
            self._held_tool, self._dragged = self._toolbox.tool_for(event), event
            self._held_tool.press(event)
            self._frame.start()

    def _is_taken_by_looking(self, button: Qt.MouseButton, event: PointerEvent) -> bool:
        if self._looking is None or button is Qt.MouseButton.MiddleButton or self._is_space_held:
            return False
        return button is not Qt.MouseButton.LeftButton or self._looking.on_press(event)

    def _move(self, where: QPointF, event: PointerEvent) -> None:
        if self._grip is Grip.PAN:
            self._viewport.pan(where - self._last)
            self._last = where
        elif self._grip is Grip.TURN:
            self._viewport.turn_along(self._last, where)
            self._last = where
        elif self._grip is Grip.SIZE:
            # The outline stays where it is, so that the eye sees what it will cover.
            self._brush_keys.drag(where, event.screen_pixel)
            self.brush_changed.emit()
            return
        elif self._grip is Grip.TOOL:
            self._dragged = replace(event, has_space=self._is_space_held)
            self._held_tool.move(self._dragged)
        else:
            self.hovered = event
            self._toolbox.current.hover(event)
        self.moved.emit(self._viewport.to_canvas(where))

    def _release(self) -> None:
        if self._grip is Grip.TOOL:
            self._held_tool.release()
        self._end()

    def _end(self) -> None:
        self._frame.stop()
        self._grip = Grip.NONE
        self._dragged = None
        self._button = Qt.MouseButton.NoButton
        self._is_pen_down = False
        self.panning_changed.emit(self.would_pan)

    def _wheel(self, event: QWheelEvent) -> bool:
        notches = event.angleDelta().y() / _NOTCH
        modifiers = event.modifiers()
        if modifiers == Qt.KeyboardModifier.AltModifier and self._brush_keys.has_brush:
            # With Alt the wheel of some systems turns sideways.
            self._brush_keys.turn(notches or event.angleDelta().x() / _NOTCH)
            self.brush_changed.emit()
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
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

    def _would_size(self, button: Qt.MouseButton, event: PointerEvent) -> bool:
        keys_are_held = event.has_control and event.has_alt
        is_left = button is Qt.MouseButton.LeftButton
        return is_left and keys_are_held and self._brush_keys.has_brush

    def _type_digit(self, event: QKeyEvent) -> bool:
        """A digit sets the opacity, also on the number pad."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if keys or len(event.text()) != 1 or event.text() not in "0123456789":
            return False
        if not self._brush_keys.has_brush or event.isAutoRepeat():
            return False
        self._brush_keys.type_digit(int(event.text()))
        self.brush_changed.emit()
        return True

    def _on_space_released(self) -> None:
        self._is_space_held = False
        self.panning_changed.emit(self.would_pan or self._grip is Grip.PAN)

    def _on_frame(self) -> None:
        self._held_tool.tick()


def _wheel_shift(event: QWheelEvent) -> QPointF:
    """How far the picture moves on the screen for this turn of the wheel."""
    if not event.pixelDelta().isNull():
        shift = QPointF(event.pixelDelta())
    else:
        shift = QPointF(event.angleDelta()) * (_NOTCH_PIXELS / _NOTCH)
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not shift.x():
        return QPointF(shift.y(), 0)
    return shift
