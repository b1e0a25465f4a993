"""Flood fill of 4096 × 4096 pixels against the bare `cv2.floodFill`."""

from collections.abc import Iterator

import numpy as np

from aipaint.pixels.brush import Color
from aipaint.pixels.cv import cv2
from aipaint.pixels.fill import FloodOptions, flood_tiles
from aipaint.pixels.paint_coverage import Ink, paint_coverage
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from tests.benchmarks.gate import Gate, Race, best_of, run_race
from tests.benchmarks.scenes import line_art, opaque, photo

_SIDE = 4096
_AREA = Rect(0, 0, _SIDE, _SIDE)
_INK = Ink(Color(220, 40, 30))
_PAIRS = 7


def fill_gates() -> Iterator[Gate]:
    """fill: tolerance, growth by 2, soft edge and the paint itself, all of it on tiles; fill_gap:
    coverage only, openings of 20 pixels closed."""
    yield best_of(lambda: _fill_gate(photo(_SIDE), FloodOptions(40, grow_pixels=2)))
    yield best_of(
        lambda: _gap_gate(line_art(_SIDE), FloodOptions(40, gap_pixels=20, is_smooth=False))
    )


def _fill_gate(bgr: Pixels, options: FloodOptions) -> Gate:
    tiles = TileMap.from_pixels(opaque(bgr))
    seed = _seed_of_size(bgr, options.tolerance, 3_500_000)

    def ours() -> None:
        coverage = flood_tiles(tiles.get, _AREA, seed, options)
        paint_coverage(tiles, _AREA, coverage, _INK)

    race = Race(ours, lambda: _floor(bgr, seed, options.tolerance), pairs=_PAIRS)
    gate = run_race("fill", 8, "cv2.floodFill, mask only", race)
    bare = FloodOptions(options.tolerance, is_smooth=False)
    found = flood_tiles(tiles.get, _AREA, seed, bare)
    assert (found == _floor(bgr, seed, options.tolerance)).all()
    painted = tiles.copy()
    painted.swap(paint_coverage(tiles, _AREA, found, _INK))
    inside = painted.read(_AREA)[found == 255]
    assert (inside == (30, 40, 220, 255)).all()
    return gate


def _gap_gate(bgr: Pixels, options: FloodOptions) -> Gate:
    tiles = TileMap.from_pixels(opaque(bgr))
    seed = _seed_of_size(bgr, options.tolerance, 10_000_000)
    race = Race(
        lambda: flood_tiles(tiles.get, _AREA, seed, options),
        lambda: _floor(bgr, seed, options.tolerance),
        pairs=_PAIRS,
    )
    gate = run_race("fill_gap", 8, "cv2.floodFill, mask only", race)
    found = flood_tiles(tiles.get, _AREA, seed, options)
    reached = _floor(bgr, seed, options.tolerance)
    assert found[seed[1], seed[0]] == 255
    assert not (found & ~reached).any()  # never past the lines
    assert np.count_nonzero(found) < np.count_nonzero(reached)  # the gaps hold
    return gate


def _floor(bgr: Pixels, seed: tuple[int, int], tolerance: int) -> Pixels:
    framed = np.zeros((_SIDE + 2, _SIDE + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    span = (tolerance,) * 3
    cv2.floodFill(bgr, framed, seed, (0, 0, 0), span, span, flags)
    return framed[1:-1, 1:-1]


def _seed_of_size(bgr: Pixels, tolerance: int, wanted: int) -> tuple[int, int]:
    """The place, of some, whose fill comes nearest to so many pixels."""
    places = [(x, y) for y in range(256, _SIDE, 896) for x in range(256, _SIDE, 896)]
    sizes = {seed: int(np.count_nonzero(_floor(bgr, seed, tolerance))) for seed in places}
    return min(places, key=lambda seed: abs(sizes[seed] - wanted))
