"""Whether the libraries that pixels are made with work here; for the self-test."""

import numpy as np

from aipaint.pixels.cv import cv2


def check_opencv() -> str:
    """The version, after a round trip through its PNG codec. Raises RuntimeError if it fails."""
    picture = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    done, data = cv2.imencode(".png", picture)
    back = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if not done or back is None or not np.array_equal(back, picture):
        raise RuntimeError("the PNG round trip differs")
    return str(cv2.__version__)


def check_patchmatch() -> str:
    """That its compiled part loads. Raises RuntimeError if it does not."""
    import patchmatch  # loads a compiled library: only where it is wanted

    if not patchmatch.patchmatch_available:
        raise RuntimeError("its library does not load; holes are filled by OpenCV's Telea instead")
    return str(patchmatch.__version__)
