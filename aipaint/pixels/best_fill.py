"""Several fills of one hole, and the one that looks most like what is around the hole.

PatchMatch likes flat and dark places, which fit anywhere a little; what it made of them is told by
how its patches are spread, compared with those beside the hole.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.pixels.coverage import bounds
from aipaint.pixels.cv import cv2
from aipaint.pixels.patch_fill import patch_fill
from aipaint.pixels.rect import Rect

_PATCH = 7
_PATCHES = 1500
_DIRECTIONS = 48
_SCALES = 3
_NEXT_SEED = 7919
_LEAST_RING, _MOST_RING = 16, 512
LARGE_PIXELS = 4_000_000
"""From here on looking at a part of the picture is worth its trouble."""

Pixels = npt.NDArray[np.uint8]


def best_fill(
    rgb: Pixels,
    hole: Pixels,
    seed: int,
    sizes: tuple[int, ...],
    report: Callable[[float], None] = lambda _: None,
) -> Pixels:
    """`rgb` (h, w, 3) with `hole` (h, w) filled; one try for each of `sizes`, the pixels that are
    worked out at full size. `report` is told the share that is done. Raises as `patch_fill`."""
    judge = _Judge(hole) if len(sizes) > 1 else None
    best: tuple[float, Pixels] | None = None
    for number, most_pixels in enumerate(sizes):
        filled = patch_fill(rgb, hole, seed + number * _NEXT_SEED, most_pixels)
        strangeness = judge.strangeness(filled) if judge is not None else 0.0
        if best is None or strangeness < best[0]:
            best = (strangeness, filled)  # only one of the others is held in memory
        report((number + 1) / len(sizes))
    assert best is not None  # there is at least one size
    return best[1]


class _Judge:
    """Looks at the part of the picture that holds the hole and what is around it."""

    def __init__(self, hole: Pixels) -> None:
        ring = _ring(hole)
        whole = Rect(0, 0, hole.shape[1], hole.shape[0])
        is_large = whole.area > LARGE_PIXELS
        part = bounds(hole | ring).expanded(_PATCH).intersected(whole) if is_large else whole
        self._place = part.slices(whole)
        self._hole, self._ring = hole[self._place], ring[self._place]

    def strangeness(self, filled: Pixels) -> float:
        return _strangeness(filled[self._place], self._hole, self._ring)


def _ring(hole: Pixels) -> Pixels:
    """What is around the hole, about as wide as the hole is deep."""
    depth = float(cv2.distanceTransform(np.pad(hole, 1), cv2.DIST_L2, cv2.DIST_MASK_3).max())
    width = min(_MOST_RING, max(_LEAST_RING, round(depth)))
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
