"""Shift and Alt while dragging."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.tools.drag_geometry import began, in_steps_of_45, squared
from aipaint.tools.pointer_event import PointerEvent

_NUMBERS = st.floats(-500, 500)
_POINTS = st.tuples(_NUMBERS, _NUMBERS)


@given(_POINTS, _POINTS)
def test_a_square_has_equal_sides_in_the_direction_of_the_drag(
    start: tuple[float, float], here: tuple[float, float]
) -> None:
    corner = squared(start, here)
    across, down = corner[0] - start[0], corner[1] - start[1]
    assert abs(across) == pytest.approx(abs(down), abs=1e-6)
    assert abs(across) == pytest.approx(max(abs(here[0] - start[0]), abs(here[1] - start[1])))
    assert across * (here[0] - start[0]) >= 0


@given(_POINTS, _POINTS)
def test_steps_of_45_degrees_and_never_farther_away_than_half_a_step(
    start: tuple[float, float], here: tuple[float, float]
) -> None:
    end = in_steps_of_45(start, here)
    across, down = end[0] - start[0], end[1] - start[1]
    is_straight = min(abs(across), abs(down)) < 1e-6
    assert is_straight or abs(across) == pytest.approx(abs(down), abs=1e-6)
    assert math.dist(end, here) <= math.dist(start, here) * math.sin(math.pi / 8) + 1e-6


def test_alt_makes_the_start_the_middle() -> None:
    drag = began(PointerEvent(100, 100)).moved(PointerEvent(130, 110, has_alt=True))
    assert drag.as_box() == ((70, 90), (130, 110))
    both = began(PointerEvent(100, 100)).moved(PointerEvent(130, 110, has_alt=True, has_shift=True))
    assert both.as_box() == ((70, 70), (130, 130))
