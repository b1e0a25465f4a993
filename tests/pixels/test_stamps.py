"""Stamps: where dabs go, that nothing of a tip is cut off, and that bands are the whole."""

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Color
from aipaint.pixels.stamps import BAND_ROWS, Stamps
from aipaint.pixels.tip import Tip, coverage_of

_INK = Color(20, 90, 200)
_PLACES = st.lists(st.floats(-3000, 3000), min_size=1, max_size=60)


@given(st.sampled_from([3.0, 10.0, 24.0, 70.0]), _PLACES, st.integers(0, 59))
def test_a_dab_goes_to_the_same_place_however_many_come_with_it(
    size: float, places: list[float], picked: int
) -> None:
    picked %= len(places)
    stamps = Stamps(Tip(size, 0.5, 1.0), _INK)
    others = array("d", reversed(places))
    together = stamps.place(array("d", places), others)
    alone = stamps.place(array("d", [places[picked]]), array("d", [others[picked]]))
    assert [part[picked] for part in together] == [part[0] for part in alone]


@given(st.floats(1, 60), st.sampled_from([0.0, 0.5, 0.9, 1.0]), st.floats(-50, 50))
def test_the_middle_of_what_is_stamped_is_where_the_dab_is(
    size: float, hardness: float, place: float
) -> None:
    tip = Tip(size, hardness, 1.0)
    stamps = Stamps(tip, _INK)
    (column,), (row,), (phase,) = stamps.place(array("d", [place]), array("d", [place / 3]))
    down, across = divmod(phase, tip.phases)
    coverage = coverage_of(tip, across / tip.phases, down / tip.phases).astype(float)
    steps = np.arange(tip.side) + 0.5
    middle_x = column + (coverage * steps[None, :]).sum() / coverage.sum()
    middle_y = row + (coverage * steps[:, None]).sum() / coverage.sum()
    # Phases round down; a smallest soft tip weighs a handful of pixels.
    assert -1 / tip.phases - 0.2 <= middle_x - place <= 0.2
    assert -1 / tip.phases - 0.2 <= middle_y - place / 3 <= 0.2


@pytest.mark.parametrize("hardness", [0.0, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("size", [1.0, 2.3, 10.0, 11.9, 12.4, 31.0, 33.0])
def test_nothing_of_a_tip_is_cut_off(size: float, hardness: float) -> None:
    tip = Tip(size, hardness, 1.0)
    for shift in (0.0, 1 - 1 / tip.phases):
        edges = tip_coverage_around(tip, shift)
        assert edges.max() <= 1e-6


def tip_coverage_around(tip: Tip, shift: float) -> np.ndarray:
    """What a ring of pixels around the stamp would be covered: the stamp moved by its side."""
    middle = tip.reach + shift
    ring = np.concatenate([[-0.5], np.arange(tip.side) + 0.5, [tip.side + 0.5]]) - middle
    distance = np.hypot(ring[:, None], ring[None, :])
    radius, soft = tip.size / 2, tip.size / 2 * (1 - tip.hardness)
    reach = radius + 0.5 if soft <= 1 else radius
    covered = np.clip(reach - distance, 0, 1)
    covered[1:-1, 1:-1] = 0
    return covered


def test_bands_are_the_whole_stamp_and_low_enough_for_one_thread() -> None:
    stamp = Stamps(Tip(300.0, 0.5, 0.4), _INK).made(0)
    rows = 0
    for first, band in stamp.bands:
        assert first == rows
        assert band.height() <= BAND_ROWS < 96
        shown = np.frombuffer(band.constBits(), np.uint16).reshape(band.height(), band.width(), 4)
        assert (shown == stamp.pixels[first : first + band.height()]).all()
        rows += band.height()
    assert rows == len(stamp.pixels)
