"""`StrokeBuffer`: the sparse 16-bit sheet that the dabs of one stroke are drawn on.

It consists of `Block`s, which know where they are. Drawing is QPainter's; only wash is numpy's.
"""

from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QPainter

from aipaint.pixels.rect import Rect
from aipaint.pixels.stamps import BAND_ROWS, Stamp, Stamps
from aipaint.pixels.stroke_blocks import BLOCK_SIDE, BLOCK_TILES, Block, Deep, SpareBlocks
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileKey


class PlacedDabs(NamedTuple):
    """Dabs of one tip: where the corners of their stamps go, and which phase each one takes."""

    stamps: Stamps
    columns: list[int]
    rows: list[int]
    phases: list[int]
    alpha: float = 1.0

    @property
    def box(self) -> Rect:
        """Around all of them."""
        columns, rows, side = self.columns, self.rows, self.stamps.side
        left, top = min(columns), min(rows)
        return Rect(left, top, max(columns) - left + side, max(rows) - top + side)

    def touching(self, left: int, top: int, side: int) -> "PlacedDabs":
        """Those that reach into a square."""
        reach = self.stamps.side
        found = [
            dab
            for dab in zip(self.columns, self.rows, self.phases, strict=True)
            if left - reach < dab[0] < left + side and top - reach < dab[1] < top + side
        ]
        if not found:
            return PlacedDabs(self.stamps, [], [], [], self.alpha)
        columns, rows, phases = (list(part) for part in zip(*found, strict=True))
        return PlacedDabs(self.stamps, columns, rows, phases, self.alpha)


class StrokeBuffer:
    """Blocks by (row, column), each `BLOCK_SIDE` wide and high; back to `spare` at the end."""

    def __init__(self, spare: SpareBlocks | None = None) -> None:
        self._spare = spare or SpareBlocks()
        self._blocks: dict[tuple[int, int], Block] = {}

    def __del__(self) -> None:
        for block in self._blocks.values():
            self._spare.give(block)

    def build_up(self, dabs: PlacedDabs, box: Rect) -> None:
        """Lay the dabs over what is there; `box` is theirs."""
        for block, here in self._blocks_for(dabs, box):
            painter = QPainter(block.image)
            if dabs.alpha < 1:
                painter.setOpacity(dabs.alpha)
            painter.translate(-block.x, -block.y)
            if here.stamps.side <= BAND_ROWS:
                images = map(here.stamps.images.__getitem__, here.phases)
                # drawImage returns None, so `any` goes through all: quicker than a loop of our own.
                any(map(painter.drawImage, here.columns, here.rows, images))
            else:
                _draw_in_bands(painter, here)
            painter.end()

    def wash(self, dabs: PlacedDabs, box: Rect) -> None:
        """Keep the stronger of a dab and what is there; `box` is theirs."""
        for block, here in self._blocks_for(dabs, box):
            for column, row, phase in zip(here.columns, here.rows, here.phases, strict=True):
                stamp = here.stamps.made(phase)
                _keep_stronger(block.pixels, stamp, (column - block.x, row - block.y), dabs.alpha)

    def part(self, key: TileKey, part: Rect) -> Deep | None:
        """A view of the `part` of a tile, counted from its corner; None where nothing was drawn."""
        block = self._block_of(key)
        if block is None:
            return None
        y, x = key[0] * TILE_SIZE - block.y + part.y, key[1] * TILE_SIZE - block.x + part.x
        return block.pixels[y : y + part.height, x : x + part.width]

    def _block_of(self, key: TileKey) -> "Block | None":
        return self._blocks.get((key[0] // BLOCK_TILES, key[1] // BLOCK_TILES))

    def _blocks_for(self, dabs: PlacedDabs, box: Rect) -> list[tuple[Block, PlacedDabs]]:
        top, bottom = box.y // BLOCK_SIDE, (box.bottom - 1) // BLOCK_SIDE
        left, right = box.x // BLOCK_SIDE, (box.right - 1) // BLOCK_SIDE
        if top == bottom and left == right:  # nearly always
            return [(self._block(top, left, box), dabs)]
        found = []
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                here = dabs.touching(column * BLOCK_SIDE, row * BLOCK_SIDE, BLOCK_SIDE)
                if here.columns:
                    found.append((self._block(row, column, box), here))
        return found

    def _block(self, row: int, column: int, box: Rect) -> Block:
        """The block, in which something within `box` will be drawn."""
        block = self._blocks.get((row, column))
        if block is None:
            block = self._blocks[row, column] = self._spare.take(row, column)
        block.drawn.append(box)
        return block


def _draw_in_bands(painter: QPainter, dabs: PlacedDabs) -> None:
    for column, row, phase in zip(dabs.columns, dabs.rows, dabs.phases, strict=True):
        for down, band in dabs.stamps.made(phase).bands:
            painter.drawImage(column, row + down, band)


def _keep_stronger(onto: Deep, stamp: Stamp, corner: tuple[int, int], alpha: float) -> None:
    """All channels are in proportion, so each may be compared alone."""
    column, row = corner
    side = stamp.pixels.shape[0]
    top, left = max(row, 0), max(column, 0)
    bottom, right = min(row + side, BLOCK_SIDE), min(column + side, BLOCK_SIDE)
    here = onto[top:bottom, left:right]
    dab = stamp.pixels[top - row : bottom - row, left - column : right - column]
    if alpha < 1:
        dab = (dab * np.float32(alpha)).astype(np.uint16)
    np.maximum(here, dab, out=here)
