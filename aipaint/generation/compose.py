"""From the picture and the options to the request that is sent. Called on a worker."""

from dataclasses import dataclass

import numpy as np

from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.generation.crop import CropPlan, plan_crop
from aipaint.generation.never_send import hidden_in, without_hidden
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.encode import encode_coverage, encode_image
from aipaint.pixels.fit import pad_to, scale_to
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.providers.checked_options import checked_options
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size


@dataclass(frozen=True, eq=False)
class Composed:
    """A request, and what is needed to put the answer back.

    `source` is the crop as it was, (h, w, 4) straight RGBA; `coverage` (h, w) says where it may
    change: the mask, or everything where there is none. `hidden` (h, w) is 255 where nothing was
    sent of the picture, so that nothing of the answer is used there; None for nowhere.
    """

    request: PredictionRequest
    plan: CropPlan
    source: Pixels
    coverage: Pixels
    has_mask: bool
    warnings: tuple[str, ...] = ()
    hidden: Pixels | None = None


def compose_request(picture: Picture, options: GenerateOptions, model: ModelInfo) -> Composed:
    """Crop, scale, pad and encode. Raises UsageError if this cannot be asked of that model."""
    check_options(options, model)
    if options.operation is Operation.GENERATE:
        return _from_nothing(picture, options, model)
    return _from_picture(picture, options, model)


def check_options(options: GenerateOptions, model: ModelInfo) -> None:
    """Raises UsageError that names what the model cannot do."""
    if options.operation not in model.operations:
        raise UsageError(
            f"{options.operation.value} does not exist with {options.provider}"
            f" ({model.label or model.id}).",
            "Choose another model or provider; words need an online one (AIE_OPENAI_API_KEY).",
        )
    speaks = options.operation is not Operation.REMOVE
    if model.needs_prompt and speaks and not options.prompt.strip():
        raise UsageError("There is no prompt.", "Say what the picture should show.")
    if not (options.prompt + options.negative_prompt).isascii():
        _check_text(options.prompt + options.negative_prompt)
    if model.prompt_limit and len(options.prompt) > model.prompt_limit:
        raise UsageError(
            f"The prompt has {len(options.prompt)} characters, {model.id} takes "
            f"{model.prompt_limit}.",
            "Shorten it.",
        )
    if not 1 <= options.count <= model.max_count:
        raise UsageError(f"{model.id} makes 1 to {model.max_count} pictures at a time.")
    if options.quality and model.qualities and options.quality not in model.qualities:
        raise UsageError(
            f"{model.id} has no quality {options.quality!r}.",
            f"Choose one of {', '.join(model.qualities)}.",
        )
    if len(options.references) > model.max_references:
        raise UsageError(
            f"{len(options.references)} reference pictures are too many.",
            f"{model.id} takes {model.max_references or 'none'}.",
        )
    checked_options(model, options.extra, options.operation)


