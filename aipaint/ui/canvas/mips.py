"""Smaller versions of tiles for a zoomed-out view, made when first shown.

At level n a page of 256×256 pixels holds 2ⁿ × 2ⁿ tiles, so that a view of a very large picture is
drawn from a few dozen images, however many tiles it shows.
"""

from collections import OrderedDict
from collections.abc import Callable, Set
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile, image_over
from aipaint.pixels.tile_map import TileKey, keys_over, keys_touched

DEEPEST_LEVEL = 4  # 1/16
_MOST_PAGES = 320  # 80 MB

PageKey: TypeAlias = tuple[int, int, int]
"""Level, row and column of a page."""


def level_for(zoom: float) -> int:
    """The level whose pixels are at least as fine as the screen's: 0 is full size."""
    level = 0
    while level < DEEPEST_LEVEL and zoom * (2 << level) <= 1:
        level += 1
    return level


class MipPage:
    """One image of many tiles. `stale` tiles are missing or older than the picture."""

    def __init__(self, key: PageKey) -> None:
        self.key = key
        self.pixels = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint8)
        self.image: QImage = image_over(self.pixels)
        self.made: set[TileKey] = set()
        self.stale: set[TileKey] = set()

    @property
    def rect(self) -> Rect:
        """Where it lies on the canvas."""
        level, row, column = self.key
        side = TILE_SIZE << level
        return Rect(column * side, row * side, side, side)

    def place_of(self, tile: TileKey) -> Rect:
        """Where a tile lies in the image."""
        level, row, column = self.key
        side = TILE_SIZE >> level
        return Rect(
            (tile[1] - (column << level)) * side, (tile[0] - (row << level)) * side, side, side
        )


class Mips:
    """Pages by level, least recently shown dropped first. `source` gives the full-size tile, None
    where nothing is."""

    def __init__(self, source: Callable[[TileKey], Tile | None]) -> None:
        self._source = source
        self._pages: OrderedDict[PageKey, MipPage] = OrderedDict()

    def page(self, key: PageKey, filled: Set[TileKey]) -> MipPage:
        """The page, made empty (all its `filled` tiles stale) if it is not there yet."""
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = MipPage(key)
            page.stale.update(keys_touched(page.rect, filled))
            if len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(key)
        return page

    def refresh(self, page: MipPage, tile: TileKey) -> None:
        """Make one stale tile of a page anew."""
        # Loaded at the first zooming out: it imports OpenCV, and the window shows before that.
        from aipaint.pixels.shrink import shrunk

        source = self._source(tile)
        place = page.place_of(tile)
        rows, columns = place.slices(Rect(0, 0, TILE_SIZE, TILE_SIZE))
        page.pixels[rows, columns] = shrunk(source.peek(), place.width) if source is not None else 0
        page.stale.discard(tile)
        page.made.add(tile)

    def has_besides(self, level: int) -> bool:
        """There are pages of other levels."""
        return any(key[0] != level for key in self._pages)

    def stand_in(self, tile: TileKey, level: int) -> tuple[QImage, QRectF] | None:
        """The tile at another level, and where in that image, until the right one is made. None
        also where this level has it, only older than the picture."""
        here = self._pages.get((level, tile[0] >> level, tile[1] >> level))
        if here is not None and tile in here.made:
            return None
        for other in (*range(level - 1, 0, -1), *range(level + 1, DEEPEST_LEVEL + 1)):
            page = self._pages.get((other, tile[0] >> other, tile[1] >> other))
            if page is not None and tile in page.made:
                place = page.place_of(tile)
                return page.image, QRectF(place.x, place.y, place.width, place.height)
        return None

    def invalidate(self, dirty: Rect) -> None:
        """Every tile that `dirty` touches is stale in the pages that are there."""
        for level in range(1, DEEPEST_LEVEL + 1) if self._pages else ():
            there = {key[1:]: page for key, page in self._pages.items() if key[0] == level}
            for place in keys_touched(_scaled(dirty, level), there):
                page = there[place]
                page.stale.update(keys_over(dirty.intersected(page.rect)))

    def clear(self) -> None:
        self._pages.clear()


def _scaled(rect: Rect, level: int) -> Rect:
    """In pixels of that level, outwards."""
    return Rect.from_edges(
        rect.x >> level, rect.y >> level, -(-rect.right >> level), -(-rect.bottom >> level)
    )
