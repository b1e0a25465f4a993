"""`PixelGridItem`: lines between the pixels of the frame once one looks close."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Pixels, image_over
from aipaint.ui.canvas.canvas_bounds import outer_rect, to_qrectf

GRID_ZOOM = 8.0
"""Above it a pixel is large enough for a line beside it."""

_DASH = 2  # a power of two
_DARK, _LIGHT = (0, 0, 0, 80), (80, 80, 80, 80)  # BGRA premultiplied

_Places = npt.NDArray[np.int64]


class PixelGridItem(QGraphicsItem):
    """Dark and light by turns, so that it shows on any color, and the picture through it. The
    lines are set point by point in an array: Qt's own take fifty milliseconds for a screen."""

    def __init__(self) -> None:
        super().__init__()
        # Only what is exposed is drawn, not a whole frame of lines.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._frame = EMPTY_RECT
        self._is_wanted = True
        self._zoom = 1.0
        self.setVisible(False)

    def set_frame(self, frame: Rect) -> None:
        if frame != self._frame:
            self.prepareGeometryChange()
            self._frame = frame

    def set_wanted(self, is_wanted: bool) -> None:
        """Whether it shows at all."""
        self._is_wanted = is_wanted
        self._show_or_hide()

    def set_zoom(self, zoom: float) -> None:
        """Screen pixels per canvas pixel."""
        self._zoom = zoom
        self._show_or_hide()

    def boundingRect(self) -> QRectF:
        return to_qrectf(self._frame)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        area = outer_rect(option.exposedRect).intersected(self._frame)
        if area.is_empty or widget is None:
            return
        ratio = widget.devicePixelRatioF()
        to_device = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
        whole = QRect(0, 0, round(widget.width() * ratio), round(widget.height() * ratio))
        seen = to_device.mapRect(to_qrectf(area)).intersected(QRectF(whole))
        place = outer_rect(seen)
        if place.is_empty:
            return
        image = image_over(self._lines(area, to_device, place))
        image.setDevicePixelRatio(ratio)
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPointF(place.x / ratio, place.y / ratio), image)
        painter.restore()

    def _lines(self, area: Rect, to_device: QTransform, place: Rect) -> Pixels:
        """(h, w, 4) of the screen's pixels in `place`. The frame's own border is no line of it."""
        frame = self._frame
        columns = range(max(area.x, frame.x + 1), min(area.right, frame.right - 1) + 1)
        rows = range(max(area.y, frame.y + 1), min(area.bottom, frame.bottom - 1) + 1)
        upright = [QPointF(x, area.y) for x in columns], QPointF(0, area.height)
        level = [QPointF(area.x, y) for y in rows], QPointF(area.width, 0)
        # The dashes go with the picture when it is moved.
        corner = to_device.map(QPointF(frame.x, frame.y))
        origin = round(corner.x()) + round(corner.y())
        pixels = np.zeros((place.height, place.width, 4), np.uint8)
        flat = pixels.view(np.uint32)[..., 0]
        dark, light = (np.array(color, np.uint8).view(np.uint32)[0] for color in (_DARK, _LIGHT))
        for starts, along in (upright, level):
            if to_device.isRotating():
                x, y = _points(starts, along, to_device)
                is_inside = (x >= place.x) & (x < place.right) & (y >= place.y) & (y < place.bottom)
                x, y = x[is_inside], y[is_inside]
            else:
                x, y = _crossings(starts, not along.x(), to_device, place)
            is_dark = (x + y - origin) & _DASH == 0
            flat[y - place.y, x - place.x] = np.where(is_dark, dark, light)
        return pixels

    def _show_or_hide(self) -> None:
        self.setVisible(self._is_wanted and self._zoom > GRID_ZOOM)


def _crossings(
    starts: list[QPointF], is_upright: bool, to_device: QTransform, place: Rect
) -> tuple[_Places, _Places]:
    """The same for lines along the edges of the screen: a row of columns and a column of rows."""
    x, y = np.arange(place.x, place.right)[None, :], np.arange(place.y, place.bottom)[:, None]
    mapped = [to_device.map(start) for start in starts]
    if is_upright:
        across = _nearest(np.array([point.x() for point in mapped]))
        return across[(across >= place.x) & (across < place.right)][None, :], y
    across = _nearest(np.array([point.y() for point in mapped]))
    return x, across[(across >= place.y) & (across < place.bottom)][:, None]


def _points(
    starts: list[QPointF], along: QPointF, to_device: QTransform
) -> tuple[_Places, _Places]:
    """Columns and rows of the screen's pixels on lines that all go the same way."""
    mapped = [to_device.map(start) for start in starts]
    way = to_device.map(along) - to_device.map(QPointF(0, 0))
    count = max(1, round(max(abs(way.x()), abs(way.y()))))
    steps = np.arange(count) / count
    x = np.array([[point.x()] for point in mapped]).reshape(-1, 1) + steps * way.x()
    y = np.array([[point.y()] for point in mapped]).reshape(-1, 1) + steps * way.y()
    return _nearest(x), _nearest(y)


def _nearest(places: npt.NDArray[np.float64]) -> _Places:
    return np.floor(places + 0.5).astype(np.int64).ravel()
