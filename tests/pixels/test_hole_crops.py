"""Crops around holes: every hole pixel once, and no more of the picture than needed."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.hole_crops import hole_crops
from aipaint.pixels.rect import Rect

_SPOTS = st.lists(st.tuples(st.integers(0, 590), st.integers(0, 390)), min_size=1, max_size=6)


@given(_SPOTS, st.integers(1, 9))
def test_every_hole_pixel_is_in_exactly_one_crop(spots: list[tuple[int, int]], side: int) -> None:
    mask: npt.NDArray[np.uint8] = np.zeros((400, 600), np.uint8)
    for x, y in spots:
        mask[y : y + side, x : x + side] = 1
    times = np.zeros(mask.shape, int)
    for crop, own in hole_crops(mask):
        assert own.shape == (crop.height, crop.width)
        times[crop.slices(Rect(0, 0, 600, 400))] += own
    assert np.array_equal(times, mask)


def test_far_spots_get_crops_of_their_own_and_near_ones_share() -> None:
    mask = np.zeros((2000, 3000), np.uint8)
    mask[100:120, 100:120] = 1
    mask[1800:1820, 2800:2820] = 1
    mask[1800:1820, 2830:2850] = 1
    crops = sorted(crop for crop, _own in hole_crops(mask))
    assert crops == [Rect(36, 36, 148, 148), Rect(2736, 1736, 178, 148)]


def test_one_hole_has_as_much_around_it_as_it_is_large() -> None:
    mask = np.zeros((1000, 1000), np.uint8)
    mask[400:500, 450:650] = 1
    assert [crop for crop, _own in hole_crops(mask)] == [Rect(250, 300, 600, 300)]
