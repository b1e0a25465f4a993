"""Decode, fill, encode: the offline engine's work on one picture."""

import numpy as np

from aipaint.errors import UsageError
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_image
from aipaint.pixels.inpaint import remove
from aipaint.providers.request import InputImage
from aipaint.providers.watch import Watch


def filled_png(picture: InputImage, mask: InputImage, seed: int, watch: Watch) -> tuple[bytes, str]:
    """The picture as PNG with everything the mask touches filled, and the method's name."""
    rgba = decode_image(picture.png, "the picture").rgba
    coverage = read_coverage(mask.png)
    if coverage.shape != rgba.shape[:2]:
        raise UsageError(
            f"The mask is {coverage.shape[1]}x{coverage.shape[0]}, but the picture is"
            f" {rgba.shape[1]}x{rgba.shape[0]}.",
            "Make the mask exactly as large as the picture.",
        )

    def report(fraction: float | None) -> None:
        watch.progress(fraction, "Filling from the surroundings")

    filled = remove(
        np.ascontiguousarray(rgba[..., :3]),
        coverage > 0,
        seed=seed,
        cancelled=watch.cancelled,
        report=report,
    )
    return encode_image(np.dstack((filled.rgb, rgba[..., 3])), ".png"), filled.method.value
