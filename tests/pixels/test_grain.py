"""Grounds: seamless, still under the strokes, and felt as strongly as asked."""

import numpy as np
import pytest

from aipaint.pixels.brush import Brush, Color, Grain, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.grain import grain_coverage
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_REAL = [grain for grain in Grain if grain is not Grain.NONE]


def _alpha(brush: Brush, samples: list[Sample], area: Rect) -> Pixels:
    stroke = Stroke(brush, Color(0, 0, 0), StrokeMode.PAINT, DabCache())
    stroke.add(samples)
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap({key: stroke.over(None, key, tiles.format) for key in stroke.touched()})
    return tiles.read(area)[..., 3]


@pytest.mark.parametrize("scale", [1, 2, 4])
@pytest.mark.parametrize("grain", _REAL)
def test_its_edges_meet(grain: Grain, scale: int) -> None:
    ground = grain_coverage(grain, scale).astype(float)
    assert ground.shape == (256 * scale, 256 * scale)
    inside = np.abs(np.diff(ground, axis=1)).mean(axis=0)
    across_the_seam = np.abs(ground[:, 0] - ground[:, -1]).mean()
    assert across_the_seam <= inside.max()
    assert np.abs(ground[0] - ground[-1]).mean() <= np.abs(np.diff(ground, axis=0)).mean(1).max()


@pytest.mark.parametrize("grain", _REAL)
def test_it_has_hollows_and_bumps(grain: Grain) -> None:
    ground = grain_coverage(grain, 1)
    assert np.percentile(ground, 10) < 70
    assert np.percentile(ground, 98) > 180


def test_a_stroke_takes_on_the_ground_where_it_lies() -> None:
    brush = Brush(size_pixels=60, hardness=1, grain=Grain.CHALK, grain_strength=1.0)
    alpha = _alpha(brush, [Sample(300, 40)], Rect(285, 25, 30, 30))
    ground = grain_coverage(Grain.CHALK, 1)[25:55, 29:59]
    assert np.abs(alpha.astype(int) - ground).max() <= 1


def test_half_the_strength_leaves_half_of_the_ground() -> None:
    area = Rect(285, 25, 30, 30)
    brush = Brush(size_pixels=60, hardness=1, grain=Grain.CHALK, grain_strength=0.5)
    alpha = _alpha(brush, [Sample(300, 40)], area).astype(float)
    ground = grain_coverage(Grain.CHALK, 1)[25:55, 29:59]
    assert np.abs(alpha - (ground * 0.5 + 127.5)).max() <= 2


def test_two_strokes_over_each_other_meet_the_same_ground() -> None:
    brush = Brush(size_pixels=40, hardness=1, grain=Grain.PAPER, grain_strength=1.0)
    area = Rect(-20, -20, 40, 40)
    from_left = _alpha(brush, [Sample(-60, 0), Sample(60, 0)], area)
    from_top = _alpha(brush, [Sample(0, -60), Sample(0, 60)], area)
    inner = (slice(8, 32), slice(8, 32))
    assert np.abs(from_left[inner].astype(int) - from_top[inner]).max() <= 1


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_stroke_meets_the_enlarged_ground_across_tiles(scale: int) -> None:
    brush = Brush(
        size_pixels=40, hardness=1, grain=Grain.PAPER, grain_strength=1.0, grain_scale=scale
    )
    alpha = _alpha(brush, [Sample(256, -256)], Rect(246, -266, 20, 20)).astype(int)
    side = 256 * scale
    places = (np.arange(246, 266) % side, np.arange(-266, -246) % side)
    ground = grain_coverage(Grain.PAPER, scale)[np.ix_(places[1], places[0])]
    assert np.abs(alpha - ground).max() <= 1


def test_a_larger_scale_is_the_same_ground_enlarged() -> None:
    one, two = grain_coverage(Grain.PAPER, 1).astype(float), grain_coverage(Grain.PAPER, 2)
    shrunk = two.reshape(256, 2, 256, 2).astype(float).mean(axis=(1, 3))
    assert np.corrcoef(one.ravel(), shrunk.ravel())[0, 1] > 0.97
