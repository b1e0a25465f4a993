"""From 16 bits to 8, rounded.

Imports OpenCV: whoever is loaded before the window shows imports this inside a function.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.cv import cv2
from aipaint.pixels.tile import Pixels


def narrow(deep: NDArray[Any], into: Pixels) -> None:
    """Write 16-bit values into an 8-bit array of the same shape, whose rows may lie apart: 65535
    becomes 255. Half of QPainter's time."""
    written = cv2.convertScaleAbs(deep, into, alpha=1 / 257)
    if not np.may_share_memory(written, into):  # OpenCV took a copy of an odd one
        into[...] = written
