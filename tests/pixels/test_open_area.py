"""`OpenArea`: a coverage map that is full wherever nothing else was put."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.area import full_tile
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect

_RECTS = st.builds(
    Rect, st.integers(-300, 300), st.integers(-300, 300), st.integers(1, 600), st.integers(1, 600)
)
_VIEW = Rect(-400, -400, 1400, 1400)


@given(st.lists(st.tuples(_RECTS, st.sampled_from([0, 90, 255])), max_size=6))
def test_it_reads_like_an_array_that_was_full_at_first(writes: list[tuple[Rect, int]]) -> None:
    area = OpenArea()
    expected = np.full((_VIEW.height, _VIEW.width), 255, np.uint8)
    for rect, value in writes:
        snapshot, seen = area.copy(), area.read(_VIEW)
        area.swap(area.with_pixels(rect, np.full((rect.height, rect.width), value, np.uint8)))
        expected[rect.slices(_VIEW)] = value
        assert np.array_equal(snapshot.read(_VIEW), seen)
    assert np.array_equal(area.read(_VIEW), expected)


def test_a_swap_is_taken_back_by_what_it_returned() -> None:
    area = OpenArea()
    rect = Rect(0, 0, 256, 300)
    before = area.swap(area.with_pixels(rect, np.zeros((300, 256), np.uint8)))
    assert area.get((0, 0)) is None
    assert len(area) == 2
    assert area.bounds() == Rect(0, 0, 256, 512)
    area.swap(before)
    assert len(area) == 0
    assert area.get((0, 0)) is full_tile()
    assert area.byte_size == 0


def test_clearing_makes_it_full_again() -> None:
    area = OpenArea()
    area.swap(area.with_pixels(Rect(9, 9, 9, 9), np.zeros((9, 9), np.uint8)))
    area.swap(area.cleared())
    assert (area.read(_VIEW) == 255).all()
