"""Tiles made smaller for a zoomed-out view.

Imports OpenCV: whoever is loaded before the window shows imports this inside a function.
"""

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.tile import Pixels


def shrunk(pixels: Pixels, side: int) -> Pixels:
    """Premultiplied pixels (h, w, 4) averaged down to (side, side, 4)."""
    return np.asarray(cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
