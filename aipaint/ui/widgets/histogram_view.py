"""`HistogramView`: how often each value occurs, as a landscape."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 120
CHANNEL_COLORS = (None, "#d64545", "#3f9d4b", "#4a7bd8")
"""Of luminance (the text's color), red, green and blue."""


class HistogramView(QWidget):
    """One channel at a time; nothing until the counts have arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("histogram")
        self.setAccessibleName("Histogram")
        self._counts: NDArray[np.float64] | None = None
        self._channel = 0
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_counts(self, counts: NDArray[np.float64]) -> None:
        """(4, 256): luminance, red, green, blue."""
        self._counts = counts
        self.update()

    def set_channel(self, channel: int) -> None:
        self._channel = channel
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        draw_histogram(painter, QRectF(self.rect()), self._counts, self._channel)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def draw_histogram(
    painter: QPainter, place: QRectF, counts: NDArray[np.float64] | None, channel: int
) -> None:
    """The landscape of one channel, faint enough for something to be drawn over it."""
    if counts is None or not counts[channel].any():
        return
    # One value that fills half of the picture (a white ground) must not flatten the rest.
    row = counts[channel]
    top = max(np.sort(row)[-8], row.max() / 12)
    heights = np.minimum(row / top, 1) * place.height() * 0.95
    color = painter.pen().color()
    named = CHANNEL_COLORS[channel]
    fill = QColor(named) if named else QColor(color)
    fill.setAlpha(120)
    step = place.width() / 256
    points = [QPointF(place.left(), place.bottom())]
    for value, height in enumerate(heights.tolist()):
        for x in (value, value + 1):
            points.append(QPointF(place.left() + x * step, place.bottom() - height))
    points.append(QPointF(place.right(), place.bottom()))
    painter.save()
    painter.setPen(fill)
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF(points))
    painter.restore()
