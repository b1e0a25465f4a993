"""Alpha beside colors, for models that know three channels only."""

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.model_message import Pixels

_REACH = 4.0  # pixels: as far as an edge is looked at


def enlarged_alpha(alpha: Pixels, factor: int) -> Pixels:
    """(h, w) enlarged `factor` times; what is opaque all over stays so."""
    height, width = alpha.shape
    size = (width * factor, height * factor)
    if int(alpha.min()) == int(alpha.max()):
        return np.full((size[1], size[0]), alpha[0, 0], np.uint8)
    return np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def filled_under(rgba: Pixels) -> Pixels:
    """(h, w, 3): the colors, and where nothing can be seen those from beside it, so that no edge
    is made against the black that is kept there."""
    alpha = rgba[..., 3]
    if alpha.min() > 0:
        return np.ascontiguousarray(rgba[..., :3])
    weight = alpha.astype(np.float32) / 255
    weighted = np.asarray(cv2.GaussianBlur(rgba[..., :3] * weight[..., None], (0, 0), _REACH))
    share = np.asarray(cv2.GaussianBlur(weight, (0, 0), _REACH))[..., None]
    near = np.rint(np.clip(weighted / np.maximum(share, 1e-4), 0, 255)).astype(np.uint8)
    return np.where(alpha[..., None] > 0, rgba[..., :3], near)