def _check_text(text: str) -> None:
    """Raises UsageError for broken text, which no server could be sent."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(
            "The prompt holds characters that are not text.", "Type it again."
        ) from None


def plan_for(picture: Picture, options: GenerateOptions, model: ModelInfo) -> CropPlan:
    """What would be sent, without touching a pixel. Raises UsageError where nothing can be."""
    if options.operation is Operation.GENERATE:
        size, _ = model.sizes_for(options.operation).canvas_for(_wanted_size(picture, options))
        return CropPlan(picture.frame, size, Rect(0, 0, size.width, size.height), 1.0)
    return plan_crop(
        picture.frame,
        _area(picture, options, picture.mask.bounds()),
        model.sizes_for(options.operation),
    )


def _from_nothing(picture: Picture, options: GenerateOptions, model: ModelInfo) -> Composed:
    plan = plan_for(picture, options, model)
    blank = np.zeros((picture.frame.height, picture.frame.width, 4), np.uint8)
    return Composed(
        request=_request(options, model, plan.sent, ()),
        plan=plan,
        source=blank,
        coverage=np.full(blank.shape[:2], 255, np.uint8),
        has_mask=False,
        warnings=_size_warning(_wanted_size(picture, options), plan.sent),
    )


def _from_picture(picture: Picture, options: GenerateOptions, model: ModelInfo) -> Composed:
    plan = plan_for(picture, options, model)
    source = render_straight(picture, plan.source)
    has_mask = len(picture.mask) > 0
    hidden = hidden_in(picture, plan.source) if model.provider != "offline" else None
    images = [_picture_input(without_hidden(source, hidden), plan)]
    if has_mask:
        coverage = _uncovered(picture.mask.read(plan.source), hidden)
        images.append(_mask_input(coverage, plan))
    else:
        coverage = _uncovered(np.full(source.shape[:2], 255, np.uint8), hidden)
    return Composed(
        request=_request(options, model, plan.sent, tuple(images)),
        plan=plan,
        source=source,
        coverage=coverage,
        has_mask=has_mask,
        warnings=_plan_warnings(plan, model, has_mask=has_mask),
        hidden=hidden,
    )


def _uncovered(coverage: Pixels, hidden: Pixels | None) -> Pixels:
    """What was not sent does not change either."""
    return coverage if hidden is None else np.where(hidden > 0, 0, coverage).astype(np.uint8)


def _area(picture: Picture, options: GenerateOptions, bounds: Rect) -> Rect:
    """What is to change, inside the frame."""
    if not len(picture.mask):
        if options.operation is Operation.REMOVE:
            raise UsageError("Nothing is masked.", "Paint a mask over what should go.")
        return picture.frame
    area = bounds.intersected(picture.frame)
    if area.is_empty:
        raise UsageError("The mask lies outside the frame.", "Paint it inside the picture.")
    return area


def _wanted_size(picture: Picture, options: GenerateOptions) -> Size:
    return options.size or Size(picture.frame.width, picture.frame.height)


def _request(
    options: GenerateOptions, model: ModelInfo, size: Size, images: tuple[InputImage, ...]
) -> PredictionRequest:
    return PredictionRequest(
        operation=options.operation,
        model=model.id,
        prompt=options.prompt.strip(),
        negative_prompt=options.negative_prompt.strip(),
        images=(*images, *options.references),
        size=size,
        count=options.count,
        quality=options.quality or model.default_quality,
        seed=options.seed,
        extra=options.extra,
    )


def _picture_input(source: Pixels, plan: CropPlan) -> InputImage:
    scaled = scale_to(source, plan.inner.width, plan.inner.height)
    padded, _ = pad_to(scaled, plan.sent.width, plan.sent.height)
    return InputImage(InputRole.INPUT, encode_image(padded, ".png"), plan.sent)


def _mask_input(coverage: Pixels, plan: CropPlan) -> InputImage:
    """Padding is never marked for change."""
    sent = np.zeros((plan.sent.height, plan.sent.width), np.uint8)
    scaled = scale_to(coverage, plan.inner.width, plan.inner.height)
    sent[: plan.inner.height, : plan.inner.width] = scaled
    return InputImage(InputRole.MASK, encode_coverage(sent), plan.sent)


def _size_warning(wanted: Size, sent: Size) -> tuple[str, ...]:
    if wanted == sent:
        return ()
    return (f"{wanted} is not a size of this model: {sent} is asked for and fitted back.",)


def _plan_warnings(plan: CropPlan, model: ModelInfo, *, has_mask: bool) -> tuple[str, ...]:
    warnings: list[str] = []
    if plan.scale < 0.999:
        warnings.append(f"The picture is sent scaled down to {plan.scale:.0%}.")
    if has_mask and model.mask is MaskConvention.NONE:
        warnings.append("This model takes no mask; only the masked part of its answer is used.")
    return tuple(warnings)
