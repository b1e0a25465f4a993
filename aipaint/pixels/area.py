"""Areas: coverage tiles and how two of them are combined. Whole tiles share one array."""

from enum import Enum
from functools import lru_cache

import numpy as np

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect


class Combine(Enum):
    """What a new area does to the one that is there."""

    REPLACE = "replace"
    ADD = "add"
    SUBTRACT = "subtract"
    INTERSECT = "intersect"


@lru_cache(maxsize=1)
def full_tile() -> Tile:
    """Wholly covered. One for all: an area of a whole large frame then costs nothing."""
    return Tile(np.full((TILE_SIZE, TILE_SIZE), 255, np.uint8))


def area_of(coverage: Pixels, x: int = 0, y: int = 0) -> TileMap:
    """(h, w) uint8 with its top left corner at (x, y) as tiles."""
    area = TileMap(TileFormat.COVERAGE)
    place = Rect(x, y, coverage.shape[1], coverage.shape[0])
    for key in keys_over(place):
        whole = tile_rect(key)
        part = whole.intersected(place)
        pixels = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
        pixels[part.slices(whole)] = coverage[part.slices(place)]
        area.swap({key: compact(pixels)})
    return area


def compact(pixels: Pixels) -> Tile | None:
    """A coverage tile; None if it covers nothing, the shared one if it covers all."""
    if not pixels.any():
        return None
    return full_tile() if (pixels == 255).all() else Tile(pixels)


def rectangle_area(rect: Rect) -> TileMap:
    """Everything inside a rectangle."""
    area = TileMap(TileFormat.COVERAGE)
    for key in keys_over(rect):
        whole = tile_rect(key)
        part = whole.intersected(rect)
        if part == whole:
            area.swap({key: full_tile()})
            continue
        pixels = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
        pixels[part.slices(whole)] = 255
        area.swap({key: Tile(pixels)})
    return area


def combined(old: TileMap, new: TileMap, how: Combine) -> TileMap:
    """Both areas in one. Soft edges: the stronger is kept, the difference, or the weaker."""
    if how is Combine.REPLACE:
        return new.copy()
    result = TileMap(TileFormat.COVERAGE)
    for key in {*old, *new}:
        result.swap({key: _combined_tile(old.get(key), new.get(key), how)})
    return result


def inverted(area: TileMap, within: Rect) -> TileMap:
    """What `area` leaves out of a rectangle. Outside of it nothing is covered."""
    return combined(rectangle_area(within), area, Combine.SUBTRACT)


def difference(old: TileMap, new: TileMap) -> dict[TileKey, Tile | None]:
    """The edits that make `old` the same as `new`; tiles that agree are left out."""
    keys = {*old, *new}
    return {key: new.get(key) for key in keys if not _same(old.get(key), new.get(key))}


def is_same_area(old: TileMap, new: TileMap) -> bool:
    """Both cover the same, pixel by pixel."""
    return not difference(old, new)


def alpha_area(colors: TileMap) -> TileMap:
    """Where color tiles are opaque, and as much."""
    area = TileMap(TileFormat.COVERAGE)
    for key in colors:
        tile = colors.get(key)
        if tile is not None:
            area.swap({key: compact(np.ascontiguousarray(tile.pixels[..., 3]))})
    return area


def _combined_tile(old: Tile | None, new: Tile | None, how: Combine) -> Tile | None:
    full = full_tile()
    if how is Combine.ADD:
        if old is None or new is None:
            return old or new
        return full if full in (old, new) else compact(np.maximum(old.pixels, new.pixels))
    if how is Combine.INTERSECT:
        if old is None or new is None:
            return None
        if full in (old, new):
            return new if old is full else old
        return compact(np.minimum(old.pixels, new.pixels))
    if old is None or new is None:
        return old
    return None if new is full else compact(old.pixels - np.minimum(old.pixels, new.pixels))


def _same(one: Tile | None, other: Tile | None) -> bool:
    if one is None or other is None:
        return one is other
    return one is other or bool((one.pixels == other.pixels).all())
