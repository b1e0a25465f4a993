"""From the picture and the options to the request that is sent. Called on a worker."""

from dataclasses import dataclass

import numpy as np

from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.generation.beyond import beyond_area, painted_bounds
from aipaint.generation.crop import SMALL_PIXELS, CropPlan, plan_crop
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.never_send import hidden_in, without_hidden
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.encode import encode_coverage, encode_image
from aipaint.pixels.fit import pad_to, scale_to
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.providers.checked_options import checked_options
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size

_SMALL_AND_FREE_PIXELS = 4 * SMALL_PIXELS  # go whole where nobody counts them
_WHOLE_FRAME = (Operation.UPSCALE, Operation.CUTOUT)
_WITHOUT_WORDS = (Operation.REMOVE, Operation.OUTPAINT, Operation.VARIATIONS, *_WHOLE_FRAME)
_OFFLINE_WORDS = (
    "offline understands no words: {} with a prompt needs an online model.",
    "Leave the prompt out, or choose an online provider and add its key (AIE_OPENAI_API_KEY or "
    "AIE_REPLICATE_API_TOKEN).",
)


@dataclass(frozen=True, eq=False)
class Composed:
    """A request, and what is needed to put the answer back.

    `source` is the crop as it was, (h, w, 4) straight RGBA; `coverage` (h, w) says where it may
    change: the mask, what is transparent of it where it is to be painted on, or everything.
    `hidden` (h, w) is 255 where nothing was sent of the picture, so that nothing of the answer is
    used there; None for nowhere.
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
    if options.prompt.strip() and model.provider == "offline":
        raise UsageError(_OFFLINE_WORDS[0].format(options.operation.value), _OFFLINE_WORDS[1])
    speaks = options.operation not in _WITHOUT_WORDS
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
    wish = CropWish.WHOLE if options.operation in _WHOLE_FRAME else options.crop
    plan = plan_crop(
        picture.frame,
        changed_area(picture, options),
        model.sizes_for(options.operation, is_masked=is_masked(picture, options)),
        wish,
        small_pixels_of(model),
    )
    if options.operation is Operation.UPSCALE and not plan.is_one_to_one:
        raise UsageError(
            f"{picture.frame.width} x {picture.frame.height} is too large for {model.id}: it would "
            "have to be scaled down first.",
            "Make the frame smaller, or choose another model; offline takes any size.",
        )
    return plan


def is_masked(picture: Picture, options: GenerateOptions) -> bool:
    """Whether a mask says where to paint; an edit without one changes the picture as a whole."""
    return options.operation is not Operation.EDIT or len(picture.mask) > 0


def small_pixels_of(model: ModelInfo) -> int:
    """Up to this size a picture goes whole."""
    return SMALL_PIXELS if model.is_paid else _SMALL_AND_FREE_PIXELS


def changed_area(picture: Picture, options: GenerateOptions) -> Rect:
    """What is to change, inside the frame, without touching a pixel. Raises UsageError."""
    frame, operation = picture.frame, options.operation
    if operation in _WHOLE_FRAME:
        return frame
    if not len(picture.mask):
        if operation is Operation.REMOVE:
            raise UsageError("Nothing is masked.", "Paint a mask over what should go.")
        return _beyond(picture) if operation is Operation.OUTPAINT else frame
    area = picture.mask.bounds().intersected(frame)
    if area.is_empty:
        raise UsageError("The mask lies outside the frame.", "Paint it inside the picture.")
    return area


def _beyond(picture: Picture) -> Rect:
    if not painted_bounds(picture).intersected(picture.frame).area:
        raise UsageError(
            "There is no picture to go on from.", "Leave some of the picture inside the frame."
        )
    area = beyond_area(picture)
    return picture.frame if area.is_empty else area


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
    hidden = hidden_in(picture, plan.source) if model.provider != "offline" else None
    mask = _mask(picture, options.operation, plan, source)
    images = [_picture_input(without_hidden(source, hidden), plan)]
    if mask is not None and _takes_mask(options.operation, model):
        images.append(_mask_input(_uncovered(mask, hidden), plan))
    is_limited = mask is not None and options.operation not in _WHOLE_FRAME
    everywhere = np.full(source.shape[:2], 255, np.uint8)
    return Composed(
        request=_request(options, model, plan.sent, tuple(images)),
        plan=plan,
        source=source,
        coverage=_uncovered(mask if mask is not None and is_limited else everywhere, hidden),
        has_mask=is_limited,
        warnings=_plan_warnings(plan, model, has_mask=is_limited),
        hidden=hidden,
    )


def _takes_mask(operation: Operation, model: ModelInfo) -> bool:
    """Where it is only a hint, it is left out for models without one."""
    if operation is Operation.CUTOUT:
        return model.mask is not MaskConvention.NONE
    return operation is not Operation.UPSCALE


def _mask(picture: Picture, operation: Operation, plan: CropPlan, source: Pixels) -> Pixels | None:
    """(h, w) of the crop: what is painted over, or what is to be painted on; None for neither."""
    if len(picture.mask):
        return picture.mask.read(plan.source)
    if operation is not Operation.OUTPAINT:
        return None
    beyond = np.where(source[..., 3] < 255, 255, 0).astype(np.uint8)
    if not beyond.any():
        raise UsageError(
            "Nothing in the frame is transparent.", "Move an edge of it beyond the picture."
        )
    return beyond


def _uncovered(coverage: Pixels, hidden: Pixels | None) -> Pixels:
    """What was not sent does not change either."""
    return coverage if hidden is None else np.where(hidden > 0, 0, coverage).astype(np.uint8)


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
