"""Mask measures: feathering stays inside, growing reaches as far as asked."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from aipaint.pixels.coverage import (
    border,
    bounds,
    feather,
    feather_inside,
    feather_reach,
    grow,
    shrink,
)
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


@given(_MASKS, st.integers(0, 20))
def test_shrinking_is_growing_what_is_outside(mask: npt.NDArray[np.uint8], pixels: int) -> None:
    room = np.pad(mask, 2 * pixels + 1)
    outside = 255 - grow(255 - room, pixels)
    assert (shrink(room, pixels) == outside).all()
    assert (shrink(mask, pixels) <= mask).all()


def test_the_border_of_the_array_is_an_edge_for_shrinking() -> None:
    shrunk = shrink(np.full((40, 40), 255, np.uint8), 3)
    assert bounds(shrunk) == Rect(3, 3, 34, 34)


def test_large_growth_is_round() -> None:
    mask = np.zeros((201, 201), np.uint8)
    mask[100, 100] = 255
    grown = grow(mask, 60)
    y, x = np.mgrid[-100:101, -100:101]
    distance = np.hypot(x, y)
    assert (grown[distance < 59] == 255).all()
    assert not grown[distance > 61.5].any()


@given(_MASKS, st.integers(1, 40))
def test_feathering_stays_within_its_reach(mask: npt.NDArray[np.uint8], pixels: int) -> None:
    room = np.pad(mask, feather_reach(pixels) + 5)
    soft = feather(room, pixels)
    far = grow(room, feather_reach(pixels) + 2) == 0
    assert not soft[far].any()


@pytest.mark.parametrize("pixels", [4, 16, 60])
def test_a_feathered_edge_is_a_ramp_of_about_that_length_to_each_side(pixels: int) -> None:
    mask = np.zeros((500, 1000), np.uint8)
    mask[:, :500] = 255
    row = feather(mask, pixels)[250].astype(int)
    assert (np.diff(row[300:700]) <= 0).all()
    assert abs(row[499] + row[500] - 255) <= 4
    assert row[500 - 2 * pixels] >= 253
    assert row[500 + 2 * pixels] <= 2
    assert row[500 + pixels // 2] in range(25, 100)


def test_a_border_is_a_band_along_the_edge() -> None:
    mask = np.zeros((100, 100), np.uint8)
    mask[30:70, 30:70] = 255
    row = border(mask, 6)[50]
    assert np.flatnonzero(row).tolist() == [27, 28, 29, 30, 31, 32, 67, 68, 69, 70, 71, 72]
