"""`StaleLayer`: a layer made by a model from pixels that have changed since."""

from dataclasses import dataclass, replace

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError, UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.kept_references import references_of
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recipe_of import input_hash_of, options_of_recipe, picture_below
from aipaint.money import Micros, format_usd


@dataclass(frozen=True)
class StaleLayer:
    """`cost_micros` is what running it again would cost, None where `problem` says why it cannot
    be; `options` ask for the same, with the reference pictures that were sent then."""

    layer_id: str
    label: str
    cost_micros: Micros | None
    problem: str = ""
    options: GenerateOptions | None = None

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


def again_options(layer: Layer, desk: Desk) -> GenerateOptions:
    """What running a layer again asks for, its reference pictures included. On a worker.

    Raises UsageError for one without a recipe, or with a damaged one; UsageError and StorageError
    where its reference pictures are gone.
    """
    if layer.recipe is None:
        raise UsageError("This layer was not made by a model.")
    options = options_of_recipe(layer.recipe)
    return replace(options, references=references_of(layer.recipe, desk))


def _priced(picture: Picture, layer: Layer, desk: Desk) -> StaleLayer:
    try:
        options = again_options(layer, desk)
        estimate = desk.estimate(picture_below(picture, layer.id), options)
        missing = desk.provider(options.provider).readiness()
    except AipaintError as error:
        return StaleLayer(layer.id, layer.name, None, str(error))
    if missing:
        return StaleLayer(layer.id, layer.name, None, missing)
    return StaleLayer(layer.id, layer.name, estimate.micros, options=options)
