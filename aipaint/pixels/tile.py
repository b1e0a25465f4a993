"""`Tile`: 256×256 pixels as a numpy array and a QImage over the same memory."""

from enum import Enum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

TILE_SIZE = 256

Pixels: TypeAlias = NDArray[np.uint8]
"""Color: (h, w, 4) BGRA premultiplied. Coverage: (h, w), 0..255."""


class TileFormat(Enum):
    """What the pixels of a tile mean."""

    COLOR = "color"  # (256, 256, 4) BGRA premultiplied, QImage ARGB32_Premultiplied
    COVERAGE = "coverage"  # (256, 256) 0..255, QImage Alpha8


class Tile:
    """One square of a `TileMap`. Immutable once it is in a map: write to a copy, then swap it in.

    The QImage borrows the array's memory, so it must never be copied implicitly while painting:
    paint only on a fresh tile that nobody else holds.
    """

    __slots__ = ("image", "pixels")

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.image = image_over(pixels)

    @staticmethod
    def blank(format_: TileFormat) -> "Tile":
        """A transparent (or uncovered) tile."""
        shape = (TILE_SIZE, TILE_SIZE)
        full = (*shape, 4) if format_ is TileFormat.COLOR else shape
        return Tile(np.zeros(full, np.uint8))

    def copy(self) -> "Tile":
        return Tile(self.pixels.copy())

    @property
    def is_blank(self) -> bool:
        """No pixel has any alpha or coverage."""
        return not self.pixels.any()

    @property
    def byte_size(self) -> int:
        return int(self.pixels.nbytes)


def image_over(pixels: NDArray[Any]) -> QImage:
    """A QImage over the array's memory, without a copy. The array must outlive it.

    (h, w) uint8 -> Alpha8; (h, w, 4) uint8 -> ARGB32_Premultiplied (BGRA in memory);
    (h, w, 4) uint16 -> RGBA64_Premultiplied (RGBA in memory).
    """
    height, width = pixels.shape[:2]
    if pixels.ndim == 2:
        kind = QImage.Format.Format_Alpha8
    elif pixels.dtype == np.uint16:
        kind = QImage.Format.Format_RGBA64_Premultiplied
    else:
        kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, pixels.strides[0], kind)
