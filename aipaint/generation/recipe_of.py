"""Between what was asked for and the recipe that a layer keeps of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.document.recipe import Recipe
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.generation.crop_wish import CropWish
from aipaint.generation.options import DEFAULT_FEATHER_PIXELS, GenerateOptions
from aipaint.pixels.rect import Rect
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.tile import Pixels
from aipaint.providers.request import Operation, Size

_BAD_RECIPE = UsageError(
    "How this layer was made cannot be read any more.", "Mask the place and ask for it again."
)

_ALONE = (Operation.GENERATE, Operation.UPSCALE, Operation.CUTOUT)
"""Made once and for all: what lies below is hidden, enlarged or was never looked at."""


def params_of(options: GenerateOptions) -> dict[str, object]:
    """What was chosen besides the words, as rows and recipes hold it."""
    return {
        "quality": options.quality,
        "count": options.count,
        "seed": options.seed,
        "feather_pixels": options.feather_pixels,
        "size": str(options.size) if options.size else None,
        "extra": dict(options.extra),
        "crop": options.crop.value,
        "seam": options.seam.value,
    }


def with_params(options: GenerateOptions, params: Mapping[str, Any]) -> GenerateOptions:
    """The options with what was chosen then. Raises ValueError and the like for nonsense."""
    extra = params.get("extra") or {}
    return replace(
        options,
        quality=params.get("quality") or "",
        count=params.get("count") or 1,
        seed=params.get("seed"),
        feather_pixels=params.get("feather_pixels", DEFAULT_FEATHER_PIXELS),
        size=_size(params.get("size")),
        extra=tuple((str(key), str(value)) for key, value in extra.items()),
        crop=CropWish(params.get("crop", CropWish.AUTO.value)),
        seam=SeamFix(params.get("seam", SeamFix.NONE.value)),
    )


def recipe_of(
    options: GenerateOptions, picture: Picture, source: tuple[Rect, Pixels], model: str
) -> Recipe:
    """Without what is only known once the pictures are there. `source` is the crop: its place and
    its pixels, (h, w, 4) straight RGBA."""
    crop, pixels = source
    depends = options.operation not in _ALONE
    return Recipe(
        job_id="",
        candidate_id="",
        candidate_ids=(),
        operation=options.operation.value,
        provider=options.provider,
        model=model,
        prompt=options.prompt,
        cost_micros=0,
        crop=crop,
        input_hash=hash_of(pixels) if depends else "",
        asked=json.dumps(
            {
                "negative_prompt": options.negative_prompt,
                "references": len(options.references),
                **params_of(options),
            }
        ),
        mask=picture.mask.copy() if len(picture.mask) else None,
    )


def options_of_recipe(recipe: Recipe) -> GenerateOptions:
    """What to ask for to have it made again, without the pictures to go by (`references_of`).
    Raises UsageError for a recipe that is damaged."""
    try:
        asked = json.loads(recipe.asked)
        options = GenerateOptions(
            operation=Operation(recipe.operation),
            provider=recipe.provider,
            model=recipe.model,
            prompt=recipe.prompt,
            negative_prompt=str(asked["negative_prompt"]),
            is_fresh=True,
        )
        return with_params(options, asked)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise _BAD_RECIPE from error


def picture_below(picture: Picture, layer_id: str) -> Picture:
    """What lay under a layer when it was made: a snapshot without it and all above it, with the
    mask of its recipe. Main thread, or a worker on a snapshot."""
    below = picture.snapshot()
    index = below.index_of(layer_id)
    recipe = below.layers[index].recipe
    below.layers = [
        layer
        for number, layer in enumerate(below.layers)
        if number < index or (layer.is_group and number != index)
    ] or [Layer()]
    below.active_layer_id = below.layers[-1].id
    below.is_mask_active = False
    below.mask.swap(below.mask.cleared())
    if recipe is not None and recipe.mask is not None:
        below.mask = recipe.mask.copy()
    return below


def input_hash_of(picture: Picture, crop: Rect) -> str:
    """Of the pixels of a part of the canvas as they are now. On a worker."""
    return hash_of(render_straight(picture, crop))


def hash_of(pixels: Pixels) -> str:
    """Of pixels that are seen; those without alpha have no color."""
    seen = pixels if pixels[..., 3].all() else pixels * (pixels[..., 3:] > 0)
    size = f"{pixels.shape[1]}x{pixels.shape[0]}:".encode()
    return hashlib.sha256(size + seen.tobytes()).hexdigest()


def _size(text: object) -> Size | None:
    if not text:
        return None
    width, height = str(text).split("x")
    return Size(int(width), int(height))
