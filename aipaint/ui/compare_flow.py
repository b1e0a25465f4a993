"""`CompareFlow`: the picture with and without the result: a held key, a slider, side by side."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from aipaint.document.document import Document
from aipaint.pixels.rect import Rect
from aipaint.ui.actions import Actions
from aipaint.ui.canvas.before_view import BeforeView
from aipaint.ui.canvas.canvas_bounds import to_qrectf
from aipaint.ui.canvas.split_handle import SplitHandle
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.panels.candidate_strip import CandidateStrip

_SLIDER, _SIDE = "generate.compareSlider", "generate.compareSide"
_HELD = Qt.Key.Key_O


class CompareFlow(QObject):
    """Only looks differ: the canvas can be painted on meanwhile."""

    def __init__(
        self, document: Document, canvas: CanvasView, strip: CandidateStrip, actions: Actions
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._actions = actions
        self._rect: Rect | None = None  # of the result that is shown
        self._shift = QPointF()  # by which the view was moved for a look side by side
        self.handle = SplitHandle(canvas)
        self.before = BeforeView(canvas)
        self.handle.moved.connect(self._on_handle)
        actions[_SLIDER].toggled.connect(self._on_slider)
        actions[_SIDE].toggled.connect(self._on_side)
        strip.before_held.connect(self.hold)
        document.changed.connect(lambda _: self.before.update())
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)

    def show_result(self, rect: Rect | None) -> None:
        """Another result is on the canvas, or none."""
        self._rect = rect
        self.hold(False)
        if rect is None:
            self._actions[_SLIDER].setChecked(False)
            self._actions[_SIDE].setChecked(False)

    def hold(self, is_held: bool) -> None:
        """See the picture as it is, for as long as that lasts."""
        self._canvas.candidate_item.hold_back(is_held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.Resize and watched is self._canvas.viewport():
            self._follow()
        elif kind is QEvent.Type.FocusOut and watched is self._canvas:
            self.hold(False)
        elif isinstance(event, QKeyEvent) and event.key() == _HELD and self._rect is not None:
            return self._held_key(event)
        return super().eventFilter(watched, event)

    def _held_key(self, event: QKeyEvent) -> bool:
        if event.modifiers():
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        is_press = event.type() is QEvent.Type.KeyPress
        if is_press or event.type() is QEvent.Type.KeyRelease:
            if not event.isAutoRepeat():
                self.hold(is_press)
            return True
        return False

    def _on_slider(self, is_on: bool) -> None:
        is_on = is_on and self._rect is not None
        self.handle.setVisible(is_on)
        if is_on:
            self._actions[_SIDE].setChecked(False)
            middle = to_qrectf(self._rect or Rect(0, 0, 0, 0)).center()
            self.handle.move_to(self._canvas.view_port.from_canvas(middle).x())
            self.handle.raise_()
        else:
            self._canvas.candidate_item.split_at(None)

    def _on_side(self, is_on: bool) -> None:
        is_on = is_on and self._rect is not None
        self.before.setVisible(is_on)
        if is_on:
            self._actions[_SLIDER].setChecked(False)
            self.before.follow()
            self._bring_to_the_right()
        else:
            self._canvas.view_port.pan(self._shift)
            self._shift = QPointF()

    def _bring_to_the_right(self) -> None:
        """The result into the middle of the half in which it is seen."""
        view = self._canvas.view_port
        result = view.from_canvas(to_qrectf(self._rect or Rect(0, 0, 0, 0)).center())
        viewport = self._canvas.viewport()
        wanted = viewport.width() * 0.75
        shift = result - viewport.rect().center()
        shift.setX(result.x() - wanted)
        self._shift = shift
        view.pan(-shift)

    def _on_handle(self, x: float) -> None:
        if self.handle.isVisible():
            self._canvas.candidate_item.split_at(x)

    def _follow(self) -> None:
        if self.handle.isVisible():
            self.handle.follow()
        if self.before.isVisible():
            self.before.follow()
