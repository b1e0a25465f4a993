"""Several fills of one hole, and the one that looks most like what is around the hole.

PatchMatch likes flat and dark places, which fit anywhere a little; what it made of them is told by
how its patches are spread, compared with those beside the hole.
"""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.patch_fill import patch_fill

_PATCH = 7
_PATCHES = 1500
_DIRECTIONS = 48
_SCALES = 3
_NEXT_SEED = 7919
_LEAST_RING = 16

Pixels = npt.NDArray[np.uint8]


def best_fill(rgb: Pixels, hole: Pixels, seed: int, sizes: tuple[int, ...]) -> Pixels:
    """`rgb` (h, w, 3) with `hole` (h, w) filled; one try for each of `sizes`, the pixels that are
    worked out at full size. Raises as `patch_fill`."""
    fills = [
        patch_fill(rgb, hole, seed + number * _NEXT_SEED, most) for number, most in enumerate(sizes)
    ]
    if len(fills) == 1:
        return fills[0]
    ring = _ring(hole)
    return min(fills, key=lambda filled: _strangeness(filled, hole, ring))


def _ring(hole: Pixels) -> Pixels:
    """What is around the hole, about as wide as the hole is deep."""
    depth = float(cv2.distanceTransform(np.pad(hole, 1), cv2.DIST_L2, cv2.DIST_MASK_3).max())
    width = max(_LEAST_RING, round(depth))
    away = np.asarray(cv2.distanceTransform(1 - hole, cv2.DIST_L2, cv2.DIST_MASK_3))
    return ((away > 0) & (away <= width)).astype(np.uint8)


def _strangeness(filled: Pixels, hole: Pixels, ring: Pixels) -> float:
    """Sliced Wasserstein distance between the patches of the fill and those around it."""
    chance = np.random.default_rng(1)
    total = 0.0
    for _ in range(_SCALES):
        inside, around = (_patches(filled, part, chance) for part in (hole, ring))
        if not len(inside) or not len(around):
            break
        directions = chance.normal(size=(inside.shape[1], _DIRECTIONS)).astype(np.float32)
        gaps = np.sort(inside @ directions, axis=0) - np.sort(around @ directions, axis=0)
        total += float(np.abs(gaps).mean())
        filled = np.asarray(cv2.pyrDown(filled), np.uint8)
        size = (filled.shape[1], filled.shape[0])
        hole, ring = (
            np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_NEAREST), np.uint8)
            for part in (hole, ring)
        )
    return total


def _patches(rgb: Pixels, part: Pixels, chance: np.random.Generator) -> npt.NDArray[np.float32]:
    half = _PATCH // 2
    rows, columns = np.nonzero(part[half:-half, half:-half])
    if not len(rows):
        return np.zeros((0, _PATCH * _PATCH * 3), np.float32)
    chosen = chance.integers(0, len(rows), _PATCHES)
    windows = np.lib.stride_tricks.sliding_window_view(rgb, (_PATCH, _PATCH), axis=(0, 1))
    picked = windows[rows[chosen], columns[chosen]].reshape(_PATCHES, -1)
    return np.asarray(picked, np.float32)
