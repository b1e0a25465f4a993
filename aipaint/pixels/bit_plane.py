"""`BitPlane`: which pixels of a canvas are meant, one bit each."""

from collections.abc import Iterator

import numpy as np

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

_SHAPE = (TILE_SIZE, TILE_SIZE)
_FULL = np.full(_SHAPE, 255, np.uint8)
_BLANK = np.zeros(_SHAPE, np.uint8)
_FULL.flags.writeable = _BLANK.flags.writeable = False


class BitPlane:
    """Tiles by key; what was never put is blank. Full and blank tiles take no memory, others 8 kB,
    so that 25,600 × 25,600 pixels of anything fit into 82 MB. One thread."""

    def __init__(self) -> None:
        self._tiles: dict[TileKey, Pixels] = {}

    def __iter__(self) -> Iterator[TileKey]:
        return iter(self._tiles)

    def __contains__(self, key: TileKey) -> bool:
        """Something of it is meant."""
        return key in self._tiles

    def put(self, key: TileKey, mask: Pixels) -> None:
        """(256, 256); whatever is not 0 is meant."""
        if mask is _FULL or mask.all():
            self._tiles[key] = _FULL
        elif mask.any():
            self._tiles[key] = np.packbits(mask)

    def is_full(self, key: TileKey) -> bool:
        return self._tiles.get(key) is _FULL

    def get(self, key: TileKey) -> Pixels:
        """(256, 256) of 0 and 255, for reading."""
        bits = self._tiles.get(key)
        if bits is None:
            return _BLANK
        if bits is _FULL:
            return _FULL
        return np.unpackbits(bits).reshape(_SHAPE) * np.uint8(255)

    def read(self, rect: Rect) -> Pixels:
        """A fresh array (h, w) of 0 and 255."""
        out = np.zeros((rect.height, rect.width), np.uint8)
        for key in keys_over(rect):
            if key in self._tiles:
                part = tile_rect(key).intersected(rect)
                out[part.slices(rect)] = self.get(key)[part.slices(tile_rect(key))]
        return out


def full_mask() -> Pixels:
    """(256, 256) of 255; the same array each time, for reading."""
    return _FULL


def blank_mask() -> Pixels:
    """(256, 256) of 0; the same array each time, for reading."""
    return _BLANK
