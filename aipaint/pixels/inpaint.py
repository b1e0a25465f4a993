"""Local object removal: fill a hole in a picture from the rest of it, without any model."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.fill_holes import (
    CAREFUL,
    QUICK,
    Filled,
    FillMethod,
    fill_holes,
)
from aipaint.pixels.hole_crops import part_around
from aipaint.pixels.rect import Rect
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing

Pixels = npt.NDArray[np.uint8]
Hole = npt.NDArray[np.bool_]


def remove(rgb: Pixels, hole: Hole, seed: int, hearing: Hearing, pool: WorkerPool) -> Filled:
    """Fill `hole` (h, w) of `rgb` (h, w, 3) with what the picture has around it.

    The same seed gives the same picture. Raises UsageError if nothing is left to fill from,
    CancelledError, WorkerFailed.
    """
    return _filled(rgb, hole, (seed, CAREFUL), hearing, pool)


def quick_fill(rgb: Pixels, hole: Hole, hearing: Hearing, pool: WorkerPool) -> Filled:
    """The same in less than half a second, whatever the size of the hole: its structure is worked
    out in a smaller copy. Raises as `remove`."""
    return _filled(rgb, hole, (0, QUICK), hearing, pool)


def _filled(
    rgb: Pixels, hole: Hole, how: tuple[int, tuple[int, ...]], hearing: Hearing, pool: WorkerPool
) -> Filled:
    """Only the part of the picture that is looked at goes to the other process."""
    mask = hole.astype(np.uint8)
    if not mask.any():
        return Filled(rgb.copy(), FillMethod.NOTHING)
    part = part_around(mask)
    rows, columns = part.slices(Rect(0, 0, mask.shape[1], mask.shape[0]))
    sent = np.ascontiguousarray(rgb[rows, columns])
    filled = pool.run(fill_holes, (sent, mask[rows, columns], *how), hearing)
    result = rgb.copy()
    result[rows, columns] = filled.rgb
    return Filled(result, filled.method)
