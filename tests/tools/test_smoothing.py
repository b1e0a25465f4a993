"""Smoothing: calmer than the hand, never somewhere else."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Sample, Smoothing
from aipaint.tools.smoothing import Smoother, make_smoother

_PLACES = st.lists(
    st.tuples(st.floats(-500, 500), st.floats(-500, 500), st.floats(0, 1)), min_size=1, max_size=12
)


def _drawn(smoother: Smoother, samples: list[Sample]) -> list[Sample]:
    drawn = [point for sample in samples for point in smoother.add(sample)]
    return drawn + smoother.finish()


def _roughness(points: list[Sample]) -> float:
    """Mean distance from a level line."""
    return sum(abs(point.y) for point in points) / len(points)


def test_off_is_the_hand_itself() -> None:
    samples = [Sample(1, 2), Sample(8, 3, 0.4), Sample(9, 9)]
    assert _drawn(make_smoother(Smoothing.OFF, 1.0), samples) == samples


@given(_PLACES, st.floats(0, 1))
def test_basic_begins_and_ends_where_the_hand_does(
    places: list[tuple[float, float, float]], amount: float
) -> None:
    samples = [Sample(*place) for place in places]
    drawn = _drawn(make_smoother(Smoothing.BASIC, amount), samples)
    for mine, theirs in ((drawn[0], samples[0]), (drawn[-1], samples[-1])):
        # A twentieth of a pixel: ways shorter than that are rounded away.
        assert [mine.x, mine.y] == pytest.approx([theirs.x, theirs.y], abs=0.05)


@given(_PLACES, st.floats(0, 1), st.sampled_from(list(Smoothing)))
def test_nothing_is_drawn_outside_of_what_the_hand_went_around(
    places: list[tuple[float, float, float]], amount: float, kind: Smoothing
) -> None:
    samples = [Sample(*place) for place in places]
    for point in _drawn(make_smoother(kind, amount), samples):
        for axis in ("x", "y", "pressure"):
            values = [getattr(sample, axis) for sample in samples]
            assert min(values) - 1e-6 <= getattr(point, axis) <= max(values) + 1e-6


@pytest.mark.parametrize("kind", [Smoothing.BASIC, Smoothing.STABILIZER])
def test_a_trembling_hand_draws_a_calmer_line(kind: Smoothing) -> None:
    chance = random.Random(3)
    samples = [Sample(x * 3.0, chance.uniform(-4, 4)) for x in range(200)]
    drawn = _drawn(make_smoother(kind, 0.6), samples)
    assert _roughness(drawn) < _roughness(samples) / 2.5


def test_more_of_it_is_calmer() -> None:
    chance = random.Random(3)
    samples = [Sample(x * 3.0, chance.uniform(-4, 4)) for x in range(200)]
    rough = [_roughness(_drawn(make_smoother(Smoothing.BASIC, a), samples)) for a in (0, 0.3, 1)]
    assert rough[0] > rough[1] > rough[2]


def test_a_fast_circle_of_twelve_readings_is_round() -> None:
    turn = [2 * math.pi * number / 12 for number in range(25)]
    samples = [Sample(200 * math.cos(angle), 200 * math.sin(angle)) for angle in turn]
    drawn = _drawn(make_smoother(Smoothing.BASIC, 0.0), samples)
    radii = [math.hypot(point.x, point.y) for point in drawn][40:-40]
    assert max(radii) - min(radii) < 0.005 * 200
    # The straight pieces between the readings would come as near as this to the middle:
    assert max(radii) - min(radii) < (200 - 200 * math.cos(math.pi / 12)) / 4


def test_while_the_pointer_rests_the_line_catches_up_with_it() -> None:
    smoother = make_smoother(Smoothing.BASIC, 1.0)
    for x in range(0, 200, 10):
        reached = smoother.add(Sample(x, 0))
    behind = 190 - reached[-1].x
    assert behind > 20
    for _ in range(12):
        reached = smoother.rest() or reached
    assert reached[-1].x == pytest.approx(190, abs=0.5)
    assert smoother.rest() == []


def test_the_brush_does_not_move_before_the_string_is_taut() -> None:
    smoother = make_smoother(Smoothing.STABILIZER, 0.5)
    length = 8 + 0.5 * 152
    smoother.add(Sample(0, 0))
    drawn = smoother.add(Sample(length - 5, 0)) + smoother.rest()
    assert drawn == []
    drawn = smoother.add(Sample(length + 30, 0)) + smoother.rest()
    assert drawn[-1].x == pytest.approx(30, abs=0.01)
    assert smoother.string is not None
    brush, pointer = smoother.string
    assert pointer.x - brush.x == pytest.approx(length, abs=0.01)


def test_the_string_does_not_pull_the_brush_to_the_pointer_at_the_end() -> None:
    smoother = make_smoother(Smoothing.STABILIZER, 0.5)
    drawn = _drawn(smoother, [Sample(0, 0), Sample(200, 0)])
    assert drawn[-1].x == pytest.approx(200 - (8 + 0.5 * 152), abs=0.01)


def test_lengths_are_of_the_screen() -> None:
    near = _drawn(make_smoother(Smoothing.STABILIZER, 0.5, 1.0), [Sample(0, 0), Sample(200, 0)])
    far = _drawn(make_smoother(Smoothing.STABILIZER, 0.5, 4.0), [Sample(0, 0), Sample(800, 0)])
    assert far[-1].x == pytest.approx(4 * near[-1].x, abs=0.01)
