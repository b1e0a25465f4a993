"""The picture of `outpaint`: a file in a frame that reaches beyond it."""

from argparse import Namespace
from dataclasses import dataclass

import numpy as np

from aipaint.errors import UsageError
from aipaint.pixels.decode import MAX_PIXELS, MAX_SIDE
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap


@dataclass(frozen=True, eq=False)
class Extended:
    """`frame` in pixels of the picture, which begins at (0, 0); `mask` covers what is new;
    `pixels` are the frame's, (h, w, 4) straight RGBA, transparent where it is new."""

    frame: Rect
    mask: TileMap
    pixels: Pixels


def extended(original: Pixels, arguments: Namespace) -> Extended:
    """Raises UsageError for no new room, or too much of it."""
    left, right, top, bottom = (
        int(getattr(arguments, side)) for side in ("left", "right", "top", "bottom")
    )
    if min(left, right, top, bottom) < 0:
        raise UsageError("--left, --right, --top and --bottom count pixels: 0 or more.")
    if not (left or right or top or bottom):
        raise UsageError(
            "Nothing is to be painted on.", "Say how far, like --right 200 or --top 100."
        )
    height, width = original.shape[:2]
    frame = Rect(-left, -top, left + width + right, top + height + bottom)
    if max(frame.width, frame.height) > MAX_SIDE or frame.area > MAX_PIXELS:
        raise UsageError(
            f"{frame.width} x {frame.height} would be too large for a picture.",
            "Paint on less at a time.",
        )
    inside = Rect(0, 0, width, height).slices(frame)
    coverage = np.full((frame.height, frame.width), 255, np.uint8)
    coverage[inside] = 0
    pixels = np.zeros((frame.height, frame.width, 4), np.uint8)
    pixels[inside] = original
    return Extended(frame, TileMap.from_pixels(coverage, frame.x, frame.y), pixels)
