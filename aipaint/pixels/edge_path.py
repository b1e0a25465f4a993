"""Where an area's edge runs, as straight pieces between pixels, for drawing."""

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.area import full_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect

_HALF = 128

Pieces = NDArray[np.int32]
"""(n, 4): x0, y0, x1, y1 in canvas pixels."""


def edge_of_tile(area: TileMap, key: TileKey, level: int = 0) -> Pieces:
    """The pieces of one tile, its top and left side included: each piece belongs to one tile.

    An edge runs between a pixel that is covered by half at least and one that is not. At `level` n
    one pixel in 2**n is looked at, as fine as a picture that is shown that small.
    """
    place, step = tile_rect(key), 1 << level
    inside = _with_neighbors(area, place, step) >= _HALF
    across = np.argwhere(inside[1:, 1:] != inside[:-1, 1:])  # above and below differ
    down = np.argwhere(inside[1:, 1:] != inside[1:, :-1])  # left and right differ
    pieces = np.concatenate([_joined(across), _joined(down[:, ::-1])[:, [1, 0, 3, 2]]]) * step
    pieces[:, [0, 2]] += place.x
    pieces[:, [1, 3]] += place.y
    return np.asarray(pieces, np.int32)


def tiles_with_edge(area: TileMap) -> set[TileKey]:
    """The tiles that may hold pieces: those not wholly covered, and the neighbors of the others
    where the area ends."""
    keys: set[TileKey] = set()
    for key in area:
        row, column = key
        tile = area.get(key)
        if tile is not full_tile() and tile is not None and not (tile.pixels == 255).all():
            keys.update(((row, column), (row + 1, column), (row, column + 1)))
            continue
        for other in ((row + 1, column), (row, column + 1)):
            if area.get(other) is not tile:
                keys.add(other)
        if area.get((row - 1, column)) is not tile or area.get((row, column - 1)) is not tile:
            keys.add(key)
    return keys


def _with_neighbors(area: TileMap, place: Rect, step: int) -> Pixels:
    """Every `step`th pixel of the tile, with one more row above and column at the left."""
    count = TILE_SIZE // step
    out = np.zeros((count + 1, count + 1), np.uint8)
    row, column = place.y // TILE_SIZE, place.x // TILE_SIZE
    middle = step // 2
    for key, rows, columns in (
        ((row, column), slice(1, None), slice(1, None)),
        ((row - 1, column), slice(0, 1), slice(1, None)),
        ((row, column - 1), slice(1, None), slice(0, 1)),
        ((row - 1, column - 1), slice(0, 1), slice(0, 1)),
    ):
        tile = area.get(key)
        if tile is not None:
            part = tile.pixels[middle::step, middle::step]
            if rows.stop == 1:
                part = part[-1:]
            if columns.stop == 1:
                part = part[:, -1:]
            out[rows, columns] = part
    return out


def _joined(places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Neighbors along a row as one piece: rows of x0, y, x1, y from sorted (y, x)."""
    if not len(places):
        return np.zeros((0, 4), np.intp)
    places = places[np.lexsort((places[:, 1], places[:, 0]))]
    y, x = places[:, 0], places[:, 1]
    is_new = np.ones(len(places), bool)
    is_new[1:] = (y[1:] != y[:-1]) | (x[1:] != x[:-1] + 1)
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(places)) - 1
    return np.stack([x[starts], y[starts], x[ends] + 1, y[starts]], axis=1)
