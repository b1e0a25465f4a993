"""Levels that nobody has to set: from a histogram, or from a pixel that is to be black or white."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.adjust import LevelRange, Levels

_CUT = 0.002
"""Of the pixels at either end: a few specks and lamps must not decide."""

_CHANNELS = ("red", "green", "blue")


def auto_levels(levels: Levels, counts: NDArray[np.float64], channel: str) -> Levels:
    """Stretch what there is over the whole range. `counts` are those of `histogram`, `channel` one
    of red, green, blue, or "every" for each of the three by itself, which takes a cast away."""
    for row, name in enumerate(_CHANNELS, start=1):
        if channel in ("every", name):
            levels = replace(levels, **{name: _stretched(getattr(levels, name), counts[row])})
    return levels


def levels_from_pixel(levels: Levels, color: tuple[int, int, int], *, is_white: bool) -> Levels:
    """A pixel (red, green, blue) that is to become neutral white or black."""
    for name, value in zip(_CHANNELS, color, strict=True):
        one: LevelRange = getattr(levels, name)
        if is_white:
            one = replace(one, white=max(1, value), black=min(one.black, max(1, value) - 1))
        else:
            one = replace(one, black=min(254, value), white=max(one.white, min(254, value) + 1))
        levels = replace(levels, **{name: one})
    return levels


def _stretched(one: LevelRange, counts: NDArray[np.float64]) -> LevelRange:
    total = counts.sum()
    if not total:
        return one
    below = np.cumsum(counts) / total
    black = int(np.searchsorted(below, _CUT, side="right"))
    white = int(np.searchsorted(below, 1 - _CUT, side="left"))
    if black >= white:
        return one  # a single tone: there is nothing to stretch
    return replace(one, black=black, white=white)
