"""Small pictures for lists show what the tiles show, for color and coverage."""

import numpy as np

from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.small_picture import small_picture
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


def test_quarters_stay_where_they_are() -> None:
    pixels = np.zeros((600, 1200, 4), np.uint8)
    pixels[:300, :600] = (0, 0, 255, 255)
    pixels[300:, 600:] = (9, 9, 9, 128)
    tiles = TileMap.from_pixels(pixels, -500, 70)
    small = small_picture(tiles, Rect(-500, 70, 1200, 600), 40)
    assert small.shape == (20, 40, 4)
    assert (small[:10, :20] == (0, 0, 255, 255)).all()
    assert (small[10:, 20:] == (9, 9, 9, 128)).all()
    assert not small[:10, 20:].any()
    assert not small[10:, :20].any()


def test_fine_detail_is_averaged_and_not_picked() -> None:
    coverage = np.zeros((64, 64), np.uint8)
    coverage[:, ::2] = 200
    small = small_picture(TileMap.from_pixels(coverage), Rect(0, 0, 64, 64), 32)
    assert small.shape == (32, 32)
    assert (small == 100).all()


def test_an_open_area_is_white_and_a_tiny_frame_is_enlarged() -> None:
    assert (small_picture(OpenArea(), Rect(0, 0, 3, 1), 30) == 255).all()
    one = np.arange(4, dtype=np.uint8).reshape(1, 4) * 60
    small = small_picture(TileMap.from_pixels(one), Rect(0, 0, 4, 1), 8)
    assert small[0].tolist() == [0, 0, 60, 60, 120, 120, 180, 180]
    assert not small_picture(TileMap(TileFormat.COLOR), Rect(0, 0, 9, 9), 4).any()
