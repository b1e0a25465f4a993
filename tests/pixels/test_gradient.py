"""Gradients: their ends, their middle, their area, and no seams."""

import numpy as np
import pytest

from aipaint.pixels.brush import Color
from aipaint.pixels.gradient import Gradient, GradientKind, draw_gradient
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)
_CLEAR = Color(255, 0, 0, 0)


def _laid(gradient: Gradient, area: Rect, view: Rect) -> Pixels:
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap(draw_gradient(tiles, gradient, area))
    return tiles.read(view)


def test_a_linear_gradient_goes_evenly_from_one_color_to_the_other_and_stays_there() -> None:
    area = Rect(-100, 0, 600, 20)
    row = _laid(Gradient(GradientKind.LINEAR, (0, 0), (400, 0), _BLACK, _WHITE), area, area)[10]
    assert (row[:100, 0] == 0).all()
    assert (row[500:, 0] == 255).all()
    assert (np.diff(row[:, 0].astype(int)) >= 0).all()
    assert row[300, 0] == pytest.approx(127.5, abs=1.5)
    assert np.abs(row[100:500, 0] - (np.arange(400) + 0.5) / 400 * 255).max() <= 2


def test_a_radial_gradient_depends_on_the_distance_alone() -> None:
    area = Rect(0, 0, 401, 401)
    gradient = Gradient(GradientKind.RADIAL, (200.5, 200.5), (300.5, 200.5), _WHITE, _BLACK)
    gray = _laid(gradient, area, area)[..., 0].astype(int)
    assert np.abs(gray - gray.T).max() <= 2
    assert np.abs(gray - gray[::-1]).max() <= 2
    assert gray[200, 200] >= 254
    assert gray[200, 305] == 0


def test_a_gradient_to_transparent_keeps_its_color() -> None:
    area = Rect(0, 0, 256, 4)
    red = Color(255, 0, 0)
    row = _laid(Gradient(GradientKind.LINEAR, (0, 0), (256, 0), red, _CLEAR), area, area)[2]
    assert (row[:, 2] == row[:, 3]).all()  # premultiplied: pure red at every alpha
    assert row[0, 3] >= 254
    assert row[-1, 3] <= 1


def test_a_gradient_stays_in_its_area_and_has_no_seams() -> None:
    gradient = Gradient(GradientKind.LINEAR, (250, 240), (270, 300), _BLACK, _WHITE)
    area = Rect(230, 235, 60, 50)
    whole = _laid(gradient, area, Rect(200, 200, 120, 120))
    inside = np.zeros((120, 120), bool)
    inside[35:85, 30:90] = True
    assert (whole[..., 3] == np.where(inside, 255, 0)).all()
    shifted = Gradient(GradientKind.LINEAR, (20, 5), (40, 65), _BLACK, _WHITE)
    alone = _laid(shifted, Rect(0, 0, 60, 50), Rect(0, 0, 60, 50))
    assert np.abs(whole[35:85, 30:90].astype(int) - alone).max() <= 1


def test_opacity_lets_what_is_below_through() -> None:
    tiles = TileMap.from_pixels(np.full((64, 64, 4), 255, np.uint8))
    gradient = Gradient(GradientKind.LINEAR, (0, 0), (64, 0), _BLACK, _BLACK, opacity=0.25)
    tiles.swap(draw_gradient(tiles, gradient, Rect(0, 0, 64, 64)))
    view = tiles.read(Rect(0, 0, 64, 64))
    assert (view[..., 3] == 255).all()
    assert np.abs(view[..., 0] - 191.0).max() <= 1
