"""Mask measures: coverage (h, w) uint8, 0 = outside and never changed, 255 = fully inside."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import EMPTY_RECT, Rect


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
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    rows, columns = _with_neighbors(here, coverage, pixels)
    result[rows, columns] = cv2.dilate(coverage[rows, columns], kernel)
    return result


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
