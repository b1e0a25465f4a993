"""Strokes: even, exact, and the same whatever tiles they cross."""

import numpy as np
import pytest

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tip import tip_coverage

_RED = Color(255, 0, 0)


def _painted(
    brush: Brush,
    samples: list[Sample],
    mode: StrokeMode = StrokeMode.PAINT,
    base: TileMap | None = None,
    color: Color = _RED,
) -> TileMap:
    tiles = base.copy() if base is not None else TileMap(TileFormat.COLOR)
    stroke = Stroke(brush, color, mode, DabCache())
    stroke.add(samples)
    tiles.swap({key: stroke.over(tiles.get(key), key, tiles.format) for key in stroke.touched()})
    return tiles


def _line(x0: float, y0: float, x1: float, y1: float) -> list[Sample]:
    return [Sample(x0, y0), Sample(x1, y1)]


def test_a_stroke_has_no_seams_where_it_crosses_tiles() -> None:
    brush = Brush(size_pixels=30, hardness=0.5)
    inside = _painted(brush, _line(60, 60, 190, 190)).read(Rect(0, 0, 250, 250))
    across = _painted(brush, _line(-68, -68, 62, 62)).read(Rect(-128, -128, 250, 250))
    assert (inside == across).all()


def test_painting_in_small_steps_equals_painting_in_one() -> None:
    brush = Brush(size_pixels=21, hardness=0.3)
    steps = [Sample(20 + i * 1.7, 30 + i * 0.9) for i in range(100)]
    whole = _painted(brush, [steps[0], steps[-1]]).read(Rect(0, 0, 300, 300)).astype(int)
    parts = _painted(brush, steps).read(Rect(0, 0, 300, 300)).astype(int)
    assert np.abs(whole - parts).max() <= 2


def test_the_middle_of_a_hard_dab_is_full_and_its_width_is_the_size() -> None:
    tiles = _painted(Brush(size_pixels=40, hardness=1), [Sample(100, 100)])
    alpha = tiles.read(Rect(0, 0, 200, 200))[..., 3]
    assert alpha[100, 100] == 255
    assert alpha[100].astype(float).sum() / 255 == pytest.approx(40, abs=0.7)


@pytest.mark.parametrize("place", [100.0, 100.25, 100.5, 100.75])
def test_a_small_tip_keeps_its_place_to_a_quarter_pixel(place: float) -> None:
    alpha = _painted(Brush(size_pixels=6, hardness=0.5), [Sample(place, place)]).read(
        Rect(80, 80, 40, 40)
    )[..., 3]
    weights = alpha.astype(float)
    columns = np.arange(80, 120) + 0.5
    assert (weights.sum(0) * columns).sum() / weights.sum() == pytest.approx(place, abs=0.03)


def test_two_thousand_faint_dabs_reach_full_cover() -> None:
    brush = Brush(size_pixels=20, hardness=1, flow=1 / 255, spacing=0.1)
    there_and_back = [Sample(100 + (i % 2) * 0.5, 100) for i in range(8001)]
    dabs_needed = Brush(size_pixels=20, hardness=1, flow=1 / 255, spacing=0.025)
    alpha = _painted(dabs_needed, there_and_back, color=Color(128, 128, 128)).read(
        Rect(98, 98, 4, 4)
    )
    assert brush.flow == dabs_needed.flow
    assert alpha[2, 2, 3] >= 0.99 * 255
    assert alpha[2, 2, 0] == pytest.approx(128, abs=2)


def test_stroke_opacity_limits_what_flow_builds_up() -> None:
    brush = Brush(size_pixels=20, hardness=1, opacity=0.5, flow=1)
    alpha = _painted(brush, _line(50, 50, 150, 50)).read(Rect(0, 0, 200, 100))[..., 3]
    assert alpha.max() == pytest.approx(128, abs=1)


def test_the_eraser_takes_away_what_the_brush_put_and_drops_blank_tiles() -> None:
    brush = Brush(size_pixels=20, hardness=1)
    painted = _painted(brush, [Sample(50, 50)])
    wide = Brush(size_pixels=60, hardness=1)
    assert len(_painted(wide, [Sample(50, 50)], StrokeMode.ERASE, painted)) == 0


def test_pressure_narrows_a_stroke_only_when_asked_to() -> None:
    soft = [Sample(100, 100, 0.5)]
    by_pressure = _painted(Brush(size_pixels=60, hardness=1), soft)
    fixed = _painted(Brush(size_pixels=60, hardness=1, pressure_to_size=False), soft)
    narrow, wide = by_pressure.bounds().width, fixed.bounds().width
    assert narrow == pytest.approx(30, abs=2)
    assert wide == pytest.approx(60, abs=2)


@pytest.mark.parametrize("hardness", [0.0, 0.5, 0.9, 1.0])
def test_tip_coverage_falls_from_the_middle_outward(hardness: float) -> None:
    row = tip_coverage(41, hardness, 0, 0)[21]
    right_half = row[21:]
    assert right_half[0] == 1
    assert (np.diff(right_half) <= 1e-9).all()
    assert right_half[-1] == 0


def test_a_mask_takes_strokes_like_a_layer() -> None:
    tiles = TileMap(TileFormat.COVERAGE)
    stroke = Stroke(
        Brush(size_pixels=30, hardness=1), Color(255, 255, 255), StrokeMode.PAINT, DabCache()
    )
    stroke.add(_line(-20, 10, 40, 10))
    tiles.swap({key: stroke.over(tiles.get(key), key, tiles.format) for key in stroke.touched()})
    assert tiles.read(Rect(0, 10, 1, 1)) == 255
    assert tiles.bounds().x == pytest.approx(-35, abs=1)
