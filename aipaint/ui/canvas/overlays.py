"""Small items above the picture: the frame's border and the brush outline."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.ui.canvas.canvas_bounds import to_qrectf

_DARK = QColor(0, 0, 0, 200)
_LIGHT = QColor(255, 255, 255, 230)
_TINIEST_OUTLINE = 4.0  # on the screen; below it a cross is easier to see


class FrameItem(QGraphicsItem):
    """The border of the frame: dark outside, light inside, one screen pixel each."""

    def __init__(self) -> None:
        super().__init__()
        self._frame = EMPTY_RECT
        self._screen_pixel = 1.0

    def set_frame(self, frame: Rect) -> None:
        self.prepareGeometryChange()
        self._frame = frame

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._screen_pixel = 1 / zoom

    def boundingRect(self) -> QRectF:
        margin = 3 * self._screen_pixel
        return to_qrectf(self._frame).adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del option, widget
        painter.setPen(_pen(QColor(0, 0, 0, 150)))
        margin = self._screen_pixel
        painter.drawRect(to_qrectf(self._frame).adjusted(-margin, -margin, 0, 0))


class BrushItem(QGraphicsItem):
    """The brush at its true size: a dark and a light ring, so one of them always shows."""

    def __init__(self) -> None:
        super().__init__()
        self._diameter = 0.0
        self._screen_pixel = 1.0
        self.setVisible(False)

    def set_diameter(self, diameter: float) -> None:
        if diameter != self._diameter:
            self.prepareGeometryChange()
            self._diameter = diameter

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._screen_pixel = 1 / zoom

    @property
    def diameter(self) -> float:
        return self._diameter

    def boundingRect(self) -> QRectF:
        reach = self._diameter / 2 + 8 * self._screen_pixel
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._diameter < _TINIEST_OUTLINE * self._screen_pixel:
            self._draw_cross(painter)
            return
        radius = self._diameter / 2
        painter.setPen(_pen(_DARK))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        painter.setPen(_pen(_LIGHT))
        inner = max(radius - self._screen_pixel, 0.5 * self._screen_pixel)
        painter.drawEllipse(QPointF(0, 0), inner, inner)

    def _draw_cross(self, painter: QPainter) -> None:
        for color, width in ((_DARK, 3.0), (_LIGHT, 1.0)):
            painter.setPen(_pen(color, width))
            near, far = 2 * self._screen_pixel, 6 * self._screen_pixel
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(QPointF(x * near, y * near), QPointF(x * far, y * far))


def _pen(color: QColor, width: float = 1.0) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
