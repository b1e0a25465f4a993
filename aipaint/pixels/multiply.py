"""Taking pixels away by coverage, three times as fast as QPainter does it with an alpha image.

Imports OpenCV: whoever is loaded before the window shows imports this inside a function.
"""

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.tile import Pixels


def multiplied(pixels: Pixels, coverage: Pixels) -> Pixels:
    """A fresh array of `pixels`, (h, w, 4) or (h, w), times `coverage` (h, w) / 255, rounded."""
    share = cv2.merge([coverage] * 4) if pixels.ndim == 3 else coverage
    return np.asarray(cv2.multiply(pixels, share, scale=1 / 255), np.uint8)
