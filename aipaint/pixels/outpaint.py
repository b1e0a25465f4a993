"""Painting on beyond the edge of a picture from what the picture shows: the computation itself."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aipaint.errors import UsageError
from aipaint.pixels.coverage import bounds, grow
from aipaint.pixels.cv import cv2
from aipaint.pixels.patch_fill import PatchMatchMissing, patch_fill
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.seam import level_seam

_MOST_SHARE = 0.25  # of what is known, on each side in one round: beyond it nothing holds it
_LEAST_REACH = 32
_LEAST_CONTEXT = 128
_OVERLAP = 3
_LEAST_ALPHA = 16  # thinner pixels have no color to go by
_MOST_PIXELS = 20_000  # of a round are worked out at full size

Pixels = npt.NDArray[np.uint8]
Area = npt.NDArray[np.bool_]


def outpaint(
    rgba: Pixels, area: Pixels, seed: int, report: Callable[[float | None, str], None]
) -> Pixels:
    """(h, w, 4) straight RGBA with `area` (h, w; not 0) filled and opaque, all else as it was.

    What is transparent outside the area is neither filled nor a source. In rounds, so that what
    was filled holds what comes next. The same seed gives the same picture. Raises UsageError
    where nothing is there to go on from.
    """
    result = rgba.copy()
    wanted = area > 0
    known = ~wanted & (rgba[..., 3] >= _LEAST_ALPHA)
    if not wanted.any():
        return result
    if not known.any():
        raise UsageError(
            "There is no picture to go on from.", "Leave some of the picture inside the frame."
        )
    total = int(np.count_nonzero(wanted))
    while (left := int(np.count_nonzero(wanted & ~known))) > 0:
        report(1 - left / total, "Painting on from the edge")
        reach = _reach(known, wanted & ~known)
        _fill_round(result, known, wanted, reach, seed)
    return result


def _reach(known: Area, left: Area) -> Rect:
    """The part of the canvas that this round fills: a bit more than what is known."""
    whole = _whole(known)
    box = bounds(known.astype(np.uint8))
    wide = max(_LEAST_REACH, round(box.width * _MOST_SHARE))
    high = max(_LEAST_REACH, round(box.height * _MOST_SHARE))
    while True:
        reach = Rect.from_edges(
            box.x - wide, box.y - high, box.right + wide, box.bottom + high
        ).intersected(whole)
        if left[reach.slices(whole)].any():
            return reach
        wide, high = 2 * wide, 2 * high


def _fill_round(result: Pixels, known: Area, wanted: Area, reach: Rect, seed: int) -> None:
    """Fill what lies in `reach` and write it into `result` and `known`."""
    whole = _whole(known)
    now = np.zeros_like(known)
    inside = reach.slices(whole)
    now[inside] = (wanted & ~known)[inside]
    crop = _with_context(now, reach)
    place = crop.slices(whole)
    rgb = np.ascontiguousarray(result[place][..., :3])
    unknown = (~known[place]).astype(np.uint8)
    filled = _filled(rgb, unknown, seed)
    chosen = now[place]
    result[place][chosen] = np.dstack([filled, np.full(unknown.shape, 255, np.uint8)])[chosen]
    known[place] |= chosen


def _filled(rgb: Pixels, unknown: Pixels, seed: int) -> Pixels:
    """A little of what is known is made as well, to see how far off the fill is there."""
    larger = grow(unknown, _OVERLAP)
    if larger.all():
        larger = unknown
    try:
        filled = patch_fill(rgb, larger, seed, _MOST_PIXELS)
    except PatchMatchMissing:
        return np.asarray(cv2.inpaint(rgb, unknown, 5.0, cv2.INPAINT_TELEA), np.uint8)
    return level_seam(filled, rgb, (larger > 0) & (unknown == 0))


def _with_context(now: Area, reach: Rect) -> Rect:
    """What is filled, and around it about as much as it is deep, where it is deepest."""
    box = bounds(now.astype(np.uint8))
    around = max(_LEAST_CONTEXT, 2 * min(box.width, box.height))
    return box.expanded(around).intersected(reach) if box != EMPTY_RECT else reach


def _whole(area: Area) -> Rect:
    return Rect(0, 0, area.shape[1], area.shape[0])
