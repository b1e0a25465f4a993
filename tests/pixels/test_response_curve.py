"""A response curve goes through its points and never beyond them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.response_curve import Knot, ResponseCurve

_PART = st.floats(0, 1)


@st.composite
def _curves(draw: st.DrawFn) -> ResponseCurve:
    inputs = draw(st.lists(st.integers(0, 1000), min_size=2, max_size=16, unique=True))
    return ResponseCurve(tuple((x / 1000, draw(_PART)) for x in sorted(inputs)))


@given(_curves())
def test_it_goes_through_every_point(curve: ResponseCurve) -> None:
    for x, y in curve.knots:
        assert curve.at(x) == pytest.approx(y, abs=1e-9)


@given(_curves(), _PART)
def test_between_two_points_it_stays_between_their_heights(curve: ResponseCurve, x: float) -> None:
    value = curve.at(x)
    for (x0, y0), (x1, y1) in pairwise(curve.knots):
        if x0 <= x <= x1:
            assert min(y0, y1) - 1e-9 <= value <= max(y0, y1) + 1e-9
    assert 0 <= value <= 1


@given(_curves(), _PART, _PART)
def test_rising_points_make_a_curve_that_never_falls(
    curve: ResponseCurve, one: float, other: float
) -> None:
    heights = sorted(y for _, y in curve.knots)
    inputs = (x for x, _ in curve.knots)
    rising = ResponseCurve(tuple(zip(inputs, heights, strict=True)))
    low, high = sorted((one, other))
    assert rising.at(low) <= rising.at(high) + 1e-9


def test_beyond_its_ends_it_is_level() -> None:
    curve = ResponseCurve(((0.2, 0.1), (0.8, 0.6)))
    assert curve.at(0.0) == 0.1
    assert curve.at(1.0) == 0.6


def test_the_straight_one_answers_with_the_pressure_itself() -> None:
    for pressure in (0.0, 0.13, 0.5, 0.77, 1.0):
        assert ResponseCurve().at(pressure) == pytest.approx(pressure)


@pytest.mark.parametrize(
    "knots",
    [
        ((0.0, 0.0),),
        tuple((number / 20, 0.5) for number in range(17)),
        ((0.5, 0.0), (0.5, 1.0)),
        ((0.9, 0.0), (0.1, 1.0)),
        ((0.0, -0.1), (1.0, 1.0)),
        ((0.0, float("nan")), (1.0, 1.0)),
    ],
)
def test_points_that_are_no_curve_are_refused(knots: tuple[Knot, ...]) -> None:
    with pytest.raises(ValueError, match="curve"):
        ResponseCurve(knots)
