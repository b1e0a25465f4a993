"""What pressure, tilt, direction and chance make of a stroke."""

import math

import numpy as np
import pytest

from aipaint.pixels.brush import Accumulation, AngleSource, Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_AREA = Rect(-100, -100, 500, 300)


def _alpha(brush: Brush, *samples: Sample, held: int = 0) -> Pixels:
    stroke = Stroke(brush, Color(0, 0, 0), StrokeMode.PAINT, DabCache())
    stroke.add(list(samples))
    stroke.hold(held)
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap({key: stroke.over(None, key, tiles.format) for key in stroke.touched()})
    return tiles.read(_AREA)[..., 3]


def _extent(alpha: Pixels) -> tuple[int, int]:
    """Width and height of what is more than half covered."""
    rows, columns = np.nonzero(alpha > 127)
    return int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1


def test_the_size_curve_says_how_wide_a_pressure_is() -> None:
    curve = ResponseCurve(((0, 0.5), (0.5, 0.75), (1, 1)))
    brush = Brush(size_pixels=80, hardness=1, size_curve=curve)
    widths = [_extent(_alpha(brush, Sample(0, 0, pressure)))[0] for pressure in (0, 0.5, 1)]
    assert widths == [pytest.approx(40, abs=2), pytest.approx(60, abs=2), pytest.approx(80, abs=2)]


@pytest.mark.parametrize("accumulation", list(Accumulation))
def test_flow_by_pressure_weakens_each_dab(accumulation: Accumulation) -> None:
    brush = Brush(
        size_pixels=40, hardness=1, pressure_to_size=False, pressure_to_flow=True,
        accumulation=accumulation,
    )  # fmt: skip
    assert _alpha(brush, Sample(0, 0, 0.5)).max() == pytest.approx(128, abs=2)
    assert _alpha(brush, Sample(0, 0, 0.25)).max() == pytest.approx(64, abs=2)
    assert _alpha(brush, Sample(0, 0, 1.0)).max() == 255


def test_in_wash_opacity_by_pressure_is_the_most_that_a_stroke_covers() -> None:
    brush = Brush(
        size_pixels=40, hardness=1, pressure_to_size=False, pressure_to_opacity=True,
        accumulation=Accumulation.WASH,
    )  # fmt: skip
    there_and_back = [Sample(x, 0, 0.5) for x in (0, 60, 0, 60)]
    assert _alpha(brush, *there_and_back).max() == pytest.approx(128, abs=2)


def test_build_up_adds_where_wash_does_not() -> None:
    def crossed(accumulation: Accumulation) -> int:
        brush = Brush(size_pixels=40, hardness=1, flow=0.3, spacing=0.5, accumulation=accumulation)
        return int(_alpha(brush, Sample(0, 0), Sample(60, 0), Sample(0, 0)).max())

    assert crossed(Accumulation.WASH) == pytest.approx(77, abs=2)
    assert crossed(Accumulation.BUILD_UP) > 150


@pytest.mark.parametrize(("angle", "is_wide"), [(0, True), (90, False), (180, True)])
def test_an_elliptic_tip_lies_as_its_angle_says(angle: float, is_wide: bool) -> None:
    brush = Brush(size_pixels=60, hardness=1, roundness=0.25, angle_degrees=angle)
    width, height = _extent(_alpha(brush, Sample(0, 0)))
    long_side, short_side = (width, height) if is_wide else (height, width)
    assert long_side == pytest.approx(60, abs=2)
    assert short_side == pytest.approx(15, abs=2)


def test_a_positive_angle_turns_clockwise_on_the_screen() -> None:
    brush = Brush(size_pixels=60, hardness=1, roundness=0.2, angle_degrees=45)
    rows, columns = np.nonzero(_alpha(brush, Sample(0, 0)) > 127)
    assert np.corrcoef(rows, columns)[0, 1] > 0.8


def test_an_elliptic_tip_covers_its_share_of_the_circle() -> None:
    full = _alpha(Brush(size_pixels=60, hardness=1), Sample(0, 0)).astype(float).sum()
    flat = Brush(size_pixels=60, hardness=1, roundness=0.5, angle_degrees=33)
    assert _alpha(flat, Sample(0, 0)).astype(float).sum() == pytest.approx(full / 2, rel=0.03)


@pytest.mark.parametrize(("x", "y"), [(150, 0), (0, 120)])
def test_a_tip_can_turn_with_the_stroke(x: float, y: float) -> None:
    """Standing across the stroke, it is as wide there as its long side whatever the direction."""
    brush = Brush(
        size_pixels=50, hardness=1, roundness=0.2, angle_degrees=90,
        angle_source=AngleSource.STROKE, spacing=0.05,
    )  # fmt: skip
    width, height = _extent(_alpha(brush, Sample(0, 0), Sample(x, y)))
    across = height if x else width
    assert across == pytest.approx(50, abs=2)


def test_a_pen_that_leans_turns_and_widens_the_tip() -> None:
    brush = Brush(
        size_pixels=20, hardness=1, roundness=0.25, angle_source=AngleSource.TILT, tilt_to_size=2
    )
    upright = _extent(_alpha(brush, Sample(0, 0)))
    leaning = _extent(_alpha(brush, Sample(0, 0, 1.0, 0.5, 90)))
    assert list(upright) == pytest.approx([20, 5], abs=2)
    assert list(leaning) == pytest.approx([10, 40], abs=2)


def test_scattered_dabs_stay_within_reach_and_leave_the_line() -> None:
    brush = Brush(size_pixels=6, hardness=1, scatter=4, spacing=0.5)
    rows, _ = np.nonzero(_alpha(brush, Sample(0, 0), Sample(250, 0)))
    away = np.abs(rows - 100)
    assert away.max() <= 6 * 4 + 6
    assert away.max() > 12


def test_the_same_stroke_scatters_the_same_and_another_one_differently() -> None:
    brush = Brush(size_pixels=6, hardness=1, scatter=4, spacing=0.5)
    first = _alpha(brush, Sample(0, 0), Sample(250, 0))
    again = _alpha(brush, Sample(0, 0), Sample(100, 0), Sample(250, 0))
    lower = _alpha(brush, Sample(0, 10), Sample(250, 10))
    assert (first == again).all()
    assert (first[:-10] != lower[10:]).any()


def test_holding_still_adds_dabs_at_the_same_place() -> None:
    brush = Brush(size_pixels=40, hardness=1, flow=0.1)
    once = int(_alpha(brush, Sample(0, 0)).max())
    held = int(_alpha(brush, Sample(0, 0), held=9).max())
    assert once == pytest.approx(25, abs=2)
    assert held == pytest.approx(255 * (1 - 0.9**10), abs=3)


def test_a_changing_pressure_leaves_no_gaps() -> None:
    brush = Brush(size_pixels=30, hardness=1, spacing=0.1)
    samples = [Sample(x, 0, 0.6 + 0.4 * math.sin(x / 20)) for x in range(0, 300, 7)]
    middle = _alpha(brush, *samples)[100, 100:390]
    assert middle.min() == 255
