"""Local object removal: fill a hole in a picture from the rest of it, without any model."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.coverage import grow
from aipaint.pixels.cv import cv2
from aipaint.pixels.hole_crops import hole_crops
from aipaint.pixels.inpaint_process import InpaintProcess, PatchMatchMissing
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam import level_seam

_PATCH_RADIUS = 3
_HAIRLINE_PIXELS = 4.0
_LEAST_SIDE = 32
_GROWTH = 0.01  # of the crop's side: hides the halo that objects leave around a tight mask
_TELEA_RADIUS = 5.0


class FillMethod(Enum):
    """How the hole was filled."""

    NOTHING = "nothing"
    PATCHMATCH = "patchmatch"
    TELEA = "telea"


@dataclass(frozen=True)
class Filled:
    """`rgb` (h, w, 3) uint8, equal to the input outside the hole."""

    rgb: npt.NDArray[np.uint8]
    method: FillMethod


def remove(
    rgb: npt.NDArray[np.uint8],
    hole: npt.NDArray[np.bool_],
    *,
    seed: int,
    cancelled: threading.Event,
    report: Callable[[float | None], None],
) -> Filled:
    """Fill `hole` (h, w) of `rgb` (h, w, 3) with what the picture has around it.

    The same seed gives the same picture. `report` gets None while how long it
    takes is not known, and the share done between several separate holes. Raises
    UsageError if nothing is left to fill from, CancelledError, InpaintFailed.
    """
    mask = hole.astype(np.uint8)
    if not mask.any():
        return Filled(rgb.copy(), FillMethod.NOTHING)
    if mask.all():
        raise UsageError(
            "The mask covers the whole picture, so there is nothing left to fill it from.",
            "Mark only what should go away.",
        )
    report(None)
    result = rgb.copy()
    method = FillMethod.TELEA
    crops = hole_crops(mask)
    with InpaintProcess(cancelled) as process:
        for number, (crop, own) in enumerate(crops):
            if number:
                report(number / len(crops))
            rows, columns = crop.slices(_extent(mask))
            filled, used = _fill(rgb[rows, columns], mask[rows, columns], seed, process)
            result[rows, columns][own] = filled[own]
            method = used if used is FillMethod.PATCHMATCH else method
    return Filled(result, method)


def _extent(mask: npt.NDArray[np.uint8]) -> Rect:
    return Rect(0, 0, mask.shape[1], mask.shape[0])


def _fill(
    rgb: npt.NDArray[np.uint8],
    mask: npt.NDArray[np.uint8],
    seed: int,
    process: InpaintProcess,
) -> tuple[npt.NDArray[np.uint8], FillMethod]:
    if _is_hairline(mask) or min(mask.shape) < _LEAST_SIDE:
        return _telea(rgb, mask), FillMethod.TELEA
    try:
        options = (seed % 2**32, _PATCH_RADIUS)
        grown = _grown(mask) > 0
        filled = process.fill(rgb, grown, options)
        return level_seam(filled, rgb, grown & (mask == 0)), FillMethod.PATCHMATCH
    except PatchMatchMissing:
        return _telea(rgb, mask), FillMethod.TELEA


def _is_hairline(mask: npt.NDArray[np.uint8]) -> bool:
    """Wires and scratches: no pixel is far from the edge, and smearing is what they need."""
    padded = np.pad(mask, 1)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_5)
    return float(distance.max()) < _HAIRLINE_PIXELS


def _grown(mask: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A little larger than the hole, unless that would leave nothing to fill from."""
    larger = grow(mask, max(2, round(_GROWTH * max(mask.shape))))
    return larger if np.count_nonzero(larger) < 0.9 * larger.size else mask


def _telea(rgb: npt.NDArray[np.uint8], mask: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    filled = cv2.inpaint(np.ascontiguousarray(rgb), mask, _TELEA_RADIUS, cv2.INPAINT_TELEA)
    return np.asarray(filled, dtype=np.uint8)
