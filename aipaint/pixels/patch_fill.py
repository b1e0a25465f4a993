"""PatchMatch on a hole: at full size, or on a smaller copy where the hole is large.

One long C call. It is made in a child process only (`worker_pool`).
"""

import math

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.fine_detail import with_fine_detail

_PATCH_RADIUS = 3
_WORTH_SHRINKING = 1.15
_LEAST_DEPTH = 4.0  # pixels from a hole's edge to its middle that the smaller copy must keep
_LEAST_SIDE = 24

Pixels = npt.NDArray[np.uint8]


class PatchMatchMissing(RuntimeError):
    """This system has no usable PatchMatch library."""


def patch_fill(rgb: Pixels, hole: Pixels, seed: int, most_pixels: int) -> Pixels:
    """`rgb` (h, w, 3) with `hole` (h, w) filled by patches from outside it.

    The time goes with the hole: of one larger than `most_pixels` the coarse structure is made in a
    smaller copy, and the detail copied after that. The same seed gives the same picture. Raises
    PatchMatchMissing, RuntimeError.
    """
    factor = _factor(hole, most_pixels)
    if factor < _WORTH_SHRINKING:
        return _matched(rgb, hole, seed)
    small, small_hole = _shrunk(rgb, hole, factor)
    if not small_hole.any() or small_hole.all():
        return _matched(rgb, hole, seed)
    return with_fine_detail(rgb, hole, _matched(small, small_hole, seed), small_hole)


def _factor(hole: Pixels, most_pixels: int) -> float:
    wanted: float = math.sqrt(int(np.count_nonzero(hole)) / most_pixels)
    if wanted < _WORTH_SHRINKING:
        return wanted
    padded = np.pad(hole, 1)
    depth = float(cv2.distanceTransform(padded, cv2.DIST_L2, cv2.DIST_MASK_3).max())
    smallest_side = float(min(hole.shape))
    return min(wanted, depth / _LEAST_DEPTH, smallest_side / _LEAST_SIDE)


def _shrunk(rgb: Pixels, hole: Pixels, factor: float) -> tuple[Pixels, Pixels]:
    """A smaller copy in which what is in the hole lends no color to what is beside it."""
    height, width = hole.shape
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    known = (hole == 0).astype(np.uint8)
    share = cv2.resize(known * np.uint8(255), size, interpolation=cv2.INTER_AREA) / 255
    small = cv2.resize(rgb * known[..., None], size, interpolation=cv2.INTER_AREA)
    even = np.clip(np.rint(small / np.maximum(share, 0.25)[..., None]), 0, 255)
    return even.astype(np.uint8), (share < 0.5).astype(np.uint8)


def _matched(rgb: Pixels, hole: Pixels, seed: int) -> Pixels:
    from patchmatch import patch_match  # loads a compiled library: in the child only

    if not patch_match.patchmatch_available:
        raise PatchMatchMissing
    patch_match.set_random_seed(seed % 2**32)
    filled = patch_match.inpaint(rgb, hole, patch_size=_PATCH_RADIUS)
    return np.asarray(filled, np.uint8)
