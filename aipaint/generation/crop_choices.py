"""`crop_choices`: how much of the picture could be sent, each with its price and sharpness."""

from collections.abc import Callable
from dataclasses import dataclass

from aipaint.document.picture import Picture
from aipaint.generation.compose import changed_area, is_masked, small_pixels_of
from aipaint.generation.crop import CropPlan, automatic_wish, crop_plans
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.options import GenerateOptions
from aipaint.money import Micros, format_usd
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.request import Operation, Size

_WORDS = {
    CropWish.TIGHT: "tight",
    CropWish.CONTEXT: "with context",
    CropWish.WHOLE: "whole picture",
}


@dataclass(frozen=True)
class CropChoice:
    """`cost_micros` is None where no price is known; `scale` is 1 where every pixel is sent as it
    is, 0.33 where the crop is sent a third as wide. `is_automatic`: taken where nothing is chosen.
    """

    wish: CropWish
    plan: CropPlan
    cost_micros: Micros | None
    is_automatic: bool

    @property
    def scale(self) -> float:
        return self.plan.scale

    @property
    def megapixels(self) -> float:
        """Of what is sent, with its padding."""
        return self.plan.sent_pixels / 1_000_000

    @property
    def sentence(self) -> str:
        """ "whole picture $0.17, would be scaled down 3×"."""
        words = _WORDS[self.wish]
        if self.cost_micros is not None:
            words += f" {format_usd(self.cost_micros)}" if self.cost_micros else " free"
        if not self.plan.is_one_to_one:
            words += f", would be scaled down {1 / self.plan.scale:.2g}×"
        return words


def crop_choices(
    picture: Picture,
    options: GenerateOptions,
    model: ModelInfo,
    price: Callable[[Size], Micros | None],
) -> tuple[CropChoice, ...]:
    """Tight, with context, whole; without a mask only the whole. No pixel is touched.

    Raises UsageError where nothing can be sent.
    """
    if options.operation is Operation.GENERATE:
        return ()
    frame, area = picture.frame, changed_area(picture, options)
    sizes = model.sizes_for(options.operation, is_masked=is_masked(picture, options))
    plans = crop_plans(frame, area, sizes)
    if area == frame:
        plans = {CropWish.WHOLE: plans[CropWish.WHOLE]}
        automatic = CropWish.WHOLE
    else:
        automatic = automatic_wish(plans, small_pixels_of(model))
    return tuple(
        CropChoice(wish, plan, price(plan.sent), is_automatic=wish is automatic)
        for wish, plan in plans.items()
    )
