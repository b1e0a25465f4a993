"""The bucket tile by tile takes what the flood on one array takes, in a bounded memory."""

import tracemalloc

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.fill import FloodOptions, flood
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect
from aipaint.pixels.transform import Progress
from aipaint.pixels.wide_fill import WideFlood, wide_coverage

_REGION = Rect(-70, -40, 700, 420)


def _labyrinth(seed: int, share: float, cell: int) -> Pixels:
    """White ways between black blocks, in layers of random cells."""
    chance = np.random.default_rng(seed)
    rows, columns = -(-_REGION.height // cell), -(-_REGION.width // cell)
    coarse = (chance.random((rows, columns)) < share).astype(np.uint8) * 255
    fine = np.kron(coarse, np.ones((cell, cell), np.uint8))
    gray = fine[: _REGION.height, : _REGION.width]
    return np.dstack([gray, gray, gray, np.full_like(gray, 255)])


def _coverage(flooded: WideFlood, progress: Progress | None = None) -> Pixels:
    out = np.zeros((flooded.region.height, flooded.region.width), np.uint8)
    for key, coverage in wide_coverage(flooded, progress or Progress()):
        place = tile_rect(key)
        part = place.intersected(flooded.region)
        out[part.slices(flooded.region)] = coverage[part.slices(place)]
        assert coverage.sum() == coverage[part.slices(place)].sum()  # nothing outside
    return out


@given(
    st.integers(0, 1000),
    st.sampled_from([0.3, 0.6, 0.75]),
    st.sampled_from([1, 3, 20]),
    st.tuples(st.integers(0, _REGION.width - 1), st.integers(0, _REGION.height - 1)),
    st.builds(
        FloodOptions,
        tolerance=st.just(30),
        is_contiguous=st.booleans(),
        gap_pixels=st.sampled_from([0, 2, 9, 40]),
        grow_pixels=st.sampled_from([0, 2, 32, -3]),
        is_smooth=st.booleans(),
    ),
)
@settings(max_examples=60, deadline=None)
def test_tiles_and_one_array_agree(
    seed: int, share: float, cell: int, where: tuple[int, int], options: FloodOptions
) -> None:
    pixels = _labyrinth(seed, share, cell)
    tiles = TileMap.from_pixels(pixels, _REGION.x, _REGION.y)
    on_canvas = (where[0] + _REGION.x, where[1] + _REGION.y)
    on_tiles = _coverage(WideFlood(tiles.get, _REGION, on_canvas, options))
    assert (on_tiles == flood(pixels, where, options)).all()


def test_a_way_that_winds_through_the_tiles_again_and_again_is_followed_to_its_end() -> None:
    side = 1024
    way = np.zeros((side, side), np.uint8)
    way[::4] = 255  # corridors from side to side, joined left and right by turns
    way[:, 0][np.arange(side) // 4 % 2 == 0] = 255
    way[:, -1][np.arange(side) // 4 % 2 == 1] = 255
    pixels = np.dstack([way] * 4)
    region = Rect(0, 0, side, side)
    tiles = TileMap.from_pixels(pixels)
    options = FloodOptions(tolerance=10, is_smooth=False)
    found = _coverage(WideFlood(tiles.get, region, (5, 0), options))
    assert (found == way).all()


def test_a_blank_canvas_of_forty_by_forty_tiles_costs_next_to_nothing() -> None:
    region = Rect(0, 0, 10_240, 10_240)
    tracemalloc.start()
    tiles, covered = 0, 0
    for _, coverage in wide_coverage(
        WideFlood(lambda key: None, region, (9, 9), FloodOptions()), Progress()
    ):
        tiles, covered = tiles + 1, covered + int(coverage[0, 0] == 255 == coverage[-1, -1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tiles, covered) == (1_600, 1_600)
    assert peak < 8_000_000  # one array of it is 105,000,000 bytes


def test_it_stops_when_told_to_and_tells_how_far_it_is() -> None:
    shares: list[float] = []
    asked: list[TileKey] = []

    def source(key: TileKey) -> Tile | None:
        asked.append(key)
        return None

    region = Rect(0, 0, 10_240, 10_240)
    progress = Progress(lambda: len(asked) > 100, shares.append)
    flooded = WideFlood(source, region, (5000, 5000), FloodOptions())
    assert not list(wide_coverage(flooded, progress))
    assert len(asked) < 120
    assert 0 < max(shares) < 0.1
    assert shares == sorted(shares)


def test_a_seed_outside_takes_nothing() -> None:
    flooded = WideFlood(lambda key: None, _REGION, (5000, 0), FloodOptions())
    assert not list(wide_coverage(flooded, Progress()))
