"""A `PredictionRequest` as the HTTP request the images API wants: JSON or a multipart form."""

import json
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.http_call import HttpCall
from aipaint.providers.mask_png import dual_mask_png
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.multipart import FilePart, multipart_body
from aipaint.providers.openai_options import checked_fields
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size

_MAX_PICTURE_BYTES = 50_000_000
_MAX_MASK_BYTES = 4_000_000
_DEFAULT_SIZE = Size(1024, 1024)

_PROMPT_OF_ITS_OWN = {
    Operation.REMOVE: "Remove what is in the masked area and fill it with what would be behind it,"
    " continuing the surroundings. Change nothing else.",
    Operation.OUTPAINT: "Continue the picture naturally into the masked area. Change nothing else.",
}


def images_call(request: PredictionRequest, model: ModelInfo) -> HttpCall:
    """The paid call for this request; nothing has been sent yet.

    Raises UsageError for everything that the server would only refuse.
    """
    if request.operation not in model.operations:
        raise UsageError(
            f'"{request.operation.value}" cannot be done with the model "{model.id}".',
            "Choose another provider or model.",
        )
    fields = _fields(request, model)
    if request.operation is Operation.GENERATE:
        body = json.dumps(fields, ensure_ascii=False).encode("utf-8")
        return HttpCall("POST", "images/generations", body, "application/json", is_paid=True)
    texts = tuple((name, str(value)) for name, value in fields.items())
    body, content_type = multipart_body(texts, _files(request))
    return HttpCall("POST", "images/edits", body, content_type, is_paid=True)


def _fields(request: PredictionRequest, model: ModelInfo) -> dict[str, Any]:
    """The size is always explicit; `response_format` never there: GPT models refuse it."""
    fields: dict[str, Any] = {
        "model": model.id,
        "prompt": _prompt(request, model),
        "n": _count(request, model),
        "size": str(_size(request, model)),
    }
    if request.quality:
        fields["quality"] = _quality(request, model)
    return fields | checked_fields(request.extra, model.id, request.operation)


def _prompt(request: PredictionRequest, model: ModelInfo) -> str:
    """There is no field for a negative prompt: it becomes a last sentence."""
    prompt = request.prompt.strip() or _PROMPT_OF_ITS_OWN.get(request.operation, "")
    if not prompt:
        raise UsageError("There is no prompt.", "Say in words what you want to see.")
    negative = request.negative_prompt.strip()
    if negative:
        prompt = f"{prompt}\n\nAvoid: {negative}"
    if model.prompt_limit and len(prompt) > model.prompt_limit:
        raise UsageError(
            f"The prompt has {len(prompt)} characters, the model takes {model.prompt_limit}.",
            "Shorten the prompt.",
        )
    return prompt


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


def _size(request: PredictionRequest, model: ModelInfo) -> Size:
    picture = request.image(InputRole.INPUT)
    size = request.size or (picture.size if picture else _DEFAULT_SIZE)
    if not model.sizes.allows(size):
        nearest, _scale = model.sizes.canvas_for(size)
        raise UsageError(
            f'The model "{model.id}" cannot make a picture of {size}.', f"It could be {nearest}."
        )
    return size


def _files(request: PredictionRequest) -> tuple[FilePart, ...]:
    """One picture is the part `image`, several are `image[]`; the mask belongs to the first."""
    pictures = tuple(image for image in request.images if image.role is not InputRole.MASK)
    if not pictures or pictures[0].role is not InputRole.INPUT:
        raise UsageError("There is no picture to edit.", "Open a picture first.")
    name = "image" if len(pictures) == 1 else "image[]"
    files = [_file(name, index, image) for index, image in enumerate(pictures, start=1)]
    mask = request.image(InputRole.MASK)
    if mask is not None:
        png = dual_mask_png(mask, pictures[0].size)
        if len(png) > _MAX_MASK_BYTES:
            raise UsageError("The mask is too complex to be sent.", "Paint it with a harder brush.")
        files.append(FilePart("mask", "mask.png", "image/png", png))
    return tuple(files)


def _file(name: str, index: int, image: InputImage) -> FilePart:
    if len(image.png) > _MAX_PICTURE_BYTES:
        raise UsageError(
            f"A picture of {len(image.png) / 1_000_000:.0f} MB is too large to be sent.",
            "Work on a smaller part of it.",
        )
    return FilePart(name, f"image-{index}.png", "image/png", image.png)
