"""Evening out the slow brightness step between a fill and what surrounds it."""

import numpy as np
import numpy.typing as npt

from aipaint.pixels.cv import cv2

_MOST_LEVELS = 20.0
_LEAST_SIDE = 4
_TRUST = 0.02


def level_seam(
    filled: npt.NDArray[np.uint8],
    rgb: npt.NDArray[np.uint8],
    band: npt.NDArray[np.bool_],
) -> npt.NDArray[np.uint8]:
    """`filled` (h, w, 3), shifted slowly so that it meets `rgb` in `band`.

    `band` (h, w) is around the hole, where the fill was made although the truth is known. Only
    small differences count there: large ones are structure, which a shift would only smear.
    """
    difference = rgb.astype(np.float32) - filled
    counts = band & (np.abs(difference).max(axis=2) <= _MOST_LEVELS)
    if not counts.any():
        return filled
    weight = counts.astype(np.float32)[..., None]
    shift = _spread(difference * weight, weight)
    return np.asarray(np.rint(np.clip(filled + shift, 0, 255)), dtype=np.uint8)


def _spread(
    weighted: npt.NDArray[np.float32], weight: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Averages over ever wider surroundings, the wider the less is known nearby."""
    height, width = weight.shape[:2]
    if min(height, width) <= _LEAST_SIDE:
        average = weighted.sum(axis=(0, 1)) / max(float(weight.sum()), 1e-6)
        return np.broadcast_to(average, weighted.shape).astype(np.float32)
    smaller = np.asarray(cv2.pyrDown(weighted), dtype=np.float32)
    smaller_weight = np.asarray(cv2.pyrDown(weight), dtype=np.float32)[..., None]
    wide = cv2.pyrUp(_spread(smaller, smaller_weight), dstsize=(width, height))
    return np.asarray((weighted + _TRUST * wide) / (weight + _TRUST), dtype=np.float32)
