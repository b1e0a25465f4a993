"""Variations by light and color: same content, other look, alpha kept."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.relight import relight


def _picture() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(1).integers(20, 235, (300, 40, 4)).astype(np.uint8)


@given(st.integers(-5, 2**40))
def test_a_seed_gives_one_picture_with_the_alpha_of_the_original(seed: int) -> None:
    rgba = _picture()
    before = rgba.copy()
    one, look = relight(rgba, seed)
    assert np.array_equal(one, relight(rgba, seed)[0])
    assert np.array_equal(rgba, before)
    assert np.array_equal(one[..., 3], rgba[..., 3])
    assert look


def test_following_seeds_look_different_from_each_other_and_from_the_original() -> None:
    rgba = _picture()
    made = [relight(rgba, seed) for seed in range(4)]
    assert len({look for _, look in made}) == 4
    pictures = [rgba, *(picture for picture, _ in made)]
    for number, one in enumerate(pictures):
        for other in pictures[:number]:
            assert np.abs(one[..., :3].astype(int) - other[..., :3]).mean() > 4


def test_the_content_stays() -> None:
    """What was lighter than something else stays so: light and color change, shapes do not."""
    ramp = np.full((16, 200, 4), 255, np.uint8)
    ramp[..., :3] = np.linspace(20, 235, 200)[None, :, None]
    for seed in range(8):
        levels = relight(ramp, seed)[0][0, :, :3].sum(axis=1).astype(int)
        assert (np.diff(levels) >= -6).all()
        assert levels[-1] - levels[0] > 300
