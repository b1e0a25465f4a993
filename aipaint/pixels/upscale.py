"""Enlarging a picture without a model: Lanczos, corrected against the original, edges sharpened.

The correction is iterative back-projection (Irani and Peleg, "Improving resolution by image
registration", 1991): scaled down again, the result has to be the picture it was made from.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels.cv import cv2

_BAND_ROWS = 256
_MARGIN_ROWS = 12
_ROUNDS = 2
_SHARPENING = 0.3
_SLACK_LEVELS = 4.0
_EDGE_LEVELS = 24.0
_MOST_PIXELS = 200_000_000  # what can still be opened again

Plane = npt.NDArray[np.float32]


def upscale(
    rgba: npt.NDArray[np.uint8],
    factor: int,
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
    report: Callable[[float], None] = lambda _: None,
) -> npt.NDArray[np.uint8]:
    """(h, w, 4) straight RGBA enlarged `factor` times (2 or 4), band by band.

    `report` gets the share done. Raises UsageError where the result would be too large,
    CancelledError.
    """
    height, width = rgba.shape[:2]
    if height * width * factor * factor > _MOST_PIXELS:
        raise UsageError(
            f"{width * factor} x {height * factor} pixels are more than can be kept in memory.",
            "Enlarge less, or a part of the picture.",
        )
    result = np.empty((height * factor, width * factor, 4), np.uint8)
    for top in range(0, height, _BAND_ROWS):
        if is_cancelled():
            raise CancelledError("Enlarging the picture was cancelled.")
        bottom = min(height, top + _BAND_ROWS)
        first, last = max(0, top - _MARGIN_ROWS), min(height, bottom + _MARGIN_ROWS)
        band = _enlarged(rgba[first:last], factor)
        skipped = (top - first) * factor
        rows = (bottom - top) * factor
        result[top * factor : bottom * factor] = band[skipped : skipped + rows]
        report(bottom / height)
    return result


def _enlarged(rgba: npt.NDArray[np.uint8], factor: int) -> npt.NDArray[np.uint8]:
    # Premultiplied, so that what is transparent lends no color to its neighbors.
    weighted = rgba.astype(np.float32)
    weighted[..., :3] *= weighted[..., 3:] / 255
    large = _back_projected(weighted, factor)
    alpha = np.clip(large[..., 3:], 0, 255)
    near = _kept_near(_sharpened(large[..., :3], factor), weighted[..., :3], factor)
    straight = near * 255 / np.maximum(alpha, 0.5)
    levels = np.rint(np.clip(np.concatenate([straight, alpha], axis=2), 0, 255))
    return np.asarray(levels, np.uint8)


def _back_projected(picture: Plane, factor: int) -> Plane:
    height, width = picture.shape[:2]
    large_size, size = (width * factor, height * factor), (width, height)
    large = np.asarray(cv2.resize(picture, large_size, interpolation=cv2.INTER_LANCZOS4))
    for _ in range(_ROUNDS):
        again = cv2.resize(large, size, interpolation=cv2.INTER_AREA)
        missing = picture - np.asarray(again)
        large = large + np.asarray(cv2.resize(missing, large_size, interpolation=cv2.INTER_CUBIC))
    return np.asarray(large, np.float32)


def _sharpened(rgb: Plane, factor: int) -> Plane:
    """More contrast along edges only: grain stays grain."""
    detail = rgb - np.asarray(cv2.GaussianBlur(rgb, (0, 0), 0.6 * factor), np.float32)
    edge = np.asarray(cv2.GaussianBlur(np.abs(detail).max(axis=2), (0, 0), factor), np.float32)
    strength = _SHARPENING * edge / (edge + _EDGE_LEVELS / factor)
    return np.asarray(rgb + strength[..., None] * detail, np.float32)


def _kept_near(large: Plane, picture: Plane, factor: int) -> Plane:
    """Never beyond what the pixels around it show, or edges would get halos."""
    height, width = picture.shape[:2]
    size, around = (width * factor, height * factor), np.ones((3, 3), np.uint8)
    lowest = cv2.resize(cv2.erode(picture, around), size, interpolation=cv2.INTER_NEAREST)
    highest = cv2.resize(cv2.dilate(picture, around), size, interpolation=cv2.INTER_NEAREST)
    low, high = np.asarray(lowest) - _SLACK_LEVELS, np.asarray(highest) + _SLACK_LEVELS
    return np.asarray(np.clip(large, low, high), np.float32)
