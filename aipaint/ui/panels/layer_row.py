"""Where the parts of a row of the layers list are."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPoint, QRect

from aipaint.document.layer import Layer

ROW_HEIGHT = 38
_EYE = 30
_CLIP = 16
_PICTURE = 30
_GAP = 6
_LOCK = 18


class RowPart(Enum):
    """What a click can meet."""

    EYE = auto()
    PICTURE = auto()
    MASK = auto()
    NAME = auto()


@dataclass(frozen=True)
class LayerRow:
    """Rectangles in the view's pixels; empty for what a layer does not have."""

    eye: QRect
    clip: QRect
    picture: QRect
    mask: QRect
    name: QRect
    locks: QRect

    @staticmethod
    def of(layer: Layer, rect: QRect) -> "LayerRow":
        """The row of a layer that fills `rect`."""
        x = rect.left()
        eye = QRect(x, rect.top(), _EYE, rect.height())
        x += _EYE
        clip = QRect(x, rect.top(), _CLIP if layer.style.is_clipped else 0, rect.height())
        x += clip.width()
        top = rect.center().y() - _PICTURE // 2 + 1
        picture = QRect(x, top, _PICTURE, _PICTURE)
        x += _PICTURE + _GAP
        mask = QRect(x, top, _PICTURE, _PICTURE) if layer.mask is not None else QRect()
        x += mask.width() + _GAP if layer.mask is not None else 0
        count = layer.style.is_locked + layer.style.is_alpha_locked
        right = rect.right() - _GAP - count * _LOCK
        locks = QRect(right, rect.top(), count * _LOCK, rect.height())
        name = QRect(x + 2, rect.top(), max(0, right - x - _GAP), rect.height())
        return LayerRow(eye, clip, picture, mask, name, locks)

    def part_at(self, point: QPoint) -> RowPart:
        if self.eye.contains(point):
            return RowPart.EYE
        if self.mask.contains(point):
            return RowPart.MASK
        return RowPart.PICTURE if self.picture.contains(point) else RowPart.NAME


def square_in(rect: QRect, side: int) -> QRect:
    """A square in the middle."""
    return QRect(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, side, side)
