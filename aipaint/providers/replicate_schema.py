"""A record for any model by name, guessed from the schema on its page in the API.

The guesses: which field is the picture, the mask, the prompt, how many and how large; what the
model can do; and whether white or black of its mask is what changes (`invert_mask` turns it).
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from aipaint.providers.model_info import MaskConvention, ModelInfo
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.replicate_model import INVERT_MASK, ReplicateModel, Wiring
from aipaint.providers.request import Operation
from aipaint.providers.schema_options import schema_options
from aipaint.providers.size_rule import SizeRule

_PROMPTS = ("prompt", "text_prompt", "text", "instruction", "caption")
_NEGATIVES = ("negative_prompt", "negative", "n_prompt")
_IMAGES = (
    "image", "input_image", "img", "init_image", "image_input", "input_images", "images",
    "image_path", "picture", "photo", "source_image", "main_image", "input", "image_prompt",
)  # fmt: skip
_MASKS = ("mask", "mask_image", "image_mask", "mask_img", "inpaint_mask")
_COUNTS = ("num_outputs", "number_of_outputs", "num_images", "number_of_images", "n", "samples")
_HEX = re.compile(r"[0-9a-f]{64}")
_RATIO = re.compile(r"[1-9]\d{0,2}:[1-9]\d{0,2}")
_MOST_PICTURES = 10
_CHANGES = "paint|chang|modif|alter|discard|edit|replac|remov|generat|fill|eras|masked area"
_KEEPS = "preserv|kept|keep|unchanged|untouched|retain|protect"
_UPSCALERS = ("upscal", "esrgan", "super-resolution", "superres", "swinir")
_CUTTERS = ("remove-bg", "rembg", "background-remov", "remove-background", "bg-remov")


def invert_field(mask: MaskConvention) -> OptionField:
    """The switch for a mask that is read the other way round."""
    usual = "black" if mask is MaskConvention.BLACK else "white"
    return OptionField(
        name=INVERT_MASK,
        kind=OptionKind.SWITCH,
        default=False,
        description=f"{usual.capitalize()} is what changes. Turn this on if the model changes "
        "what you did not mask.",
    )


def model_from_page(model_id: str, page: object) -> ReplicateModel | None:
    """From the answer of `GET /models/owner/name`; None if it holds no model."""
    version = page.get("latest_version") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(version, dict):
        return None
    fields = schema_options(version.get("openapi_schema"))
    version_id = version.get("id")
    is_official = page.get("is_official") is True
    known_version = isinstance(version_id, str) and _HEX.fullmatch(version_id) is not None
    use_version = version_id if known_version and not is_official else ""
    model = model_from_fields(model_id, fields)
    return replace(
        model,
        version=use_version if isinstance(use_version, str) else "",
        is_billed_by_time=not is_official,
    )


def model_from_fields(model_id: str, fields: tuple[OptionField, ...]) -> ReplicateModel:
    """The record that fits these fields."""
    by_name = {field.name: field for field in fields}
    wiring = _wiring(by_name)
    mask = _polarity(by_name.get(wiring.mask))
    taken = wiring.taken()
    names = {name for name, _ in taken}
    options = tuple(field for field in fields if field.name not in names)
    if wiring.mask and INVERT_MASK not in by_name:
        options = (*options, invert_field(mask))
    count = by_name.get(wiring.count)
    prompt = by_name.get(wiring.prompt)
    info = ModelInfo(
        id=model_id,
        provider="replicate",
        operations=_operations(model_id, wiring, by_name),
        sizes=_sizes(by_name, wiring),
        label=model_id.partition(":")[0],
        max_count=_most(count),
        max_references=8 if wiring.is_image_list else 0,
        has_seed=bool(wiring.seed),
        has_negative_prompt=bool(wiring.negative_prompt),
        needs_prompt=prompt is not None and prompt.is_required,
        mask=mask if wiring.mask else MaskConvention.NONE,
        formats=_formats(by_name),
        options=options,
        taken=taken,
    )
    mask_field = by_name.get(wiring.mask)
    return ReplicateModel(
        info,
        wiring,
        is_mask_required=mask_field is not None and mask_field.is_required,
    )


def _wiring(fields: dict[str, OptionField]) -> Wiring:
    files = {name: field for name, field in fields.items() if field.kind is OptionKind.FILE}
    mask = _first(_MASKS, files) or next((name for name in files if "mask" in name.lower()), "")
    pictures = [name for name in files if name != mask and "mask" not in name.lower()]
    image = _first(_IMAGES, pictures) or next(
        (name for name in pictures if "image" in name.lower() or "img" in name.lower()), ""
    )
    if not image and len(pictures) == 1 and fields[pictures[0]].is_required:
        image = pictures[0]
    is_list = bool(image) and fields[image].is_list
    width, height = _number_named("width", fields), _number_named("height", fields)
    ratios = _ratios(fields.get("aspect_ratio"))
    return Wiring(
        prompt=_first(_PROMPTS, _of(fields, OptionKind.TEXT)),
        negative_prompt=_first(_NEGATIVES, _of(fields, OptionKind.TEXT)),
        image=image,
        mask=mask,
        count=_first(_COUNTS, _of(fields, OptionKind.WHOLE, OptionKind.CHOICE)),
        seed=_first(("seed",), _of(fields, OptionKind.WHOLE)),
        width=width if height else "",
        height=height if width else "",
        aspect_ratio="aspect_ratio" if ratios and not (width and height) else "",
        references=image if is_list else "",
        is_image_list=is_list,
        aspect_ratios=ratios,
    )


def _first(names: Iterable[str], among: Iterable[str]) -> str:
    there = set(among)
    return next((name for name in names if name in there), "")


def _of(fields: dict[str, OptionField], *kinds: OptionKind) -> list[str]:
    return [name for name, field in fields.items() if field.kind in kinds]


def _number_named(name: str, fields: dict[str, OptionField]) -> str:
    field = fields.get(name)
    if field is None:
        return ""
    is_number = field.kind in (OptionKind.WHOLE, OptionKind.NUMBER) or (
        field.kind is OptionKind.CHOICE and all(type(one) is int for one in field.choices)
    )
    return name if is_number else ""


def _ratios(field: OptionField | None) -> tuple[str, ...]:
    choices = field.choices if field is not None else ()
    return tuple(str(one) for one in choices if _RATIO.fullmatch(str(one)))


def _polarity(field: OptionField | None) -> MaskConvention:
    """From the words of the mask's description; white where it says nothing."""
    if field is None:
        return MaskConvention.WHITE
    said = field.description.lower()
    changes, keeps = f"(?:{_CHANGES})", f"(?:{_KEEPS})"
    is_black = re.search(rf"black[^.,;]{{0,40}}{changes}|white[^.,;]{{0,40}}{keeps}", said)
    is_white = re.search(rf"white[^.,;]{{0,40}}{changes}", said)
    return MaskConvention.BLACK if is_black and not is_white else MaskConvention.WHITE


