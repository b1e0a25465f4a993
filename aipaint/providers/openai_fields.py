"""The fields of the images API beside prompt, size, quality and number: which there are, and what
is sent of them."""

import json
import re
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.checked_options import checked_options
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.openai_preset import IMAGES
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.request import Operation, PredictionRequest

TAKEN = (
    ("prompt", "the prompt"),
    ("model", "--model"),
    ("n", "--count"),
    ("size", "--size"),
    ("quality", "--quality"),
    ("image", "the picture"),
    ("mask", "--mask"),
)
"""Fields that are filled from somewhere else."""

_WORDS = frozenset({Operation.GENERATE})
_EDITS = IMAGES - _WORDS
_LITERAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?|true|false")


def gpt_options(
    fidelities: tuple[str, ...] = (), *, has_complexity: bool = False
) -> tuple[OptionField, ...]:
    """The fields that a GPT image model takes."""
    fields = [
        _choice("background", ("auto", "transparent", "opaque"), "auto", "What is behind"),
        _choice("output_format", ("png", "webp", "jpeg"), "png", "The file that is sent back"),
        OptionField(
            "output_compression",
            OptionKind.WHOLE,
            default=100,
            minimum=0,
            maximum=100,
            description="Quality of webp and jpeg",
        ),
        _choice("moderation", ("auto", "low"), "auto", "How strict the safety system is", _WORDS),
        OptionField(
            "partial_images",
            OptionKind.WHOLE,
            default=0,
            minimum=0,
            maximum=3,
            description="Pictures shown while it paints; each costs about $0.003",
        ),
        OptionField(
            "stream",
            OptionKind.SWITCH,
            default=False,
            description="Keep the connection busy, for relays that give up early",
        ),
        OptionField(
            "safety_identifier", OptionKind.TEXT, description="A name for whoever asks, hashed"
        ),
    ]
    if fidelities:
        told = "How closely the picture is kept"
        fields.insert(3, _choice("input_fidelity", fidelities, "low", told, _EDITS))
    if has_complexity:
        told = "How much is planned before painting"
        fields.append(_choice("complexity", ("low", "medium", "high"), None, told))
    return tuple(fields)


def extra_fields(request: PredictionRequest, model: ModelInfo) -> dict[str, Any]:
    """The user's own fields as values to send. Raises UsageError that names a wrong one."""
    values = checked_options(model, request.extra, request.operation)
    if model.options is None:
        values = {name: _literal(text) for name, text in values.items()}
    if values.get("background") == "transparent" and values.get("output_format") == "jpeg":
        raise UsageError("A JPEG cannot be transparent.", "Choose png or webp as output_format.")
    if values.get("partial_images") == 0 and not values.get("stream"):
        del values["partial_images"]
    elif values.get("partial_images"):
        values["stream"] = True
    if values.get("stream") is False:
        del values["stream"]
    return values


def _choice(
    name: str,
    choices: tuple[str, ...],
    default: str | None,
    description: str,
    only_for: frozenset[Operation] = frozenset(),
) -> OptionField:
    return OptionField(
        name,
        OptionKind.CHOICE,
        default=default,
        choices=choices,
        description=description,
        only_for=only_for,
    )


def _literal(text: str) -> Any:
    """A number or a switch as such, for servers whose fields nobody described."""
    return json.loads(text) if _LITERAL.fullmatch(text) else text
