"""Recipes of layers inside an .ora file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aipaint.document.recipe import Recipe
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.ora_pieces import Pieces, parse_pieces, whole

_LONGEST_TEXT = 100_000
_MOST_CANDIDATES = 1000


@dataclass(frozen=True, eq=False)
class StoredRecipe:
    """A recipe whose mask is still in its pieces; None: it had no mask."""

    recipe: Recipe
    mask: Pieces | None

    def with_mask(self, mask: TileMap | None) -> Recipe:
        return replace(self.recipe, mask=mask)


def recipe_entry(recipe: Recipe, mask: Sequence[object] | None) -> dict[str, object]:
    """What `parse_recipe` reads; `mask` says where its pieces are."""
    crop = recipe.crop
    return {
        "job_id": recipe.job_id,
        "candidate_id": recipe.candidate_id,
        "candidate_ids": list(recipe.candidate_ids),
        "operation": recipe.operation,
        "provider": recipe.provider,
        "model": recipe.model,
        "prompt": recipe.prompt,
        "cost_micros": recipe.cost_micros,
        "crop": [crop.x, crop.y, crop.width, crop.height],
        "input_hash": recipe.input_hash,
        "asked": recipe.asked,
        "mask": mask,
    }


def parse_recipe(value: object) -> StoredRecipe | None:
    """From `document.json`; None for what is malformed: the layer is worth having without it."""
    if not isinstance(value, dict):
        return None
    try:
        cost = value["cost_micros"]
        if not isinstance(cost, int) or cost < 0:
            return None
        recipe = Recipe(
            job_id=_text(value["job_id"]),
            candidate_id=_text(value["candidate_id"]),
            candidate_ids=tuple(_text(one) for one in value["candidate_ids"][:_MOST_CANDIDATES]),
            operation=_text(value["operation"]),
            provider=_text(value["provider"]),
            model=_text(value["model"]),
            prompt=_text(value["prompt"]),
            cost_micros=cost,
            crop=Rect(*(whole(number) for number in value["crop"])),
            input_hash=_text(value["input_hash"]),
            asked=_text(value["asked"]),
        )
        mask = value["mask"]
        return StoredRecipe(recipe, None if mask is None else parse_pieces(mask))
    except (ValueError, TypeError, LookupError):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("no text of a reasonable length")
    return value
