"""Smaller versions of tiles for a zoomed-out view, made when first shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

DEEPEST_LEVEL = 4  # 1/16


def level_for(zoom: float) -> int:
    """The level whose pixels are at least as fine as the screen's: 0 is full size."""
    level = 0
    while level < DEEPEST_LEVEL and zoom * (2 << level) <= 1:
        level += 1
    return level


class Mips:
    """Images of tiles by level. `source` gives the full-size tile, None where nothing is."""

    def __init__(self, source: Callable[[TileKey], Tile | None]) -> None:
        self._source = source
        self._entries: dict[TileKey, _Entry] = {}

    def has(self, key: TileKey, level: int) -> bool:
        """Whether `image` would cost nothing."""
        entry = self._entries.get(key)
        return entry is not None and level in entry.images

    def image(self, key: TileKey, level: int) -> QImage | None:
        """The tile at that level, made now if it is not there yet."""
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(self._source(key))
        if level not in entry.images:
            entry.images[level] = _scaled(entry.tile, level)
        return entry.images[level]

    def any_image(self, key: TileKey) -> QImage | None:
        """Whatever level there is already, for the moment before the right one is made."""
        entry = self._entries.get(key)
        if entry is None or not entry.images:
            return None
        return entry.images[min(entry.images)]

    def invalidate(self, dirty: Rect) -> None:
        """Forget every tile that `dirty` touches."""
        if dirty.area > TILE_SIZE * TILE_SIZE * len(self._entries):
            gone = [key for key in self._entries if not dirty.intersected(tile_rect(key)).is_empty]
        else:
            gone = list(keys_over(dirty))
        for key in gone:
            self._entries.pop(key, None)

    def clear(self) -> None:
        self._entries.clear()


class _Entry:
    """Holds the tile as well: its image borrows the tile's memory."""

    __slots__ = ("images", "tile")

    def __init__(self, tile: Tile | None) -> None:
        self.tile = tile
        self.images: dict[int, QImage | None] = {}


def _scaled(tile: Tile | None, level: int) -> QImage | None:
    if tile is None or level == 0:
        return tile.image if tile is not None else None
    return tile.image.scaled(
        TILE_SIZE >> level,
        TILE_SIZE >> level,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
