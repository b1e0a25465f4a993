"""Between straight and premultiplied pixels."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.alpha import premultiplied, straight


@given(st.integers(0, 2**32 - 1))
def test_opaque_pixels_survive_the_round_trip_exactly(seed: int) -> None:
    rgba = np.random.default_rng(seed).integers(0, 256, (9, 7, 4), np.uint8)
    rgba[..., 3] = 255
    assert (straight(premultiplied(rgba)) == rgba).all()


@given(st.integers(0, 2**32 - 1))
def test_translucent_pixels_come_back_within_what_eight_bits_can_hold(seed: int) -> None:
    rgba = np.random.default_rng(seed).integers(0, 256, (9, 7, 4), np.uint8)
    back = straight(premultiplied(rgba)).astype(int)
    assert (back[..., 3] == rgba[..., 3]).all()
    limit = 127.5 / np.maximum(rgba[..., 3:], 1) + 1
    visible = rgba[..., 3:] > 0
    assert ((np.abs(back[..., :3] - rgba[..., :3]) <= limit) | ~visible).all()


def test_premultiplied_color_never_exceeds_its_alpha() -> None:
    rgba = np.random.default_rng(3).integers(0, 256, (64, 64, 4), np.uint8)
    bgra = premultiplied(rgba)
    assert (bgra[..., :3] <= bgra[..., 3:]).all()
