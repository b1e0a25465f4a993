"""A small picture of tiles, for lists: samples spread over a rectangle, so that its cost does not
grow with the painting."""

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_SAMPLES = 2  # per pixel and direction


def small_picture(tiles: TileMap, area: Rect, side: int) -> Pixels:
    """What `area` of the tiles shows, its longer side `side` pixels: (h, w, 4) BGRA premultiplied,
    or (h, w) for coverage. Any thread, on a snapshot."""
    width, height = _fitted(area, side)
    columns = _places(area.x, area.width, width * _SAMPLES)
    rows = _places(area.y, area.height, height * _SAMPLES)
    shape = (rows.size, columns.size)
    is_color = tiles.format is TileFormat.COLOR
    samples = np.zeros((*shape, 4) if is_color else shape, np.uint8)
    for row, down in _runs(rows):
        for column, across in _runs(columns):
            tile = tiles.get((row, column))
            if tile is not None:
                inner = np.ix_(rows[down] - row * TILE_SIZE, columns[across] - column * TILE_SIZE)
                samples[down, across] = tile.pixels[inner]
    grid = samples.reshape(height, _SAMPLES, width, _SAMPLES, -1)
    small: Pixels = grid.mean(axis=(1, 3)).round().astype(np.uint8)
    return small if is_color else np.ascontiguousarray(small[..., 0])


def _fitted(area: Rect, side: int) -> tuple[int, int]:
    longer = max(area.width, area.height, 1)
    return max(1, round(area.width * side / longer)), max(1, round(area.height * side / longer))


def _places(start: int, length: int, count: int) -> NDArray[np.intp]:
    """The pixels in the middle of `count` equal parts."""
    return start + ((np.arange(count) * 2 + 1) * max(1, length) // (2 * count)).astype(np.intp)


def _runs(places: NDArray[np.intp]) -> list[tuple[int, slice]]:
    """The tiles that places fall into, and which of the places do."""
    tiles = places // TILE_SIZE
    starts = np.flatnonzero(np.diff(tiles, prepend=tiles[0] - 1))
    ends = [*starts[1:], places.size]
    return [
        (int(tiles[start]), slice(int(start), int(end)))
        for start, end in zip(starts, ends, strict=True)
    ]
