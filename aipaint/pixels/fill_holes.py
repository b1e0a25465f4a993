"""Filling every hole of a picture from what is around it: the computation itself."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.best_fill import LARGE_PIXELS, best_fill
from aipaint.pixels.coverage import bounds, grow
from aipaint.pixels.cv import cv2
from aipaint.pixels.hole_crops import hole_crops
from aipaint.pixels.patch_fill import PatchMatchMissing
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam import level_seam

_HAIRLINE_PIXELS = 4.0
_LEAST_SIDE = 32
_GROWTH = 0.01  # of the crop's side: hides the halo that objects leave around a tight mask
_TELEA_RADIUS = 5.0
_LEVEL_MARGIN = 16
CAREFUL = (4_000, 12_000, 4_000)
"""How many pixels of a hole are worked out at full size, in each try; the best is taken."""
QUICK = (4_000,)

Pixels = npt.NDArray[np.uint8]
Report = Callable[[float | None, str], None]


class FillMethod(Enum):
    """How the hole was filled."""

    NOTHING = "nothing"
    PATCHMATCH = "patchmatch"
    TELEA = "telea"


@dataclass(frozen=True)
class Filled:
    """`rgb` (h, w, 3) uint8, equal to the input outside the hole."""

    rgb: Pixels
    method: FillMethod


def fill_holes(
    rgb: Pixels, mask: Pixels, seed: int, tries: tuple[int, ...], report: Report
) -> Filled:
    """Fill where `mask` (h, w) is not 0, in one hole after the other; report is told the share.

    `tries` is `CAREFUL` or `QUICK`. Raises UsageError if nothing is left to fill from.
    """
    mask = (mask > 0).astype(np.uint8)
    if not mask.any():
        return Filled(rgb.copy(), FillMethod.NOTHING)
    if mask.all():
        raise UsageError(
            "The mask covers the whole picture, so there is nothing left to fill it from.",
            "Mark only what should go away.",
        )
    report(None, "Filling from the surroundings")
    result = rgb.copy()
    method = FillMethod.TELEA
    crops = hole_crops(mask)
    for number, (crop, own) in enumerate(crops):

        def done(share: float, before: int = number) -> None:
            report((before + share) / len(crops), "Filling from the surroundings")

        rows, columns = crop.slices(Rect(0, 0, mask.shape[1], mask.shape[0]))
        part = np.ascontiguousarray(rgb[rows, columns])
        filled, used = fill_crop(part, mask[rows, columns], seed, tries, done)
        result[rows, columns][own] = filled[own]
        method = used if used is FillMethod.PATCHMATCH else method
    return Filled(result, method)


def fill_crop(
    rgb: Pixels,
    mask: Pixels,
    seed: int,
    tries: tuple[int, ...],
    report: Callable[[float], None],
) -> tuple[Pixels, FillMethod]:
    """One crop: wires and scratches by Telea's smear, the rest by patches, leveled at its edge."""
    mask = np.ascontiguousarray(mask)
    if _is_hairline(mask) or min(mask.shape) < _LEAST_SIDE:
        smeared = _telea(rgb, mask)
        report(1.0)
        return smeared, FillMethod.TELEA
    try:
        grown = _grown(mask)
        filled = best_fill(rgb, grown, seed, tries, report)
        _level(filled, rgb, grown, mask)
        return filled, FillMethod.PATCHMATCH
    except PatchMatchMissing:
        return _telea(rgb, mask), FillMethod.TELEA


def _level(filled: Pixels, rgb: Pixels, grown: Pixels, mask: Pixels) -> None:
    """In place; of a large picture only around the hole, the rest has nothing to do with it."""
    whole = Rect(0, 0, mask.shape[1], mask.shape[0])
    around = bounds(grown).expanded(_LEVEL_MARGIN).intersected(whole)
    place = (around if whole.area > LARGE_PIXELS else whole).slices(whole)
    band = (grown[place] > 0) & (mask[place] == 0)
    filled[place] = level_seam(filled[place], rgb[place], band)


def _is_hairline(mask: Pixels) -> bool:
    """Wires and scratches: no pixel is far from the edge, and smearing is what they need."""
    padded = np.pad(mask, 1)
    distance = cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_5)
    return float(distance.max()) < _HAIRLINE_PIXELS


def _grown(mask: Pixels) -> Pixels:
    """A little larger than the hole, unless that would leave nothing to fill from."""
    larger = grow(mask, max(2, round(_GROWTH * max(mask.shape))))
    return larger if np.count_nonzero(larger) < 0.9 * larger.size else mask


def _telea(rgb: Pixels, mask: Pixels) -> Pixels:
    filled = cv2.inpaint(np.ascontiguousarray(rgb), mask, _TELEA_RADIUS, cv2.INPAINT_TELEA)
    return np.asarray(filled, dtype=np.uint8)
