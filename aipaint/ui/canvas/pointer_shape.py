"""From what a tool would do to the shape of the pointer, as the view is turned now."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap, QTransform

from aipaint.tools.pointer_look import PointerKind, PointerLook

_Shape = Qt.CursorShape
_AXES = (_Shape.SizeHorCursor, _Shape.SizeFDiagCursor, _Shape.SizeVerCursor, _Shape.SizeBDiagCursor)
_SIDE = 24


def pointer_shape(look: PointerLook, to_screen: QTransform) -> Qt.CursorShape:
    """The nearest of what the desktop has; a turn has none of its own: BitmapCursor."""
    if look.kind is PointerKind.MOVE:
        return _Shape.SizeAllCursor
    if look.kind is PointerKind.WRITE:
        return _Shape.IBeamCursor
    if look.kind is PointerKind.TURN:
        return _Shape.BitmapCursor
    if look.kind is PointerKind.STRETCH:
        tip = to_screen.map(QPointF(*look.direction)) - to_screen.map(QPointF(0, 0))
        return _AXES[round(math.atan2(tip.y(), tip.x()) / (math.pi / 4)) % 4]
    return _Shape.CrossCursor


def turn_cursor() -> QCursor:
    """An arc with a tip at each end, dark on light, so that it shows on every picture."""
    pixmap = QPixmap(_SIDE, _SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, radius = _SIDE / 2, 7.0
    ring = QRectF(middle - radius, middle - radius, 2 * radius, 2 * radius)
    for color, width in ((QColor(Qt.GlobalColor.white), 4.5), (QColor(Qt.GlobalColor.black), 2.0)):
        pen = QPen(color, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, -45 * 16, 270 * 16)
        for side in (-1, 1):
            end = QPointF(middle + side * radius * 0.71, middle + radius * 0.71)
            painter.drawLine(end, end + QPointF(0, -4))
            painter.drawLine(end, end + QPointF(side * 4, 0))
    painter.end()
    return QCursor(pixmap)
