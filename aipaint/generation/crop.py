"""Which part of the picture is sent, and on what canvas: the cheapest that keeps 1:1 detail."""

from dataclasses import dataclass

from aipaint.pixels.rect import Rect
from aipaint.providers.request import Size
from aipaint.providers.size_rule import SizeRule

_SMALL_PIXELS = 1536 * 1024
_LEAST_CONTEXT_PIXELS = 96
_CONTEXT_SHARE = 0.5


@dataclass(frozen=True)
class CropPlan:
    """`source` of the canvas is scaled by `scale` (never up) and put on `inner` of a picture of
    the legal size `sent`; the rest is padding, which is cut off again afterwards."""

    source: Rect
    sent: Size
    inner: Rect
    scale: float


def plan_crop(frame: Rect, area: Rect, rule: SizeRule) -> CropPlan:
    """The crop of `frame` for a change of `area` (both in canvas pixels, area inside frame).

    A small picture goes whole; of a larger one the area with context around it, so that a small
    mask in a large photograph is neither scaled down nor paid by the size of the photograph.
    """
    whole, scale = rule.canvas_for(Size(frame.width, frame.height))
    if scale >= 1 and whole.width * whole.height <= _SMALL_PIXELS:
        return _plan(frame, whole, scale)
    wanted = area.expanded(_context(area)).intersected(frame)
    sent, scale = rule.canvas_for(Size(wanted.width, wanted.height))
    return _plan(_grown(wanted, sent, scale, frame), sent, scale)


def _context(area: Rect) -> int:
    return max(_LEAST_CONTEXT_PIXELS, round(max(area.width, area.height) * _CONTEXT_SHARE))


def _grown(wanted: Rect, sent: Size, scale: float, frame: Rect) -> Rect:
    """Real surroundings instead of padding, wherever the picture has them."""
    width = min(frame.width, max(wanted.width, int(sent.width / scale)))
    height = min(frame.height, max(wanted.height, int(sent.height / scale)))
    x = wanted.x - (width - wanted.width) // 2
    y = wanted.y - (height - wanted.height) // 2
    return Rect(
        min(max(x, frame.x), frame.right - width),
        min(max(y, frame.y), frame.bottom - height),
        width,
        height,
    )


def _plan(source: Rect, sent: Size, scale: float) -> CropPlan:
    width = min(sent.width, max(1, round(source.width * scale)))
    height = min(sent.height, max(1, round(source.height * scale)))
    return CropPlan(source, sent, Rect(0, 0, width, height), scale)
