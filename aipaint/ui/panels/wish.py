"""`Wish`: what the panel's fields mean for the picture as it is, or why they mean nothing yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.options import GenerateOptions, choose_operation
from aipaint.providers.request import Operation
from aipaint.ui.panels.model_chooser import ModelChooser

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo


@dataclass(frozen=True)
class Wish:
    """`options` is None where `problem` says what is missing."""

    options: GenerateOptions | None = None
    operation: Operation | None = None
    problem: str = ""


def has_pixels(picture: Picture) -> bool:
    """Something is painted on a visible layer."""
    return any(len(layer.tiles) and layer.style.is_visible for layer in picture.layers)


def read_wish(picture: Picture, chooser: ModelChooser, prompt: str, negative: str) -> Wish:
    """The options that the fields stand for."""
    provider = chooser.provider
    if provider is None:
        return Wish(problem="Starting…")
    try:
        operation = choose_operation(
            has_pixels=has_pixels(picture),
            has_mask=len(picture.mask) > 0,
            has_prompt=bool(prompt.strip()),
        )
        model = chooser.model()
    except AipaintError as error:
        return Wish(problem=str(error))
    if model is None:
        return Wish(problem="Choose a model.")
    problem = _problem(operation, model, prompt, is_offline=not provider.is_paid)
    if problem:
        return Wish(operation=operation, problem=problem)
    options = GenerateOptions(
        operation=operation,
        provider=provider.name,
        model=model.id,
        prompt=prompt.strip(),
        negative_prompt=negative.strip() if model.has_negative_prompt else "",
        quality=chooser.quality,
        count=chooser.count.value,
    )
    return Wish(options, operation)


def _problem(operation: Operation, model: "ModelInfo", prompt: str, *, is_offline: bool) -> str:
    if operation not in model.operations:
        if operation is Operation.REMOVE:
            return "Say in the prompt what should be in the masked area."
        if is_offline:
            return (
                "The offline engine takes no prompt. Choose an online provider, or clear the "
                "prompt to remove what is masked."
            )
        return f"{model.id} cannot do this. Choose another model."
    if model.needs_prompt and not prompt.strip():
        return "Say in the prompt what should be in the masked area."
    return ""
