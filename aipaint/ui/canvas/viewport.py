"""`Viewport`: which part of the canvas the view shows, and how large."""

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

SMALLEST_ZOOM, LARGEST_ZOOM = 0.01, 32.0

_STEPS = (
    0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3333, 0.5, 0.6667,
    1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0,
)  # fmt: skip
_FIT_MARGIN = 32
_SNAP = 0.04


class Viewport(QObject):
    """Zoom 1 is one canvas pixel on one pixel of the screen, whatever the system's scaling."""

    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._zoom = 1.0

    @property
    def zoom(self) -> float:
        return self._zoom

    def to_canvas(self, where: QPointF) -> QPointF:
        """Canvas position of a point of the viewport widget."""
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(where)

    def pan(self, shift: QPointF) -> None:
        """Move the picture on the screen by so many widget pixels."""
        horizontal = self._view.horizontalScrollBar()
        vertical = self._view.verticalScrollBar()
        horizontal.setValue(horizontal.value() - round(shift.x()))
        vertical.setValue(vertical.value() - round(shift.y()))
        self.moved.emit()

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Multiply the zoom; the canvas point under `where` stays there."""
        wanted = self._zoom * factor
        if abs(wanted - 1) < _SNAP:
            wanted = 1.0
        self.set_zoom(wanted, where)

    def step(self, direction: int) -> None:
        """The next zoom of the usual ones, in (1) or out (-1), about the middle of the view."""
        if direction > 0:
            wanted = next((zoom for zoom in _STEPS if zoom > self._zoom * 1.001), LARGEST_ZOOM)
        else:
            smaller = [zoom for zoom in _STEPS if zoom < self._zoom * 0.999]
            wanted = smaller[-1] if smaller else SMALLEST_ZOOM
        self.set_zoom(wanted)

    def set_zoom(self, zoom: float, where: QPointF | None = None) -> None:
        """Clamped to 1 %..3200 %; about the middle of the view unless a point is given."""
        zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        anchor = where if where is not None else QPointF(self._view.viewport().rect().center())
        under = self.to_canvas(anchor)
        self._zoom = zoom
        self._apply()
        self.pan(anchor - self._view.viewportTransform().map(under))
        self.zoom_changed.emit(zoom)

    def fit(self, area: QRectF, largest: float = LARGEST_ZOOM) -> None:
        """Show all of `area`, at most at zoom `largest`."""
        if area.isEmpty():
            return
        room = (
            self._view.viewport()
            .rect()
            .adjusted(_FIT_MARGIN, _FIT_MARGIN, -_FIT_MARGIN, -_FIT_MARGIN)
        )
        ratio = self._view.devicePixelRatioF()
        zoom = min(room.width() / area.width(), room.height() / area.height()) * ratio
        self.set_zoom(min(zoom, largest))
        self._view.centerOn(area.center())
        self.moved.emit()

    def follow_screen(self) -> None:
        """The window moved to a screen with another scaling."""
        self._apply()

    def _apply(self) -> None:
        scale = self._zoom / self._view.devicePixelRatioF()
        self._view.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self._view.setTransform(QTransform.fromScale(scale, scale))


def zoom_text(zoom: float) -> str:
    """ "67%", "1.5%" below ten."""
    percent = zoom * 100
    return f"{percent:.0f}%" if percent >= 10 or percent == round(percent) else f"{percent:.1f}%"
