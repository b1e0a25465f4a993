"""A `PredictionRequest` as the `input` object of a Replicate model."""

from collections.abc import Callable
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.checked_options import checked_options
from aipaint.providers.mask_png import polar_mask_png
from aipaint.providers.model_info import MaskConvention
from aipaint.providers.replicate_model import INVERT_MASK, ReplicateModel
from aipaint.providers.request import InputImage, InputRole, Operation, PredictionRequest, Size

Place = Callable[[bytes, str], str]
"""Puts PNG bytes with a file name somewhere the model can read them; the address."""

_ANOTHER = "another version of the same picture"


def check_request(request: PredictionRequest, model: ReplicateModel) -> None:
    """Everything that would only be refused, before anything leaves. Raises UsageError."""
    info = model.info
    if request.operation not in info.operations:
        raise UsageError(
            f'"{request.operation.value}" cannot be done with the model "{info.id}".',
            "Choose another model or provider.",
        )
    if not 1 <= request.count <= info.max_count:
        raise UsageError(
            f"{request.count} pictures at once are not possible.",
            f'The model "{info.id}" makes 1 to {info.max_count}.',
        )
    if info.needs_prompt and not _prompt(request, model):
        raise UsageError("There is no prompt.", "Say in words what you want to see.")
    if request.operation is not Operation.GENERATE and request.image(InputRole.INPUT) is None:
        raise UsageError("There is no picture to work on.", "Open a picture first.")
    if model.wiring.mask and _needs_mask(request, model):
        raise UsageError("There is no mask.", "Paint over what should change.")


def _needs_mask(request: PredictionRequest, model: ReplicateModel) -> bool:
    if request.image(InputRole.MASK) is not None or request.operation is Operation.GENERATE:
        return False
    return model.is_mask_required or request.operation is Operation.REMOVE


def request_input(
    request: PredictionRequest, model: ReplicateModel, place: Place
) -> dict[str, Any]:
    """The fields to send; what the user did not touch is left to the server. Raises UsageError."""
    check_request(request, model)
    options = checked_options(model.info, request.extra)
    is_inverted = options.pop(INVERT_MASK, False) is True
    return (
        dict(model.always)
        | _texts(request, model)
        | _figures(request, model)
        | _pictures(request, model, place, is_inverted=is_inverted)
        | options
    )


def version_for(request: PredictionRequest, model: ReplicateModel) -> str:
    """Which version to order: an option may exist in another one only."""
    names = {key for key, _ in request.extra}
    for option, version in model.versions_with:
        if option in names:
            return version
    return model.version


def unused_parts(request: PredictionRequest, model: ReplicateModel) -> tuple[str, ...]:
    """What was asked for and the model has no field for."""
    wiring = model.wiring
    left_out = []
    if request.seed is not None and not wiring.seed:
        left_out.append("This model takes no seed; it was not used.")
    if request.negative_prompt.strip() and not wiring.negative_prompt:
        left_out.append("This model takes no negative prompt; it was not used.")
    if request.prompt.strip() and not wiring.prompt:
        left_out.append("This model takes no prompt; it was not used.")
    return tuple(left_out)


def _prompt(request: PredictionRequest, model: ReplicateModel) -> str:
    of_its_own = _ANOTHER if request.operation is Operation.VARIATIONS else ""
    return request.prompt.strip() or model.default_prompt or of_its_own


def _texts(request: PredictionRequest, model: ReplicateModel) -> dict[str, Any]:
    wiring = model.wiring
    texts = (
        (wiring.prompt, _prompt(request, model)),
        (wiring.negative_prompt, request.negative_prompt.strip()),
    )
    return {name: text for name, text in texts if name and text}


def _figures(request: PredictionRequest, model: ReplicateModel) -> dict[str, Any]:
    wiring = model.wiring
    picture = request.image(InputRole.INPUT)
    size = request.size or (picture.size if picture else None)
    figures: dict[str, Any] = {}
    if wiring.count and request.count > 1:
        figures[wiring.count] = request.count
    if wiring.seed and request.seed is not None:
        figures[wiring.seed] = request.seed
    if size is not None and wiring.width and wiring.height:
        figures |= {wiring.width: size.width, wiring.height: size.height}
    if size is not None and wiring.aspect_ratio and picture is None:
        figures[wiring.aspect_ratio] = _nearest_ratio(size, wiring.aspect_ratios)
    return {name: value for name, value in figures.items() if value != ""}


def _nearest_ratio(size: Size, ratios: tuple[str, ...]) -> str:
    """The named ratio that differs least; "" where there is none to choose from."""

    def distance(ratio: str) -> float:
        width, _, height = ratio.partition(":")
        return abs(size.width * int(height) - size.height * int(width)) / (
            size.width * int(height) + size.height * int(width)
        )

    return min(ratios, key=distance, default="")


def _pictures(
    request: PredictionRequest, model: ReplicateModel, place: Place, *, is_inverted: bool
) -> dict[str, Any]:
    wiring = model.wiring
    fields: dict[str, Any] = {}
    picture = request.image(InputRole.INPUT)
    if picture is not None and wiring.image:
        address = place(picture.png, "image.png")
        fields[wiring.image] = [address] if wiring.is_image_list else address
    mask = request.image(InputRole.MASK)
    if mask is not None and picture is not None and wiring.mask:
        is_white = (model.info.mask is not MaskConvention.BLACK) != is_inverted
        fields[wiring.mask] = place(
            polar_mask_png(mask, picture.size, white_changes=is_white), "mask.png"
        )
    references = [_reference(image, place) for image in request.images if _is_reference(image)]
    if references and wiring.references == wiring.image and wiring.is_image_list:
        fields[wiring.image] = [*fields.get(wiring.image, []), *references]
    elif references and wiring.references:
        fields[wiring.references] = references
    return fields


def _is_reference(image: InputImage) -> bool:
    return image.role is InputRole.REFERENCE


def _reference(image: InputImage, place: Place) -> str:
    return place(image.png, "reference.png")
