"""Fitting a bought picture to its surroundings, locally and for free: color match and membrane.

Both look only at the ring around the mask, where the answer and the source show the same thing. The
membrane is the correction of Pérez, Gangnet and Blake, "Poisson Image Editing" (2003): the smooth
surface through what differs along the edge, added to the answer.
"""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.coverage import bounds
from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix

_RING_PIXELS = 24
_STEP_PIXELS = 6
_LEAST_RING_PIXELS = 64
_MOST_CONTRAST = 1.6
_SMOOTHING_ROUNDS = 24
_COARSEST_SIDE = 8

Picture = npt.NDArray[np.uint8]
Coverage = npt.NDArray[np.uint8]


def fix_seam(answer: Picture, source: Picture, coverage: Coverage, way: SeamFix) -> Picture:
    """The answer (h, w, 4) straight RGBA, fitted to `source` around `coverage` (h, w).

    Only what lies under the mask or near it changes; alpha stays as it is. Without enough
    surroundings the answer comes back unchanged.
    """
    ring = _ring(coverage, _RING_PIXELS) & (source[..., 3] > 0) & (answer[..., 3] > 0)
    if way is SeamFix.NONE or int(np.count_nonzero(ring)) < _LEAST_RING_PIXELS:
        return answer.copy()
    fitted = answer.copy()
    here = _near(coverage)
    rgb = answer[here][..., :3].astype(np.float32)
    around = source[here][..., :3].astype(np.float32)
    if way is SeamFix.COLOR:
        fitted[here][..., :3] = _levels(_matched(rgb, around, ring[here]))
    else:
        fitted[here][..., :3] = _levels(rgb + _membrane(around - rgb, ring[here]))
    return fitted


def edge_step(picture: Picture, coverage: Coverage) -> float:
    """How large the step of color across the edge of `coverage` is, in levels (0..255), on average.

    Each side is averaged over a few pixels, so that grain does not count. A photograph's own edges
    do: compare pictures with the same mask. 0 without an edge.
    """
    inside = coverage > 127
    edge = _ring(inside.astype(np.uint8) * 255, 1) & ~inside
    if not edge.any():
        return 0.0
    rgb = picture[..., :3].astype(np.float32)
    within = _average(rgb, inside, _STEP_PIXELS)
    beyond = _average(rgb, ~inside, _STEP_PIXELS)
    return round(float(np.abs(within - beyond)[edge].mean()), 2)


def _near(coverage: Coverage) -> tuple[slice, slice]:
    height, width = coverage.shape
    here = bounds(coverage).expanded(_RING_PIXELS)
    return here.intersected(Rect(0, 0, width, height)).slices(Rect(0, 0, width, height))


def _ring(coverage: Coverage, pixels: int) -> npt.NDArray[np.bool_]:
    """What lies outside of the mask, at most `pixels` away from it."""
    outside = (coverage == 0).astype(np.uint8)
    if not outside.any() or outside.all():
        return np.zeros(coverage.shape, bool)
    distance = cv2.distanceTransform(outside, cv2.DIST_L2, cv2.DIST_MASK_5)
    return (np.asarray(distance) > 0) & (np.asarray(distance) <= pixels)


def _matched(
    rgb: npt.NDArray[np.float32], around: npt.NDArray[np.float32], ring: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """The ring's average and contrast per channel, given to the whole answer."""
    have, want = rgb[ring], around[ring]
    contrast = want.std(axis=0) / np.maximum(have.std(axis=0), 1.0)
    contrast = np.clip(contrast, 1 / _MOST_CONTRAST, _MOST_CONTRAST)
    matched = (rgb - have.mean(axis=0)) * contrast + want.mean(axis=0)
    return np.asarray(matched, np.float32)


def _membrane(
    difference: npt.NDArray[np.float32], ring: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """The smooth surface through the blurred differences of the ring."""
    known = _average(difference, ring, 4)
    return _solved(np.where(ring[..., None], known, 0).astype(np.float32), ring)


def _solved(
    values: npt.NDArray[np.float32], known: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Laplace's equation where nothing is known, coarse to fine."""
    height, width = known.shape
    if min(height, width) <= _COARSEST_SIDE:
        middle = values[known].mean(axis=0) if known.any() else np.zeros(values.shape[2])
        start = np.broadcast_to(middle, values.shape).astype(np.float32)
    else:
        half = (max(1, (width + 1) // 2), max(1, (height + 1) // 2))
        weight = known.astype(np.float32)
        small_weight = np.asarray(cv2.resize(weight, half, interpolation=cv2.INTER_AREA))
        small = np.asarray(
            cv2.resize(values * weight[..., None], half, interpolation=cv2.INTER_AREA), np.float32
        )
        small /= np.maximum(small_weight, 1e-6)[..., None]
        coarse = _solved(small, small_weight > 0)
        start = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))
    fixed = known[..., None]
    surface = np.where(fixed, values, start).astype(np.float32)
    kernel = np.array([[0, 0.25, 0], [0.25, 0, 0.25], [0, 0.25, 0]], np.float32)
    for _ in range(_SMOOTHING_ROUNDS):
        flowed = cv2.filter2D(surface, -1, kernel, borderType=cv2.BORDER_REFLECT)
        surface = np.where(fixed, values, np.asarray(flowed)).astype(np.float32)
    return surface


def _average(
    rgb: npt.NDArray[np.float32], counted: npt.NDArray[np.bool_], pixels: int
) -> npt.NDArray[np.float32]:
    """Of the counted pixels nearby, at every pixel."""
    weight = counted.astype(np.float32)
    side = 2 * pixels + 1
    total = cv2.blur(rgb * weight[..., None], (side, side), borderType=cv2.BORDER_CONSTANT)
    share = cv2.blur(weight, (side, side), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(
        np.asarray(total) / np.maximum(np.asarray(share), 1e-4)[..., None], np.float32
    )


def _levels(rgb: npt.NDArray[np.float32]) -> Picture:
    return np.asarray(np.rint(np.clip(rgb, 0, 255)), np.uint8)
