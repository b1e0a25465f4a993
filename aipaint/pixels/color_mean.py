"""The mean color of some pixels."""

import numpy as np

from aipaint.pixels.brush import Color
from aipaint.pixels.tile import Pixels


def mean_color(bgra: Pixels) -> Color | None:
    """Of (h, w, 4) premultiplied pixels, weighted by alpha, as an opaque color; None if all of
    them are clear."""
    sums = bgra.reshape(-1, 4).sum(axis=0, dtype=np.int64)
    blue, green, red, alpha = (int(value) for value in sums)
    if not alpha:
        return None
    return Color(*(min(255, (part * 255 + alpha // 2) // alpha) for part in (red, green, blue)))
