"""A `PredictionRequest` as the HTTP request a server wants: JSON, or a form with files."""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.http_call import HttpCall
from aipaint.providers.mask_png import dual_mask_png, marked_png, polar_mask_png
from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.multipart import FilePart, multipart_body
from aipaint.providers.openai_fields import extra_fields
from aipaint.providers.openai_preset import EditForm, OpenAIPreset, Writing
from aipaint.providers.openai_prompt import prompt_text
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size

_MAX_PICTURE_BYTES = 50_000_000
_MAX_MASK_BYTES = 4_000_000
_DEFAULT_SIZE = Size(1024, 1024)
_NEEDED = frozenset({"model", "prompt", "n", "size", "aspect_ratio", "quality"})


def images_call(
    request: PredictionRequest,
    model: ModelInfo,
    preset: OpenAIPreset,
    left_out: frozenset[str] = frozenset(),
) -> HttpCall:
    """The call for this request, without the fields `left_out`; nothing has been sent yet.

    Raises UsageError for everything that the server would only refuse.
    """
    if request.operation not in model.operations:
        raise UsageError(
            f'"{request.operation.value}" cannot be done with the model "{model.id}".',
            "Choose another provider or model.",
        )
    fields = _fields(request, model, preset)
    fields = {name: value for name, value in fields.items() if name not in left_out}
    pictures = _pictures(request, model)
    if not pictures:
        return _json_call(preset.generate_path, fields)
    if preset.edit is EditForm.REFERENCES:
        fields["input_references"] = [_reference(png) for png in _shown(request, pictures)]
        return _json_call(preset.edit_path, fields)
    if preset.whole_field and request.image(InputRole.MASK) is None:
        fields = {preset.whole_names.get(name, name): value for name, value in fields.items()}
        fields[preset.whole_field] = base64.b64encode(pictures[0].png).decode("ascii")
        return _json_call(preset.generate_path, fields)
    if preset.edit_fields:
        fields = {name: value for name, value in fields.items() if name in preset.edit_fields}
    body, content_type = multipart_body(_texts(fields), _files(request, pictures, preset))
    return HttpCall("POST", preset.edit_path, body, content_type, is_paid=True)


def optional_fields(
    request: PredictionRequest, model: ModelInfo, preset: OpenAIPreset
) -> frozenset[str]:
    """Which fields may be left out without changing what the call may cost."""
    return frozenset(_fields(request, model, preset)) - _NEEDED


def _fields(request: PredictionRequest, model: ModelInfo, preset: OpenAIPreset) -> dict[str, Any]:
    """The size is always explicit. `response_format` is only there where a server needs it: GPT
    models refuse it."""
    own = extra_fields(request, model)
    if request.seed is not None and preset.seed:
        own[preset.seed] = request.seed
    if request.negative_prompt.strip() and preset.negative:
        own[preset.negative] = request.negative_prompt.strip()
    is_inside = preset.writing is Writing.SD_CPP
    fields: dict[str, Any] = {
        "model": model.id,
        "prompt": prompt_text(request, model, preset, own if is_inside else {}),
        "n": _count(request, model),
        **_shape(request, model),
    }
    if request.quality and (model.qualities or preset.knows_gpt):
        fields["quality"] = _quality(request, model)
    if request.seed is not None and model.has_seed and not preset.seed:
        fields["seed"] = request.seed
    if preset.response_format:
        fields["response_format"] = preset.response_format
    return fields if is_inside else fields | own


def _count(request: PredictionRequest, model: ModelInfo) -> int:
    if not 1 <= request.count <= model.max_count:
        raise UsageError(
            f"{request.count} pictures at once are not possible.",
            f'The model "{model.id}" makes 1 to {model.max_count}.',
        )
    return request.count


def _quality(request: PredictionRequest, model: ModelInfo) -> str:
    if model.qualities and request.quality not in model.qualities:
        raise UsageError(
            f'The model "{model.id}" has no quality "{request.quality}".',
            f"It has: {', '.join(model.qualities)}.",
        )
    return request.quality


