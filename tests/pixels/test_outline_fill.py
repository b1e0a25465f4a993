"""Inside an outline: exact in the middle, anti-aliased at the edge, seamless across tiles."""

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.area import full_tile
from aipaint.pixels.outline_fill import ellipse_area, polygon_area
from aipaint.pixels.rect import Rect


def test_an_aligned_rectangle_has_hard_edges() -> None:
    area = polygon_area([(-20, 30), (700, 30), (700, 600), (-20, 600)])
    assert area.bounds() == Rect(-20, 30, 720, 570)
    assert (area.read(Rect(-20, 30, 720, 570)) == 255).all()


def test_an_ellipse_has_the_size_of_an_ellipse_and_a_soft_edge() -> None:
    coverage = ellipse_area(-100, -50, 900, 750).read(Rect(-120, -70, 1040, 840))
    assert abs(coverage.sum() / 255 - np.pi * 500 * 400) < 200
    y, x = np.mgrid[-70:770, -120:920] + 0.5
    inside = ((x - 400) / 500) ** 2 + ((y - 350) / 400) ** 2 <= 1
    assert np.count_nonzero((coverage > 127) != inside) < 120
    assert ((coverage > 0) & (coverage < 255)).any()


def test_the_inner_squares_of_a_large_outline_are_shared() -> None:
    area = ellipse_area(0, 0, 6000, 6000)
    shared = sum(area.get(key) is full_tile() for key in area)
    assert shared > 300


def test_nothing_is_inside_a_line() -> None:
    assert not len(polygon_area([(0, 0), (10, 10)]))
    assert not len(ellipse_area(5, 5, 5, 90))


_COORDINATES = st.floats(-400, 800, allow_nan=False, width=32)


@settings(max_examples=60)
@given(st.lists(st.tuples(_COORDINATES, _COORDINATES), min_size=3, max_size=8))
def test_tiles_agree_with_the_whole_drawn_at_once(points: list[tuple[float, float]]) -> None:
    whole = Rect(-420, -420, 1240, 1240)
    pieces = polygon_area(points, is_smooth=False).read(whole)
    # The same by counting crossings of a ray to the left, pixel middle by pixel middle.
    y, x = np.mgrid[0:1240, 0:1240] - 419.5
    inside = np.zeros((1240, 1240), bool)
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        if y0 == y1:
            continue
        crosses = (y >= min(y0, y1)) & (y < max(y0, y1))
        inside ^= crosses & (x > x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    # Only pixels whose middle lies on the line itself may fall to either side.
    assert np.count_nonzero((pieces > 0) != inside) <= 3 * 2400
    differs = (pieces > 0) != inside
    assert not (differs[1:-1, 1:-1] & _solid(differs)).any()


def _solid(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Marks whose eight neighbors are marked too."""
    parts = [
        marks[1 + dy : 1239 + dy, 1 + dx : 1239 + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1)
    ]
    return np.asarray(np.logical_and.reduce(parts), np.bool_)
