"""`StaleLayer`: a layer made by a model from pixels that have changed since."""

from dataclasses import dataclass

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.recipe_of import input_hash_of, options_of_recipe, picture_below
from aipaint.money import Micros, format_usd


@dataclass(frozen=True)
class StaleLayer:
    """`cost_micros` is what running it again would cost, None where `problem` says why it cannot
    be."""

    layer_id: str
    label: str
    cost_micros: Micros | None
    problem: str = ""

    @property
    def sentence(self) -> str:
        """For a button or a tip."""
        if self.cost_micros is None:
            return f"What lies below has changed. {self.problem}"
        price = format_usd(self.cost_micros) if self.cost_micros else "free"
        return f"Run again: {price}"


def stale_layers(picture: Picture, desk: Desk) -> tuple[StaleLayer, ...]:
    """From the bottom up. On a worker, from a snapshot: what lies below each is composed."""
    return tuple(
        _priced(picture, layer, desk) for layer in picture.layers if is_stale(picture, layer)
    )


def is_stale(picture: Picture, layer: Layer) -> bool:
    """Whether what a layer was made from looks different now. On a worker, from a snapshot."""
    recipe = layer.recipe
    if recipe is None or not recipe.input_hash:
        return False
    return input_hash_of(picture_below(picture, layer.id), recipe.crop) != recipe.input_hash


def _priced(picture: Picture, layer: Layer, desk: Desk) -> StaleLayer:
    assert layer.recipe is not None
    try:
        options = options_of_recipe(layer.recipe)
        estimate = desk.estimate(picture_below(picture, layer.id), options)
        missing = desk.provider(options.provider).readiness()
    except AipaintError as error:
        return StaleLayer(layer.id, layer.name, None, str(error))
    if missing:
        return StaleLayer(layer.id, layer.name, None, missing)
    return StaleLayer(layer.id, layer.name, estimate.micros)
