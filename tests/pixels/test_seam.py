"""Leveling: slow steps go, structure and texture stay."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.seam import level_seam


def _band(side: int = 120) -> npt.NDArray[np.bool_]:
    band = np.zeros((side, side), bool)
    band[30:90, 30:90] = True
    band[34:86, 34:86] = False
    return band


def test_a_fill_that_is_too_dark_on_one_side_is_leveled_there() -> None:
    slope = np.linspace(100, 110, 120)[None, :, None]
    rgb = np.broadcast_to(slope, (120, 120, 3)).round().astype(np.uint8)
    flat = np.full((120, 120, 3), 100, np.uint8)
    error = np.abs(level_seam(flat, rgb, _band()).astype(int) - rgb)[34:86, 34:86]
    assert error.max() <= 2
    assert np.abs(flat.astype(int) - rgb)[34:86, 34:86].max() >= 6


def test_the_texture_of_the_fill_is_kept() -> None:
    rng = np.random.default_rng(1)
    rgb = rng.integers(95, 106, (120, 120, 3), dtype=np.uint8)
    filled = rng.integers(91, 102, (120, 120, 3), dtype=np.uint8)
    shift = level_seam(filled, rgb, _band()).astype(int)[40:80, 40:80] - filled[40:80, 40:80]
    assert 3 <= shift.mean() <= 5
    assert shift.std() < 1


def test_another_structure_and_an_empty_band_shift_nothing() -> None:
    rgb, filled = np.full((2, 50, 50, 3), 200, np.uint8)
    filled[:] = 20
    band = np.ones((50, 50), bool)
    assert np.array_equal(level_seam(filled, rgb, band), filled)
    assert np.array_equal(level_seam(filled, rgb, ~band), filled)
