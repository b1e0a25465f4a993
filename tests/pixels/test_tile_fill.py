"""The bucket on tiles takes what the flood on one array takes."""

import numpy as np
import pytest

from aipaint.pixels.fill import FloodOptions, flood
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_fill import flood_tiles
from aipaint.pixels.tile_map import TileMap

_REGION = Rect(-70, -40, 700, 420)


def _spots(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    coarse = chance.choice([40, 60, 200], (21, 35)).astype(np.uint8)
    gray = np.kron(coarse, np.ones((20, 20), np.uint8))
    return np.dstack([gray, gray, gray, np.full_like(gray, 255)])


@pytest.mark.parametrize("is_contiguous", [True, False])
@pytest.mark.parametrize("gap", [0, 6])
def test_tiles_and_one_array_agree(is_contiguous: bool, gap: int) -> None:
    options = FloodOptions(tolerance=30, is_contiguous=is_contiguous, gap_pixels=gap)
    pixels = _spots(3)
    tiles = TileMap.from_pixels(pixels, _REGION.x, _REGION.y)
    for seed in ((0, 0), (255, 255), (-70, -40), (629, 379)):
        on_tiles = flood_tiles(tiles.get, _REGION, seed, options)
        on_array = flood(pixels, (seed[0] - _REGION.x, seed[1] - _REGION.y), options)
        assert (on_tiles == on_array).all()
        assert on_tiles.any()


def test_a_blank_canvas_is_one_color_and_the_region_is_the_wall() -> None:
    nothing = flood_tiles(lambda key: None, _REGION, (10, 10), FloodOptions(is_smooth=False))
    assert (nothing == 255).all()


def test_a_seed_outside_takes_nothing() -> None:
    assert not flood_tiles(lambda key: None, _REGION, (5000, 0), FloodOptions()).any()