def _shape(request: PredictionRequest, model: ModelInfo) -> dict[str, str]:
    """The size, or the nearest of the proportions where a model knows only those."""
    size = _size(request, model)
    if not model.aspect_ratios:
        return {"size": str(size)}
    return {"aspect_ratio": min(model.aspect_ratios, key=lambda text: _misfit(text, size))}


def _misfit(text: str, size: Size) -> float:
    width, _, height = text.partition(":")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        return float("inf")
    ratio = int(width) * size.height / (int(height) * size.width)
    return max(ratio, 1 / ratio)


def _size(request: PredictionRequest, model: ModelInfo) -> Size:
    picture = request.image(InputRole.INPUT)
    size = request.size or (picture.size if picture else _DEFAULT_SIZE)
    has_mask = request.image(InputRole.MASK) is not None
    sizes = model.sizes_for(request.operation, is_masked=has_mask)
    if not sizes.allows(size):
        nearest, _scale = sizes.canvas_for(size)
        raise UsageError(
            f'The model "{model.id}" cannot make a picture of {size}.', f"It could be {nearest}."
        )
    return size


def _pictures(request: PredictionRequest, model: ModelInfo) -> tuple[InputImage, ...]:
    """The picture to change and those to go by; the mask is not among them."""
    pictures = tuple(image for image in request.images if image.role is not InputRole.MASK)
    references = sum(image.role is InputRole.REFERENCE for image in pictures)
    if references > model.max_references:
        raise UsageError(
            f"{references} reference pictures are too many.",
            f'The model "{model.id}" takes {model.max_references}.',
        )
    is_new = request.operation is Operation.GENERATE
    if not is_new and (not pictures or pictures[0].role is not InputRole.INPUT):
        raise UsageError("There is no picture to edit.", "Open a picture first.")
    for image in pictures:
        if len(image.png) > _MAX_PICTURE_BYTES:
            raise UsageError(
                f"A picture of {len(image.png) / 1_000_000:.0f} MB is too large to be sent.",
                "Work on a smaller part of it.",
            )
    return pictures


def _shown(request: PredictionRequest, pictures: tuple[InputImage, ...]) -> Iterable[bytes]:
    """For a model without masks: the picture, its marked copy, then the references."""
    mask = request.image(InputRole.MASK)
    yield pictures[0].png
    if mask is not None:
        yield marked_png(pictures[0], mask)
    yield from (image.png for image in pictures[1:])


def _reference(png: bytes) -> dict[str, Any]:
    url = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
    return {"type": "image_url", "image_url": {"url": url}}


def _files(
    request: PredictionRequest, pictures: tuple[InputImage, ...], preset: OpenAIPreset
) -> tuple[FilePart, ...]:
    """One picture is the part `image`, several are `image[]`; the mask belongs to the first."""
    name = "image" if len(pictures) == 1 else "image[]"
    files = [
        FilePart(name, f"image-{index}.png", "image/png", image.png)
        for index, image in enumerate(pictures, start=1)
    ]
    mask = request.image(InputRole.MASK)
    if mask is not None:
        png = _mask_png(mask, pictures[0].size, preset)
        if len(png) > _MAX_MASK_BYTES:
            raise UsageError("The mask is too complex to be sent.", "Paint it with a harder brush.")
        files.append(FilePart(preset.mask_field, "mask.png", "image/png", png))
    return tuple(files)


def _mask_png(mask: InputImage, size: Size, preset: OpenAIPreset) -> bytes:
    if preset.mask is MaskConvention.WHITE:
        return polar_mask_png(mask, size, white_changes=True)
    return dual_mask_png(mask, size)


def _texts(fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Values as a form holds them."""
    return tuple(
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in fields.items()
    )


def _json_call(path: str, fields: Mapping[str, Any]) -> HttpCall:
    body = json.dumps(fields, ensure_ascii=False).encode("utf-8")
    return HttpCall("POST", path, body, "application/json", is_paid=True)
