"""`ToolOverlayItem`: what the current tool wants drawn over the picture while it works."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import (
    OverlayCross,
    OverlayHandle,
    OverlayLabel,
    OverlayPath,
    OverlayShade,
    OverlayShape,
    OverlaySwatch,
    OverlayTrace,
    Point,
)
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, to_qrectf

_DARK = QColor(0, 0, 0, 220)
_LIGHT = QColor(255, 255, 255, 240)
_SHADE = QColor(0, 0, 0, 130)
_THIRDS = QColor(255, 255, 255, 90)
_KEPT = QColor(40, 200, 120, 150)
_LEFT_OUT = QColor(235, 60, 60, 150)
_HANDLE = 4.5  # half a side, on the screen
_CROSS = 7.0
_LABEL_REACH = 260.0
_RING, _RING_WIDTH = 26.0, 9.0


class ToolOverlayItem(QGraphicsItem):
    """Asks the tool for its shapes whenever it says that they differ. Tints are drawn elsewhere."""

    def __init__(self, shapes: Callable[[], tuple[OverlayShape, ...]]) -> None:
        super().__init__()
        self._ask = shapes
        self._shapes: tuple[OverlayShape, ...] = ()
        self._bounds = QRectF()
        self._screen_pixel = 1.0

    @property
    def shapes(self) -> tuple[OverlayShape, ...]:
        """As they were at the last `refresh`."""
        return self._shapes

    def refresh(self) -> None:
        """The tool's shapes are others now."""
        self._shapes = self._ask()
        self._measure()

    def set_zoom(self, zoom: float) -> None:
        self._screen_pixel = 1 / zoom
        self._measure()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._shapes:
            match shape:
                case OverlayShade():
                    _draw_shade(painter, shape.rect)
                case OverlayPath():
                    _draw_path(painter, _polygon(shape.points, is_closed=shape.is_closed))
                case OverlayTrace():
                    _draw_trace(painter, shape)
                case OverlayHandle():
                    self._draw_handle(painter, shape)
                case OverlayCross():
                    self._draw_cross(painter, shape)
                case OverlaySwatch():
                    self._draw_swatch(painter, shape)
                case OverlayLabel():
                    _draw_label(painter, shape)

    def _measure(self) -> None:
        bounds = QRectF()
        margin = (_RING + _RING_WIDTH) * self._screen_pixel
        for shape in self._shapes:
            match shape:
                case OverlayShade():
                    part = CANVAS_BOUNDS
                case OverlayPath():
                    part = _polygon(shape.points).boundingRect()
                case OverlayTrace():
                    wide = shape.width
                    part = _polygon(shape.points).boundingRect().adjusted(-wide, -wide, wide, wide)
                case OverlayHandle() | OverlayCross() | OverlaySwatch():
                    part = QRectF(shape.x, shape.y, 0, 0)
                case OverlayLabel():
                    far = _LABEL_REACH * self._screen_pixel  # to any side: the view may be turned
                    part = QRectF(shape.x - far, shape.y - far, 2 * far, 2 * far)
                case _:
                    continue
            bounds = bounds.united(part.adjusted(-margin, -margin, margin, margin))
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds.intersected(CANVAS_BOUNDS)
        self.update()

    def _draw_handle(self, painter: QPainter, shape: OverlayHandle) -> None:
        half = _HANDLE * self._screen_pixel
        painter.setPen(_pen(_DARK))
        painter.setBrush(_LIGHT)
        painter.drawRect(QRectF(shape.x - half, shape.y - half, 2 * half, 2 * half))

    def _draw_cross(self, painter: QPainter, shape: OverlayCross) -> None:
        far = _CROSS * self._screen_pixel
        for color, width in ((_DARK, 3.0), (_LIGHT, 1.0)):
            painter.setPen(_pen(color, width))
            painter.drawLine(QPointF(shape.x - far, shape.y), QPointF(shape.x + far, shape.y))
            painter.drawLine(QPointF(shape.x, shape.y - far), QPointF(shape.x, shape.y + far))

    def _draw_swatch(self, painter: QPainter, shape: OverlaySwatch) -> None:
        radius = _RING * self._screen_pixel
        ring = QRectF(shape.x - radius, shape.y - radius, 2 * radius, 2 * radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_DARK, _RING_WIDTH + 4), (_LIGHT, _RING_WIDTH + 2)):
            painter.setPen(_pen(color, width))
            painter.drawEllipse(ring)
        for swatch, start in ((shape.color, 0), (shape.before, 180)):
            pen = _pen(_qcolor(swatch), _RING_WIDTH)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(ring, start * 16, 180 * 16)


def _draw_path(painter: QPainter, polygon: QPolygonF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(_DARK))
    painter.drawPolyline(polygon)
    dashes = _pen(_LIGHT)
    dashes.setDashPattern([4, 4])
    painter.setPen(dashes)
    painter.drawPolyline(polygon)


def _draw_shade(painter: QPainter, rect: Rect) -> None:
    place = to_qrectf(rect)
    around = QPainterPath()
    around.addRect(CANVAS_BOUNDS)
    around.addRect(place)  # the even-odd rule leaves it out
    painter.fillPath(around, _SHADE)
    painter.setPen(_pen(_THIRDS))
    for share in (1 / 3, 2 / 3):
        x, y = place.x() + place.width() * share, place.y() + place.height() * share
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))


def _draw_label(painter: QPainter, label: OverlayLabel) -> None:
    """Below and to the right of the pointer, which would cover it otherwise."""
    where = painter.worldTransform().map(QPointF(label.x, label.y))
    painter.save()
    painter.resetTransform()
    size = painter.fontMetrics().boundingRect(label.text).size()
    box = QRectF(where.x() + 16, where.y() + 14, size.width() + 14, size.height() + 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(_LIGHT)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label.text)
    painter.restore()


def _draw_trace(painter: QPainter, trace: OverlayTrace) -> None:
    """What is left out has a dark core as well, so that not color alone tells."""
    polygon = _polygon((*trace.points, trace.points[-1]))
    pen = QPen(_KEPT if trace.is_kept else _LEFT_OUT, trace.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPolyline(polygon)
    painter.setPen(_pen(_LIGHT if trace.is_kept else _DARK, 1.5))
    painter.drawPolyline(polygon)


def _polygon(points: tuple[Point, ...], *, is_closed: bool = False) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in (*points, *points[: int(is_closed)])])


def _qcolor(color: Color) -> QColor:
    return QColor(color.red, color.green, color.blue)


def _pen(color: QColor, width: float = 1.0) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    return pen
