"""`Wish`: what the panel's fields mean for the picture as it is, or why they mean nothing yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aipaint.document.picture import Picture
from aipaint.errors import AipaintError, UsageError
from aipaint.generation.beyond import reaches_beyond
from aipaint.generation.options import GenerateOptions, choose_operation
from aipaint.providers.request import Operation
from aipaint.ui.panels.model_chooser import ModelChooser
from aipaint.ui.panels.request_details import RequestDetails

if TYPE_CHECKING:
    from aipaint.providers.model_info import ModelInfo


@dataclass(frozen=True)
class Wish:
    """`options` is None where `problem` says what is missing."""

    options: GenerateOptions | None = None
    operation: Operation | None = None
    problem: str = ""


@dataclass(frozen=True)
class Words:
    """What was typed."""

    prompt: str
    negative: str = ""


def has_pixels(picture: Picture) -> bool:
    """Something is painted on a visible layer."""
    return any(len(layer.tiles) and layer.style.is_visible for layer in picture.layers)


def wanted_operation(picture: Picture, prompt: str) -> Operation | None:
    """What Generate would do now; None where nothing is meant yet."""
    try:
        return _operation(picture, prompt)
    except UsageError:
        return None


def takes_negative(model: "ModelInfo") -> bool:
    """Whether the model hears of what should not be there, in whatever way."""
    return model.has_negative_prompt or model.folds_negative_prompt


def read_wish(
    picture: Picture, chooser: ModelChooser, details: RequestDetails, words: Words
) -> Wish:
    """The options that the fields stand for."""
    provider = chooser.provider
    if provider is None:
        return Wish(problem="Starting…")
    try:
        operation = _operation(picture, words.prompt)
        model = chooser.model()
    except AipaintError as error:
        return Wish(problem=str(error))
    if model is None:
        return Wish(problem="Choose a model.")
    problem = _problem(operation, model, words.prompt, is_offline=not provider.is_paid)
    problem = problem or details.problem()
    if problem:
        return Wish(operation=operation, problem=problem)
    options = GenerateOptions(
        operation=operation,
        provider=provider.name,
        model=model.id,
        prompt=words.prompt.strip(),
        negative_prompt=words.negative.strip() if takes_negative(model) else "",
        quality=details.quality,
        count=chooser.count.value,
        seed=details.seed,
        size=details.asked_size(),
        extra=details.extra,
        references=details.references.images,
    )
    return Wish(options, operation)


def _operation(picture: Picture, prompt: str) -> Operation:
    return choose_operation(
        has_pixels=has_pixels(picture),
        has_mask=len(picture.mask) > 0,
        has_prompt=bool(prompt.strip()),
        is_beyond=reaches_beyond(picture),
    )


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
    if operation is Operation.OUTPAINT:
        return _problem_beyond(prompt, is_offline=is_offline)
    if model.needs_prompt and not prompt.strip():
        return "Say in the prompt what should be in the masked area."
    return ""


def _problem_beyond(prompt: str, *, is_offline: bool) -> str:
    """Painting on needs words online, and takes none here."""
    if is_offline and prompt.strip():
        return (
            "The offline engine takes no prompt. Clear it to paint the picture on for free, or "
            "choose an online provider."
        )
    if not is_offline and not prompt.strip():
        return "Say what lies beyond the edge, or choose Offline to paint on for free."
    return ""
