"""Mask measures: coverage (h, w) uint8, 0 = outside and never changed, 255 = fully inside.

What lies around the array counts as outside; pass a margin where the result needs room.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import EMPTY_RECT, Rect

_LARGEST_DISC = 12
_LARGEST_GAUSS = 8.0


def feather_inside(coverage: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """Ramp the coverage up from its edge over `pixels`, all of it inside the mask.

    What was 0 stays 0 and nothing grows; the border of the picture is no edge. 0 pixels: unchanged.
    """
    if pixels <= 0 or not (coverage == 0).any():
        return coverage.copy()
    result = coverage.copy()
    here = bounds(coverage)
    rows, columns = _with_neighbors(here, coverage, 1)
    part = coverage[rows, columns]
    distance = cv2.distanceTransform((part > 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    ramp = np.minimum(distance / (pixels + 1), 1.0)
    result[rows, columns] = np.rint(part * ramp).astype(np.uint8)
    return result


def grow(coverage: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """Every pixel takes the highest coverage within `pixels` around it."""
    result = coverage.copy()
    here = bounds(coverage)
    if pixels <= 0 or here.is_empty:
        return result
    rows, columns = _with_neighbors(here, coverage, pixels)
    result[rows, columns] = _by_discs(cv2.dilate, coverage[rows, columns], pixels)
    return result


def shrink(coverage: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """Every pixel takes the lowest coverage within `pixels` around it."""
    result = np.zeros_like(coverage)
    here = bounds(coverage)
    if pixels <= 0 or here.is_empty:
        return coverage.copy()
    rows, columns = _with_neighbors(here, coverage, 0)
    # The array may end at the edge of the area: that is an edge like any other.
    padded = np.pad(coverage[rows, columns], pixels)
    inner = slice(pixels, -pixels)
    result[rows, columns] = _by_discs(cv2.erode, padded, pixels)[inner, inner]
    return result


def feather(coverage: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """Soften the edge to both sides: a ramp about `pixels` long outwards and inwards.

    Reaches `feather_reach(pixels)` outwards. For what a model may change use `feather_inside`.
    """
    if pixels <= 0:
        return coverage.copy()
    result = np.zeros_like(coverage)
    rows, columns = _with_neighbors(bounds(coverage), coverage, feather_reach(pixels))
    part = coverage[rows, columns]
    if part.size:
        result[rows, columns] = _blurred(part, pixels / 2)
    return result


def feather_reach(pixels: int) -> int:
    """How far outside a feathered area anything is covered, at most."""
    return 2 * pixels + 2 if pixels > 0 else 0


def border(coverage: npt.NDArray[np.uint8], pixels: int) -> npt.NDArray[np.uint8]:
    """A band along the edge, `pixels` wide, half of it outside and half of it inside."""
    outer = grow(coverage, (pixels + 1) // 2)
    return outer - np.minimum(outer, shrink(coverage, pixels // 2))


def bounds(coverage: npt.NDArray[np.uint8]) -> Rect:
    """The smallest rectangle around everything that is not 0."""
    if coverage.size == 0:
        return EMPTY_RECT
    x, y, width, height = cv2.boundingRect(coverage)
    return Rect(x, y, width, height)


def _with_neighbors(
    here: Rect, coverage: npt.NDArray[np.uint8], margin: int
) -> tuple[slice, slice]:
    height, width = coverage.shape
    whole = Rect(0, 0, width, height)
    return here.expanded(margin).intersected(whole).slices(whole)


def _by_discs(
    operation: Callable[..., object], part: npt.NDArray[np.uint8], pixels: int
) -> npt.NDArray[np.uint8]:
    """A large disc is small ones after one another, at a fraction of the cost."""
    left = pixels
    while left > 0:
        radius = min(left, _LARGEST_DISC)
        part = np.asarray(operation(part, _disc(radius)), np.uint8)
        left -= radius
    return part


def _disc(radius: int) -> npt.NDArray[np.uint8]:
    """Rounder than OpenCV's own ellipse: many of them in a row would show its corners."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return np.asarray(x * x + y * y <= (radius + 0.25) ** 2, np.uint8)


def _blurred(part: npt.NDArray[np.uint8], sigma: float) -> npt.NDArray[np.uint8]:
    edge = cv2.BORDER_CONSTANT
    if sigma <= _LARGEST_GAUSS:
        side = 2 * round(3 * sigma + 0.5) + 1
        return np.asarray(cv2.GaussianBlur(part, (side, side), sigma, borderType=edge), np.uint8)
    # Three boxes look the same as a Gauss and cost the same at every size.
    side = round((4 * sigma * sigma + 1) ** 0.5) | 1
    for _ in range(3):
        part = np.asarray(cv2.blur(part, (side, side), borderType=edge), np.uint8)
    return part