def _operations(
    model_id: str, wiring: Wiring, fields: dict[str, OptionField]
) -> frozenset[Operation]:
    name = model_id.partition(":")[0].lower()
    if not wiring.image:
        return frozenset({Operation.GENERATE})
    if any(word in name for word in _CUTTERS):
        return frozenset({Operation.CUTOUT})
    if any(word in name for word in _UPSCALERS):
        return frozenset({Operation.UPSCALE})
    found = {Operation.EDIT, Operation.VARIATIONS} if wiring.prompt else {Operation.EDIT}
    if wiring.mask:
        found |= {Operation.REMOVE, Operation.OUTPAINT}
    if wiring.prompt and not fields[wiring.image].is_required:
        found.add(Operation.GENERATE)
    return frozenset(found)


def _most(count: OptionField | None) -> int:
    """How many pictures one order may ask for."""
    if count is None:
        return 1
    largest: object = count.maximum
    if count.choices:
        largest = max((one for one in count.choices if type(one) is int), default=1)
    return max(1, min(largest, _MOST_PICTURES)) if isinstance(largest, int) else 1


def _sizes(fields: dict[str, OptionField], wiring: Wiring) -> SizeRule:
    """From width's and height's own limits: listed sizes become their step and their largest."""
    if not (wiring.width and wiring.height):
        return SizeRule()
    edges = [_largest(fields[name]) for name in (wiring.width, wiring.height)]
    steps = [_step(fields[name]) for name in (wiring.width, wiring.height)]
    largest = min((edge for edge in edges if edge), default=0)
    step = max(steps)
    return SizeRule(multiple=step, max_edge=largest - largest % step if largest >= step else 0)


def _largest(field: OptionField) -> int:
    numbers = [one for one in field.choices if type(one) is int]
    if numbers:
        return max(max(numbers), 0)
    return max(0, int(field.maximum)) if field.maximum is not None else 0


def _step(field: OptionField) -> int:
    numbers = sorted(one for one in field.choices if type(one) is int)
    gaps = {after - before for before, after in pairwise(numbers)}
    stated = re.search(r"multiple of (\d{1,3})", field.description.lower())
    if len(gaps) == 1:
        return max(1, *gaps)
    return max(1, int(stated[1])) if stated else 8


def _formats(fields: dict[str, OptionField]) -> tuple[str, ...]:
    field = fields.get("output_format")
    return tuple(str(one) for one in field.choices) if field is not None else ()
