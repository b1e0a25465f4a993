"""Local object removal: fill a hole in a picture from the rest of it, without any model."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.coverage import bounds, grow
from aipaint.pixels.cv import cv2
from aipaint.pixels.inpaint_process import PatchMatchMissing, patch_match_in_process
from aipaint.pixels.rect import Rect

_PATCH_RADIUS = 3
_HAIRLINE_PIXELS = 4.0
_LEAST_CONTEXT = 64
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

    The same seed gives the same picture. `report` gets None: how long it takes is not known. Raises
    UsageError if nothing is left to fill from, CancelledError, InpaintFailed.
    """
    mask = hole.astype(np.uint8)
    here = bounds(mask)
    if here.is_empty:
        return Filled(rgb.copy(), FillMethod.NOTHING)
    if hole.all():
        raise UsageError(
            "The mask covers the whole picture, so there is nothing left to fill it from.",
            "Mark only what should go away.",
        )
    report(None)
    height, width = hole.shape
    whole = Rect(0, 0, width, height)
    crop = _with_context(here, whole)
    rows, columns = crop.slices(whole)
    filled, method = _fill(rgb[rows, columns], mask[rows, columns], seed, cancelled)
    result = rgb.copy()
    inside = hole[rows, columns]
    result[rows, columns][inside] = filled[inside]
    return Filled(result, method)


def _with_context(here: Rect, whole: Rect) -> Rect:
    """The hole and as much around it on each side as it is large itself."""
    return Rect.from_edges(
        here.x - max(_LEAST_CONTEXT, here.width),
        here.y - max(_LEAST_CONTEXT, here.height),
        here.right + max(_LEAST_CONTEXT, here.width),
        here.bottom + max(_LEAST_CONTEXT, here.height),
    ).intersected(whole)


def _fill(
    rgb: npt.NDArray[np.uint8],
    mask: npt.NDArray[np.uint8],
    seed: int,
    cancelled: threading.Event,
) -> tuple[npt.NDArray[np.uint8], FillMethod]:
    if _is_hairline(mask) or min(mask.shape) < _LEAST_SIDE:
        return _telea(rgb, mask), FillMethod.TELEA
    try:
        options = (seed % 2**32, _PATCH_RADIUS)
        filled = patch_match_in_process(rgb, _grown(mask) > 0, options, cancelled)
        return filled, FillMethod.PATCHMATCH
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
