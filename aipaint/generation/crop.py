"""Which part of the picture is sent, and on what canvas: the cheapest that keeps 1:1 detail."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipaint.generation.crop_wish import CropWish
from aipaint.pixels.rect import Rect
from aipaint.providers.request import Size
from aipaint.providers.size_rule import SizeRule

SMALL_PIXELS = 1024 * 1024
"""A picture of this size goes whole: what it would cost less is not worth its context."""

_LEAST_CONTEXT_PIXELS = 96
_CONTEXT_SHARE = 0.5
_LEAST_TIGHT_PIXELS = 24
_TIGHT_SHARE = 0.12
_CONTEXTS = (1.0, 0.75, 0.5, 0.25)
_ONE_TO_ONE = 0.9995


@dataclass(frozen=True)
class CropPlan:
    """`source` of the canvas is scaled by `scale` (never up) and put on `inner` of a picture of
    the legal size `sent`; the rest is padding, which is cut off again afterwards."""

    source: Rect
    sent: Size
    inner: Rect
    scale: float

    @property
    def is_one_to_one(self) -> bool:
        """Every pixel is sent as it is."""
        return self.scale >= _ONE_TO_ONE

    @property
    def sent_pixels(self) -> int:
        return self.sent.width * self.sent.height


def plan_crop(
    frame: Rect,
    area: Rect,
    rule: SizeRule,
    wish: CropWish = CropWish.AUTO,
    small_pixels: int = SMALL_PIXELS,
) -> CropPlan:
    """The crop of `frame` for a change of `area` (both in canvas pixels, area inside frame).

    Left to itself a picture of up to `small_pixels` goes whole; of a larger one the area with
    context around it, so that a small mask in a large photograph is neither scaled down nor paid by
    the size of the photograph.
    """
    plans = crop_plans(frame, area, rule)
    return plans[automatic_wish(plans, small_pixels) if wish is CropWish.AUTO else wish]


def crop_plans(frame: Rect, area: Rect, rule: SizeRule) -> Mapping[CropWish, CropPlan]:
    """What TIGHT, CONTEXT and WHOLE would send."""
    return {
        CropWish.TIGHT: _around(frame, area, rule, _tight_margin(area)),
        CropWish.CONTEXT: _with_context(frame, area, rule),
        CropWish.WHOLE: _around(frame, frame, rule, 0),
    }


def automatic_wish(
    plans: Mapping[CropWish, CropPlan], small_pixels: int = SMALL_PIXELS
) -> CropWish:
    """The cheapest that keeps every pixel and enough context; where none can keep them, the one
    that loses the least."""
    whole = plans[CropWish.WHOLE]
    if whole.is_one_to_one and whole.sent_pixels <= small_pixels:
        return CropWish.WHOLE
    enough = [wish for wish in (CropWish.WHOLE, CropWish.CONTEXT) if plans[wish].is_one_to_one]
    if enough:
        return min(enough, key=lambda wish: plans[wish].sent_pixels)
    wishes = (CropWish.WHOLE, CropWish.CONTEXT, CropWish.TIGHT)
    return max(wishes, key=lambda wish: round(plans[wish].scale, 2))


def _tight_margin(area: Rect) -> int:
    return max(_LEAST_TIGHT_PIXELS, round(min(area.width, area.height) * _TIGHT_SHARE))


def _with_context(frame: Rect, area: Rect, rule: SizeRule) -> CropPlan:
    """As much around it as is usual, or as can be sent without scaling down."""
    margin = max(_LEAST_CONTEXT_PIXELS, round(max(area.width, area.height) * _CONTEXT_SHARE))
    margins = [*(round(margin * share) for share in _CONTEXTS), _tight_margin(area)]
    plans = [_around(frame, area, rule, least) for least in margins]
    return next((plan for plan in plans if plan.is_one_to_one), plans[0])


def _around(frame: Rect, area: Rect, rule: SizeRule, margin: int) -> CropPlan:
    wanted = area.expanded(margin).intersected(frame)
    sent, scale = rule.canvas_for(Size(wanted.width, wanted.height))
    return _plan(_grown(wanted, sent, scale, frame), sent, scale)


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
