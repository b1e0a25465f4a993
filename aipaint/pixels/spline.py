"""A smooth line through points that never overshoots them, for curves of color and of pressure."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Knots: TypeAlias = tuple[tuple[float, float], ...]
"""(x, y) 0..1 with x ascending; at least one."""


def spline_table(knots: Knots, length: int = 256) -> NDArray[np.float64]:
    """(length,) the line's height at evenly spaced places of 0..1; flat beyond the outer knots.

    A cubic through the knots with slopes after Fritsch and Carlson: between two knots it stays
    between their heights, and two knots give a straight line.
    """
    xs = np.array([x for x, _ in knots], np.float64)
    ys = np.array([y for _, y in knots], np.float64)
    places = np.linspace(0, 1, length)
    if len(knots) == 1:
        return np.full(length, ys[0])
    widths = np.maximum(np.diff(xs), 1e-9)
    rises = np.diff(ys) / widths
    slopes = _slopes(widths, rises)
    inside = np.clip(places, xs[0], xs[-1])
    left = np.clip(np.searchsorted(xs, inside, side="right") - 1, 0, len(xs) - 2)
    width = widths[left]
    share = (inside - xs[left]) / width
    square, cube = share**2, share**3
    height = (
        (2 * cube - 3 * square + 1) * ys[left]
        + (cube - 2 * square + share) * width * slopes[left]
        + (3 * square - 2 * cube) * ys[left + 1]
        + (cube - square) * width * slopes[left + 1]
    )
    return np.asarray(height, np.float64)


def _slopes(widths: NDArray[np.float64], rises: NDArray[np.float64]) -> NDArray[np.float64]:
    """One per knot: a weighted harmonic mean of both sides, 0 where the line turns."""
    if len(rises) == 1:
        return np.repeat(rises, 2)
    left, right = rises[:-1], rises[1:]
    near, far = 2 * widths[1:] + widths[:-1], widths[1:] + 2 * widths[:-1]
    # What hardly rises counts as flat; dividing by it would overflow.
    goes_on = (left * right > 0) & (np.minimum(np.abs(left), np.abs(right)) > 1e-9)
    safe_left = np.where(goes_on, left, 1.0)
    safe_right = np.where(goes_on, right, 1.0)
    middle = np.where(goes_on, (near + far) / (near / safe_left + far / safe_right), 0.0)
    first = _end_slope(widths[0], widths[1], rises[0], rises[1])
    last = _end_slope(widths[-1], widths[-2], rises[-1], rises[-2])
    return np.concatenate([[first], middle, [last]])


def _end_slope(near: float, far: float, rise: float, next_rise: float) -> float:
    """Three points decide; held to what keeps the line from overshooting."""
    slope = ((2 * near + far) * rise - near * next_rise) / (near + far)
    if slope * rise <= 0:
        return 0.0
    if rise * next_rise < 0 and abs(slope) > 3 * abs(rise):
        return 3 * rise
    return float(slope)
