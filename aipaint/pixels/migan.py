"""Filling a hole with MI-GAN: it goes on with lines, edges and roofs where PatchMatch copies.

The model changes pixels outside of the hole by a few levels and mixes a grey rim into it. So the
hole is filled roughly before the model sees it, given a little larger than it is, and only what is
inside of the true hole is taken.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from aipaint.pixels.coverage import grow
from aipaint.pixels.cv import cv2
from aipaint.pixels.hole_crops import hole_crops
from aipaint.pixels.model_message import Array, ModelMessage, Pixels
from aipaint.pixels.model_runtime import OnnxNet
from aipaint.pixels.model_teller import Kept, Teller
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam import level_seam

_GROWTH = 0.01  # of the crop's longer side
_ROUGH_SIDE = 256
_ROUGH_RADIUS = 5.0
_MOST_SIDE = 2048  # it works at 512 inside: more would only cost memory
_LEAST_SIDE = 64


def run_migan(
    request: ModelMessage, files: list[Path], kept: Kept, tell: Teller
) -> tuple[Array, ...]:
    """Arrays in: rgb (h, w, 3), hole (h, w) not 0 = fill. Out: rgb, equal outside of the hole."""
    rgb, hole = request.arrays
    net = kept.setdefault("migan", None) or OnnxNet(files[0])
    kept["migan"] = net
    result = rgb.copy()
    mask = (hole > 0).astype(np.uint8)
    crops = hole_crops(mask) if mask.any() else []
    whole = Rect(0, 0, mask.shape[1], mask.shape[0])
    for number, (crop, own) in enumerate(crops):
        tell.progress(number / len(crops))
        window = crop.slices(whole)
        filled = fill_by(net, rgb[window], mask[window])
        result[window][own] = filled[own]
    return (result,)


def fill_by(net: OnnxNet, rgb: Pixels, mask: Pixels) -> Pixels:
    """`rgb` (h, w, 3) with the `mask` (h, w; 1 = fill) filled; near the mask others change too."""
    height, width = mask.shape
    scale = min(1.0, _MOST_SIDE / max(height, width))
    size = (max(_LEAST_SIDE, round(width * scale)), max(_LEAST_SIDE, round(height * scale)))
    grown = _grown(mask)
    given, holes = roughly_filled(rgb, grown), grown
    if size != (width, height):
        given = np.asarray(cv2.resize(given, size, interpolation=cv2.INTER_AREA), np.uint8)
        holes = np.asarray(cv2.resize(grown, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    made = net.run(
        {
            "image": np.ascontiguousarray(given.transpose(2, 0, 1)[None]),
            "mask": np.where(holes > 0, 0, 255).astype(np.uint8)[None, None],
        },
        "result",
    )
    filled = np.ascontiguousarray(_levels(made)[0].transpose(1, 2, 0))
    if size != (width, height):
        larger = cv2.resize(filled, (width, height), interpolation=cv2.INTER_CUBIC)
        filled = np.asarray(larger, np.uint8)
    return level_seam(filled, rgb, (grown > 0) & (mask == 0))


def roughly_filled(rgb: Pixels, mask: Pixels) -> Pixels:
    """Colors from around in the place of what has to go, found on a small copy: the model must not
    be led by what it is to remove, nor by a grey hole."""
    height, width = mask.shape
    scale = min(1.0, _ROUGH_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    share = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    holes = (np.asarray(share) > 0).astype(np.uint8)
    if holes.all():
        holes = (np.asarray(share) > 0.5).astype(np.uint8)
    rough = cv2.inpaint(small, holes, _ROUGH_RADIUS, cv2.INPAINT_TELEA)
    large = np.asarray(cv2.resize(rough, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.where(mask[..., None] > 0, large, rgb)


def _grown(mask: Pixels) -> Pixels:
    """Larger than the hole, unless that would leave nothing to look at."""
    larger = grow(mask, max(2, round(_GROWTH * max(mask.shape))))
    return larger if np.count_nonzero(larger) < 0.95 * larger.size else mask


def _levels(made: npt.NDArray[np.generic]) -> Pixels:
    """OpenCV answers in uint8 as the model does; older ones in float."""
    if made.dtype == np.uint8:
        return np.asarray(made, np.uint8)
    return np.asarray(np.clip(np.rint(made.astype(np.float32)), 0, 255), np.uint8)
