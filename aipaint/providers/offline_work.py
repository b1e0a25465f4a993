"""What the offline engine does to one picture: encoded pictures in, a PNG and a note out.

These functions run in a child process (`WorkerPool`), where a cancel ends them at any point.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.cutout import cut_out
from aipaint.pixels.decode import decode_image, read_coverage
from aipaint.pixels.encode import encode_image
from aipaint.pixels.fill_holes import CAREFUL, fill_holes
from aipaint.pixels.outpaint import outpaint
from aipaint.pixels.relight import relight
from aipaint.pixels.upscale import upscale

Pixels = npt.NDArray[np.uint8]
Report = Callable[[float | None, str], None]


def removed(picture: bytes, mask: bytes, seed: int, report: Report) -> tuple[bytes, str]:
    """Everything the mask touches filled from its surroundings, and the method's name."""
    rgba = _decoded(picture)
    coverage = _coverage(mask, rgba)
    rgb = np.ascontiguousarray(rgba[..., :3])
    filled = fill_holes(rgb, coverage, seed, CAREFUL, report)
    rgba[..., :3] = filled.rgb
    return encode_image(rgba, ".png"), filled.method.value


def outpainted(picture: bytes, mask: bytes, seed: int, report: Report) -> tuple[bytes, str]:
    """The area under the mask painted on from the rest of the picture."""
    rgba = _decoded(picture)
    painted = outpaint(rgba, _coverage(mask, rgba), seed, report)
    return encode_image(painted, ".png"), "patchmatch"


def relit(picture: bytes, seed: int, report: Report) -> tuple[bytes, str]:
    """The whole picture in other light and color, and the name of the look."""
    report(None, "Changing light and color")
    rgba, look = relight(_decoded(picture), seed)
    return encode_image(rgba, ".png"), look


def enlarged(picture: bytes, factor: int, report: Report) -> tuple[bytes, str]:
    """The picture `factor` times as large."""
    report(0.0, "Enlarging")
    rgba = upscale(_decoded(picture), factor, report=lambda share: report(0.9 * share, "Enlarging"))
    return encode_image(rgba, ".png"), "lanczos"


def without_background(picture: bytes, mask: bytes | None, report: Report) -> tuple[bytes, str]:
    """The picture with its subject's outline as alpha. Raises UsageError if there is none."""
    report(None, "Looking for the subject")
    rgba = _decoded(picture)
    hint = _coverage(mask, rgba) if mask is not None else None
    coverage = cut_out(np.ascontiguousarray(rgba[..., :3]), hint=hint)
    if not coverage.any():
        raise UsageError(
            "No subject could be told apart from the background.",
            "Paint a mask over it and try again, or use smart select.",
        )
    alpha = rgba[..., 3].astype(np.uint16) * coverage + 127
    rgba[..., 3] = (alpha // 255).astype(np.uint8)
    return encode_image(rgba, ".png"), "grabcut"


def _decoded(picture: bytes) -> Pixels:
    return decode_image(picture, "the picture").rgba.copy()


def _coverage(mask: bytes, rgba: Pixels) -> Pixels:
    coverage = read_coverage(mask)
    if coverage.shape != rgba.shape[:2]:
        raise UsageError(
            f"The mask is {coverage.shape[1]}x{coverage.shape[0]}, but the picture is"
            f" {rgba.shape[1]}x{rgba.shape[0]}.",
            "Make the mask exactly as large as the picture.",
        )
    return coverage
