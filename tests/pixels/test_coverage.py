"""Mask measures: feathering stays inside, growing reaches as far as asked."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aipaint.pixels.coverage import bounds, feather_inside, grow
from aipaint.pixels.rect import EMPTY_RECT, Rect

_MASKS = arrays.arrays(
    np.uint8,
    arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=24),
    elements=st.sampled_from([0, 0, 1, 90, 255, 255]),
)


@given(_MASKS, st.integers(0, 12))
def test_feathering_never_adds(mask: npt.NDArray[np.uint8], pixels: int) -> None:
    soft = feather_inside(mask, pixels)
    assert soft.dtype == np.uint8
    assert (soft <= mask).all()
    assert (soft[mask == 0] == 0).all()


@given(_MASKS)
def test_no_feather_is_unchanged_and_a_copy(mask: npt.NDArray[np.uint8]) -> None:
    before = mask.copy()
    soft = feather_inside(mask, 0)
    assert np.array_equal(soft, before)
    soft[:] = 7
    assert np.array_equal(mask, before)


def test_feather_ramps_over_its_pixels_and_no_further() -> None:
    mask = np.zeros((41, 41), np.uint8)
    mask[5:36, 5:36] = 255
    row = feather_inside(mask, 4)[20].astype(int)
    assert row[4] == 0
    assert list(row[5:9]) == [51, 102, 153, 204]
    assert (row[9:32] == 255).all()
    assert list(row[32:36]) == [204, 153, 102, 51]


def test_the_border_of_the_picture_is_no_edge() -> None:
    mask = np.zeros((20, 20), np.uint8)
    mask[:, :10] = 255
    soft = feather_inside(mask, 3)
    assert (soft[:, :7] == 255).all()
    full = np.full((9, 9), 255, np.uint8)
    assert np.array_equal(feather_inside(full, 5), full)


def test_growing_reaches_as_far_as_asked() -> None:
    mask = np.zeros((31, 31), np.uint8)
    mask[15, 15] = 200
    grown = grow(mask, 5)
    assert bounds(grown) == Rect(10, 10, 11, 11)
    assert grown.max() == 200
    assert grown[10, 10] == 0  # round, not square


@given(_MASKS, st.integers(0, 6))
def test_growing_keeps_what_is_there(mask: npt.NDArray[np.uint8], pixels: int) -> None:
    assert (grow(mask, pixels) >= mask).all()


@given(_MASKS)
def test_bounds_are_tight(mask: npt.NDArray[np.uint8]) -> None:
    here = bounds(mask)
    if not mask.any():
        assert here.is_empty
        return
    rows, columns = here.slices(Rect(0, 0, mask.shape[1], mask.shape[0]))
    assert np.count_nonzero(mask[rows, columns]) == np.count_nonzero(mask)
    part = mask[rows, columns]
    assert part[0].any()
    assert part[-1].any()
    assert part[:, 0].any()
    assert part[:, -1].any()


def test_bounds_of_nothing() -> None:
    assert bounds(np.zeros((4, 4), np.uint8)) == EMPTY_RECT
    assert bounds(np.zeros((0, 0), np.uint8)) == EMPTY_RECT
