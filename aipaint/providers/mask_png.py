"""A mask as servers want it: alpha 0 or white for "change this", both at once, or black."""

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_coverage, encode_image
from aipaint.providers.request import InputImage, Size

_HALF = 127
_MAGENTA = (255, 0, 255, 255)


def dual_mask_png(mask: InputImage, picture: Size) -> bytes:
    """An RGBA PNG from a grey mask (white = change), not premultiplied.

    Covered: (255, 255, 255, alpha 0); kept: (0, 0, 0, alpha 255); half covered stays half.
    OpenAI reads the alpha, other servers the brightness. Raises UsageError unless the mask is as
    large as the picture and covers something.
    """
    coverage = _checked_coverage(mask, picture)
    height, width = coverage.shape
    rgba = np.empty((height, width, 4), dtype=np.uint8)
    rgba[..., :3] = coverage[..., None]
    rgba[..., 3] = 255 - coverage
    return encode_image(rgba, ".png")


def polar_mask_png(mask: InputImage, picture: Size, *, white_changes: bool) -> bytes:
    """A grey PNG without alpha from a grey mask: white means "change this", or black does.

    Raises UsageError unless the mask is as large as the picture and covers something.
    """
    coverage = _checked_coverage(mask, picture)
    return encode_coverage(coverage if white_changes else 255 - coverage)


def marked_png(picture: InputImage, mask: InputImage) -> bytes:
    """The picture as PNG with magenta where the mask covers it, for models that take no mask.

    Raises UsageError unless the mask is as large as the picture and covers something.
    """
    coverage = _checked_coverage(mask, picture.size)
    rgba = decode_image(picture.png, "the picture").rgba.copy()
    rgba[coverage > _HALF] = _MAGENTA
    return encode_image(rgba, ".png")


def _checked_coverage(mask: InputImage, picture: Size) -> npt.NDArray[np.uint8]:
    coverage = read_coverage(mask.png)
    height, width = coverage.shape
    if Size(width, height) != picture:
        raise UsageError(
            f"The mask is {width}x{height}, but the picture is {picture}.",
            "Make the mask exactly as large as the picture.",
        )
    if not coverage.any():
        raise UsageError("The mask is empty.", "Paint over what should change.")
    return coverage
