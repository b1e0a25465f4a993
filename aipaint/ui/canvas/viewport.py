"""`Viewport`: which part of the canvas the view shows, and how large."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView, QWidget

from aipaint.pixels.rect import Rect
from aipaint.ui.canvas.canvas_bounds import outer_rect

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
    turned = Signal(float, bool)  # degrees, whether it is mirrored
    moved = Signal()

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._zoom = 1.0
        self._degrees = 0.0
        self._is_mirrored = False

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def degrees(self) -> float:
        """How far the view is turned, clockwise, -180..180. The picture is not."""
        return self._degrees

    @property
    def is_mirrored(self) -> bool:
        """Left and right change places on the screen. The picture stays as it is."""
        return self._is_mirrored

    def turn_to(self, degrees: float, where: QPointF | None = None) -> None:
        """Turn the view about a point of the widget, or about its middle."""
        self._degrees = (degrees + 180) % 360 - 180
        self._keep(where, self._apply)
        self.turned.emit(self._degrees, self._is_mirrored)

    def turn_along(self, before: QPointF, after: QPointF) -> None:
        """Follow a drag around the middle of the view."""
        middle = QPointF(self._view.viewport().rect().center())
        old, new = before - middle, after - middle
        turned = math.atan2(new.y(), new.x()) - math.atan2(old.y(), old.x())
        self.turn_to(self._degrees + math.degrees(turned))

    def visible(self) -> Rect:
        """The whole canvas pixels that can be seen now."""
        inverse, _ = self._view.viewportTransform().inverted()
        return outer_rect(inverse.mapRect(QRectF(self._view.viewport().rect())))

    def set_mirrored(self, is_mirrored: bool) -> None:
        """Look at it in a mirror: mistakes in drawing show at once."""
        if is_mirrored != self._is_mirrored:
            self._is_mirrored = is_mirrored
            # What leaned to the left leans to the right in a mirror.
            self._degrees = -self._degrees
            self._keep(None, self._apply)
            self.turned.emit(self._degrees, self._is_mirrored)

    def to_canvas(self, where: QPointF) -> QPointF:
        """Canvas position of a point of the viewport widget."""
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(where)

    def from_canvas(self, where: QPointF) -> QPointF:
        """The point of the viewport widget over a canvas position."""
        return self._view.viewportTransform().map(where)

    @property
    def widget(self) -> QWidget:
        """What shows the picture; small fields over it are its children."""
        return self._view.viewport()

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

    def step(self, direction: int, where: QPointF | None = None) -> None:
        """The next zoom of the usual ones, in (1) or out (-1), about a point of the widget or the
        middle of the view."""
        if direction > 0:
            wanted = next((zoom for zoom in _STEPS if zoom > self._zoom * 1.001), LARGEST_ZOOM)
        else:
            smaller = [zoom for zoom in _STEPS if zoom < self._zoom * 0.999]
            wanted = smaller[-1] if smaller else SMALLEST_ZOOM
        self.set_zoom(wanted, where)

    def set_zoom(self, zoom: float, where: QPointF | None = None) -> None:
        """Clamped to 1 %..3200 %; about the middle of the view unless a point is given."""
        self._zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self._keep(where, self._apply)
        self.zoom_changed.emit(self._zoom)

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
        seen = QTransform().rotate(self._degrees).mapRect(area)
        zoom = min(room.width() / seen.width(), room.height() / seen.height()) * ratio
        self.set_zoom(min(zoom, largest))
        self._view.centerOn(area.center())
        self.moved.emit()

    def follow_screen(self) -> None:
        """The window moved to a screen with another scaling."""
        self._apply()

    def _keep(self, where: QPointF | None, change: Callable[[], None]) -> None:
        """Change the view; the canvas point under `where` stays there."""
        anchor = where if where is not None else QPointF(self._view.viewport().rect().center())
        under = self.to_canvas(anchor)
        change()
        self.pan(anchor - self._view.viewportTransform().map(under))

    def _apply(self) -> None:
        scale = self._zoom / self._view.devicePixelRatioF()
        self._view.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        turned = QTransform().rotate(self._degrees)
        across = -scale if self._is_mirrored else scale
        self._view.setTransform(QTransform.fromScale(across, scale) * turned)


def scale_of(transform: QTransform) -> float:
    """How large a canvas pixel is drawn, whichever way the view is turned."""
    return math.hypot(transform.m11(), transform.m12())


def is_straight(transform: QTransform) -> bool:
    """Neither turned nor mirrored: rectangles stay rectangles and nothing lies between pixels."""
    return not transform.isRotating() and transform.m11() > 0


def zoom_text(zoom: float) -> str:
    """ "67%", "1.5%" below ten."""
    percent = zoom * 100
    return f"{percent:.0f}%" if percent >= 10 or percent == round(percent) else f"{percent:.1f}%"
