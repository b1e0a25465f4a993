"""How far the canvas reaches: so far that nobody meets its edge, near enough for exact floats."""

from PySide6.QtCore import QRectF

from aipaint.pixels.rect import Rect

_REACH = 1_000_000

CANVAS_BOUNDS = QRectF(-_REACH, -_REACH, 2 * _REACH, 2 * _REACH)


def to_qrectf(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


def outer_rect(area: QRectF) -> Rect:
    """The whole pixels that an area touches."""
    aligned = area.toAlignedRect()
    return Rect(aligned.x(), aligned.y(), aligned.width(), aligned.height())
