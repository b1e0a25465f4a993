"""What OpenRouter says of a model: its typed parameters, as a record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aipaint.providers.model_info import ModelInfo
from aipaint.providers.option_field import OptionField, OptionKind
from aipaint.providers.request import Operation

_MOST_PICTURES = 10
_MAX_CHOICES = 200
_PLACED = ("prompt", "model", "n", "size", "quality", "seed", "aspect_ratio", "input_references")


def with_descriptors(model: ModelInfo, row: Mapping[str, Any]) -> ModelInfo:
    """The record with what `supported_parameters` say; without them it stays as it is."""
    descriptors = _descriptors(row.get("supported_parameters"))
    name = row.get("name")
    if isinstance(name, str) and name.isprintable():
        model = replace(model, label=name[:80])
    if not descriptors:
        return model
    takes_pictures = "input_references" in descriptors
    qualities = _values(descriptors.get("quality"))
    return replace(
        model,
        operations=model.operations if takes_pictures else frozenset({Operation.GENERATE}),
        qualities=qualities,
        default_quality="medium" if "medium" in qualities else "",
        max_count=_most(descriptors.get("n"), 1),
        max_references=max(0, _most(descriptors.get("input_references"), 4) - 2)
        if takes_pictures
        else 0,
        has_seed="seed" in descriptors,
        backgrounds=_values(descriptors.get("background")),
        formats=_values(descriptors.get("output_format")),
        has_compression="output_compression" in descriptors,
        aspect_ratios=() if "size" in descriptors else _values(descriptors.get("aspect_ratio")),
        options=_options(descriptors, can_stream=row.get("supports_streaming") is True),
    )


def _descriptors(parameters: Any) -> dict[str, Mapping[str, Any]]:
    """By name: from a table, or from a list of tables with names."""
    if isinstance(parameters, Mapping):
        rows = list(parameters.items())
    elif isinstance(parameters, list):
        named = [row for row in parameters if isinstance(row, Mapping)]
        rows = [(row.get("name"), row) for row in named]
    else:
        return {}
    return {
        name: row
        for name, row in rows[:_MAX_CHOICES]
        if isinstance(name, str) and isinstance(row, Mapping) and name.isidentifier()
    }


def _values(descriptor: Mapping[str, Any] | None) -> tuple[str, ...]:
    values = descriptor.get("values") if descriptor is not None else None
    texts = values if isinstance(values, list) else []
    return tuple(text for text in texts[:_MAX_CHOICES] if isinstance(text, str))


def _most(descriptor: Mapping[str, Any] | None, default: int) -> int:
    most = descriptor.get("max") if descriptor is not None else None
    return min(most, _MOST_PICTURES) if isinstance(most, int) and most > 0 else default


def _options(
    descriptors: Mapping[str, Mapping[str, Any]], *, can_stream: bool
) -> tuple[OptionField, ...]:
    """Everything that has no place of its own."""
    fields = [
        _field(name, row, order)
        for order, (name, row) in enumerate(descriptors.items())
        if name not in _PLACED and name not in ("stream", "provider")
    ]
    if can_stream:
        fields.append(OptionField("stream", OptionKind.SWITCH, default=False, order=len(fields)))
    return tuple(fields)


def _field(name: str, row: Mapping[str, Any], order: int) -> OptionField:
    values = _values(row)
    if values:
        return OptionField(name, OptionKind.CHOICE, choices=values, order=order)
    low, high = row.get("min"), row.get("max")
    if isinstance(low, int | float) or isinstance(high, int | float):
        is_whole = isinstance(low, int) and isinstance(high, int)
        kind = OptionKind.WHOLE if is_whole else OptionKind.NUMBER
        return OptionField(
            name,
            kind,
            minimum=low if isinstance(low, int | float) else None,
            maximum=high if isinstance(high, int | float) else None,
            order=order,
        )
    kind = OptionKind.SWITCH if row.get("type") == "boolean" else OptionKind.TEXT
    return OptionField(name, kind, order=order)
