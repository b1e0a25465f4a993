"""Cloning one tile: source over base, through a coverage."""

import numpy as np

from aipaint.pixels.clone import cloned_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile, TileFormat

_PLACE = Rect(10, 20, 30, 40)


def _source(value: int, alpha: int) -> np.ndarray:
    pixels = np.full((40, 30, 4), value, np.uint8)
    pixels[..., 3] = alpha
    return pixels


def test_full_coverage_copies_an_opaque_source_and_touches_nothing_else() -> None:
    base = Tile(np.full((256, 256, 4), 255, np.uint8))
    done = cloned_tile(base, _source(77, 255), np.full((40, 30), 255, np.uint8), _PLACE)
    assert done is not None
    inside = np.zeros((256, 256), bool)
    inside[20:60, 10:40] = True
    assert (done.pixels[inside] == (77, 77, 77, 255)).all()
    assert (done.pixels[~inside] == 255).all()
    assert (base.pixels == 255).all()


def test_a_clear_source_takes_nothing_away() -> None:
    base = Tile(np.full((256, 256, 4), 200, np.uint8))
    done = cloned_tile(base, _source(0, 0), np.full((40, 30), 255, np.uint8), _PLACE)
    assert done is not None
    assert (done.pixels == 200).all()


def test_half_coverage_mixes_and_stays_premultiplied() -> None:
    half = np.full((40, 30), 128, np.uint8)
    done = cloned_tile(None, _source(255, 255), half, _PLACE)
    assert done is not None
    assert (done.pixels[20:60, 10:40] == 128).all()
    assert cloned_tile(None, _source(0, 0), half, _PLACE) is None
    assert Tile.blank(TileFormat.COLOR).is_blank
