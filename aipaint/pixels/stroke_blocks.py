"""`Block`: a piece of a stroke's 16-bit sheet, and `SpareBlocks`, which keeps some for reuse.

A block is four tiles wide and high: QPainter's cost in 16 bits is one of rows more than of pixels,
so a large dab cut into tile-sized pieces would take twice as long. The memory of a new block comes
from the system in huge pages as it is touched, so a thin stroke takes little of it.
"""

from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TILE_SIZE, image_over

BLOCK_TILES = 4
BLOCK_SIDE = BLOCK_TILES * TILE_SIZE
_MOST_SPARE = 8

Deep: TypeAlias = NDArray[np.uint16]
"""(h, w, 4) BGRA premultiplied, 0..65535."""


class Block:
    """All that was drawn since it was blank lies within `drawn`, rectangles of the canvas."""

    __slots__ = ("drawn", "image", "pixels", "x", "y")

    def __init__(self) -> None:
        self.pixels: Deep = np.zeros((BLOCK_SIDE, BLOCK_SIDE, 4), np.uint16)
        self.image: QImage = image_over(self.pixels)
        self.drawn: list[Rect] = []
        self.x = self.y = 0

    def move_to(self, row: int, column: int) -> None:
        self.x, self.y = column * BLOCK_SIDE, row * BLOCK_SIDE

    def clear(self) -> None:
        place = Rect(self.x, self.y, BLOCK_SIDE, BLOCK_SIDE)
        drawn = reduce(Rect.united, self.drawn, EMPTY_RECT)
        self.pixels[drawn.intersected(place).slices(place)] = 0
        self.drawn.clear()


class SpareBlocks:
    """Blocks of strokes that are over, cleared for the next one: new memory costs a large brush
    as much as drawing. At most 64 MB."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []

    def take(self, row: int, column: int) -> Block:
        """A blank block for that place."""
        block = self._blocks.pop() if self._blocks else Block()
        block.move_to(row, column)
        return block

    def give(self, block: Block) -> None:
        """A block that nobody draws on any more."""
        if len(self._blocks) < _MOST_SPARE:
            block.clear()
            self._blocks.append(block)
