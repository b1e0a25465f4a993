"""Levels found by themselves: what they do to the pixels they were found from."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.adjust import LevelRange, Levels
from aipaint.pixels.auto_levels import auto_levels, levels_from_pixel

_bytes = st.integers(0, 255)


@given(st.tuples(_bytes, _bytes, _bytes), st.booleans())
def test_the_picked_pixel_becomes_black_or_white(
    color: tuple[int, int, int], is_white: bool
) -> None:
    levels = levels_from_pixel(Levels(), color, is_white=is_white)
    blue, green, red = levels.tables()
    after = [int(table[value]) for table, value in zip((red, green, blue), color, strict=True)]
    if is_white and min(color) > 0:
        assert after == [255, 255, 255]
    if not is_white and max(color) < 255:
        assert after == [0, 0, 0]


@given(st.lists(_bytes, min_size=1, max_size=50))
def test_auto_reaches_both_ends_and_leaves_a_single_tone_alone(values: list[int]) -> None:
    counts = np.tile(np.bincount(values, minlength=256).astype(np.float64), (4, 1))
    levels = auto_levels(Levels(), counts, "every")
    if min(values) == max(values):
        assert levels == Levels()
    else:
        table = levels.tables()[1]
        assert (table[min(values)], table[max(values)]) == (0, 255)


def test_specks_do_not_decide_and_other_channels_stay() -> None:
    counts = np.zeros((4, 256))
    counts[:, 100:150] = 1000
    counts[:, (0, 255)] = 20
    levels = auto_levels(Levels(blue=LevelRange(gamma=2.0)), counts, "blue")
    assert levels.blue == LevelRange(100, 149, gamma=2.0)
    assert levels.red == levels.green == LevelRange()
