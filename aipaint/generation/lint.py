"""`lint`: in what a model will differ from what was asked, said before the click."""

from collections.abc import Iterator
from datetime import date

from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.compose import plan_for
from aipaint.generation.options import GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.request import Operation, Size

_WITHOUT_MASK = (Operation.GENERATE, Operation.UPSCALE, Operation.CUTOUT)
_SOON_DAYS = 30
_EXACT = 0.999


def lint(
    options: GenerateOptions, model: ModelInfo, picture: Picture, today: date
) -> tuple[str, ...]:
    """Short sentences, the weightiest first; what cannot be asked at all is not among them. No
    pixel is touched."""
    return (
        *_ends(model, today),
        *_shape(options, model, picture),
        *_mask(options, model, picture),
        *_words(options, model),
        *_numbers(options, model),
        *_fields(options),
    )


def _ends(model: ModelInfo, today: date) -> Iterator[str]:
    try:
        ends = date.fromisoformat(model.retires_at)
    except ValueError:
        return
    instead = f": use {model.replaced_by}" if model.replaced_by else ""
    days = (ends - today).days
    if days < 0:
        yield f"{model.id} was to end on {ends.isoformat()} and may refuse{instead}."
    elif days <= _SOON_DAYS:
        left = "today" if not days else f"in {days} day{'s' if days > 1 else ''}"
        yield f"{model.id} ends {left} ({ends.isoformat()}){instead}."


def _shown(size: Size | Rect) -> str:
    return f"{size.width}×{size.height}"


def _shape(options: GenerateOptions, model: ModelInfo, picture: Picture) -> Iterator[str]:
    try:
        plan = plan_for(picture, options, model)
    except AipaintError:
        return  # whoever asks for the price is told why
    sent = _shown(plan.sent)
    if options.operation is Operation.GENERATE:
        wanted = options.size or Size(picture.frame.width, picture.frame.height)
        if wanted != plan.sent:
            yield f"{_shown(wanted)} will be made as {sent} and fitted back without stretching."
    elif plan.scale < _EXACT:
        area = _shown(plan.source)
        yield (
            f"{area} will be sent as {sent}, scaled down to {plan.scale:.0%}: it comes back"
            " with less detail."
        )
    elif (plan.source.width, plan.source.height) != (plan.sent.width, plan.sent.height):
        area = _shown(plan.source)
        yield f"{area} will be sent as {sent}, padded, and cropped back."
    if model.aspect_ratios:
        yield "This model takes proportions instead of sizes: the answer is fitted back."


def _mask(options: GenerateOptions, model: ModelInfo, picture: Picture) -> Iterator[str]:
    if options.operation in _WITHOUT_MASK or not len(picture.mask):
        return
    if model.mask is MaskConvention.NONE:
        yield (
            "This model takes no mask: it is shown a marked copy, and only the masked part of its"
            " answer is used."
        )
    elif model.mask is MaskConvention.ALPHA_ZERO:
        yield "The mask is only advice to this model: what lies outside it is kept here."


def _words(options: GenerateOptions, model: ModelInfo) -> Iterator[str]:
    if options.negative_prompt.strip() and not model.has_negative_prompt:
        if model.folds_negative_prompt:
            yield "The negative prompt becomes a last sentence of the prompt."
        else:
            yield "This model takes no negative prompt: it will not be sent."
    length = len(options.prompt)
    if model.prompt_limit and length > model.prompt_limit:
        yield f"The prompt is {length - model.prompt_limit} characters too long for this model."


def _numbers(options: GenerateOptions, model: ModelInfo) -> Iterator[str]:
    if options.seed is not None and not model.has_seed:
        yield "No seed on this model: the same picture cannot be made twice."
    if options.count > model.max_count:
        yield f"This model makes at most {model.max_count} at a time."
    references = len(options.references)
    if references > model.max_references:
        most = f"at most {model.max_references}" if model.max_references else "no"
        yield f"This model takes {most} reference pictures."


def _fields(options: GenerateOptions) -> Iterator[str]:
    extra = dict(options.extra)
    if extra.get("background") == "transparent" and extra.get("output_format") == "jpeg":
        yield "A JPEG cannot be transparent: choose png or webp."
    compression = extra.get("output_compression")
    if compression and compression != "100" and extra.get("output_format", "png") == "png":
        yield "The compression counts for webp and jpeg only."
