"""What an OpenAI-compatible adapter has to know, and the model's own fields a user may set."""

from dataclasses import dataclass, field
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.request import Operation

OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class OpenAIOptions:
    """Where to ask and with which key. The key is never shown."""

    api_key: str = field(default="", repr=False)
    base_url: str = OPENAI_BASE_URL
    model: str = ""  # empty: the adapter's default
    timeout_seconds: float = 600.0


_CHOICES: dict[str, tuple[str, ...]] = {
    "background": ("transparent", "opaque", "auto"),
    "output_format": ("png", "webp", "jpeg"),
    "moderation": ("auto", "low"),
    "input_fidelity": ("high", "low"),
    "complexity": ("low", "medium", "high"),
}
_FIDELITY_MODELS = ("gpt-image-1.5", "gpt-image-1-mini", "chatgpt-image-latest")
_HAVE_THEIR_OWN_OPTION = {
    "prompt": "the prompt",
    "model": "--model",
    "n": "--count",
    "size": "--size",
    "quality": "--quality",
    "image": "the picture",
    "mask": "--mask",
}
# Streaming changes the shape of the answer and, with partial pictures, its price.
_REFUSED = ("stream", "partial_images", "frame_count", "svg")


def checked_fields(
    extra: tuple[tuple[str, str], ...], model_id: str, operation: Operation
) -> dict[str, Any]:
    """The user's own fields as the request's values.

    Models of the gpt-image family take the listed fields only; for a model of another server
    every field is passed on as it was typed. Raises UsageError that names the field.
    """
    return {name: _checked(name, text, model_id, operation) for name, text in extra}


def _checked(name: str, text: str, model_id: str, operation: Operation) -> Any:
    if name in _HAVE_THEIR_OWN_OPTION:
        raise UsageError(
            f'"{name}" cannot be set as an extra option.',
            f"It is taken from {_HAVE_THEIR_OWN_OPTION[name]}.",
        )
    if name in _REFUSED:
        raise UsageError(f'The option "{name}" is not supported.', "Leave it out.")
    if not model_id.startswith(("gpt-image-", "chatgpt-image")):
        return text
    if name == "output_compression":
        return _percentage(name, text)
    if name == "safety_identifier":
        return text
    if name not in _allowed(model_id, operation):
        allowed = ", ".join((*_allowed(model_id, operation), "output_compression"))
        raise UsageError(
            f'The model "{model_id}" has no option "{name}" for {operation.value}.',
            f"It takes: {allowed}.",
        )
    if text not in _CHOICES[name]:
        raise UsageError(
            f'"{text}" is not a value of the option "{name}".',
            f"It takes: {', '.join(_CHOICES[name])}.",
        )
    return text


def _allowed(model_id: str, operation: Operation) -> tuple[str, ...]:
    names = [name for name in _CHOICES if name not in ("moderation", "input_fidelity")]
    if operation is Operation.GENERATE:
        names.append("moderation")
    elif model_id in _FIDELITY_MODELS:
        names.append("input_fidelity")
    if "2.6" not in model_id:
        names.remove("complexity")
    return tuple(names)


def _percentage(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:4]) > 100:
        raise UsageError(f'"{text}" is not a value of the option "{name}".', "It takes 0 to 100.")
    return int(text)
