"""What others must not see: filled smoothly from its surroundings, nothing of it is left."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.tile import Pixels

_RIM = 2
_NOTHING_KNOWN = np.array((128, 128, 128, 255), np.float32)

_Floats: TypeAlias = NDArray[np.floating[Any]]


def grown_hidden(coverage: Pixels) -> Pixels:
    """(h, w) 0 or 255: everything covered at all, and a rim around it, where soft edges of what
    is to be hidden would show."""
    hidden = coverage > 0
    for _ in range(_RIM):
        wide = np.pad(hidden, 1)
        hidden = wide[:-2, 1:-1] | wide[2:, 1:-1] | wide[1:-1, :-2] | wide[1:-1, 2:] | hidden
    return np.where(hidden, 255, 0).astype(np.uint8)


def filled_hidden(rgba: Pixels, hidden: Pixels) -> Pixels:
    """(h, w, 4) with new pixels where `hidden` (h, w) is not 0: means of what lies around, coarser
    the farther in. A copy; the other pixels are as they were."""
    is_hidden = hidden > 0
    if not is_hidden.any():
        return rgba.copy()
    result = rgba.copy()
    result[is_hidden] = _means(rgba, ~is_hidden)[is_hidden]
    return result


def _means(rgba: Pixels, known: NDArray[np.bool_]) -> Pixels:
    """A picture without holes: halved until no hole is left, and grown again."""
    weight: _Floats = known.astype(np.float32)[..., None]
    levels: list[tuple[_Floats, _Floats]] = [(rgba.astype(np.float32) * weight, weight)]
    while (levels[-1][1] == 0).any() and max(levels[-1][1].shape[:2]) > 1:
        color, share = levels[-1]
        levels.append((_halved(color), _halved(share)))
    color, share = levels[-1]
    mean = np.where(share > 0, color / np.maximum(share, 1e-9), _NOTHING_KNOWN)
    for color, share in reversed(levels[:-1]):
        coarse = _doubled(mean, color.shape[0], color.shape[1])
        mean = np.where(share > 0, color / np.maximum(share, 1e-9), coarse)
    return np.clip(np.rint(mean), 0, 255).astype(np.uint8)


def _halved(pixels: _Floats) -> _Floats:
    height, width = pixels.shape[:2]
    even = np.pad(pixels, ((0, height % 2), (0, width % 2), (0, 0)))
    quarters = (even[::2, ::2], even[1::2, ::2], even[::2, 1::2], even[1::2, 1::2])
    return np.asarray(sum(quarters)) / 4


def _doubled(pixels: _Floats, height: int, width: int) -> _Floats:
    return np.repeat(np.repeat(pixels, 2, axis=0), 2, axis=1)[:height, :width]
