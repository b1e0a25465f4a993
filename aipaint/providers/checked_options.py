"""What a user typed as `--option KEY=VALUE`, checked against the model's own fields."""

import difflib
from collections.abc import Iterable
from typing import Any

from aipaint.errors import UsageError
from aipaint.providers.model_info import ModelInfo
from aipaint.providers.request import Operation

_SHOWN = 15


def checked_options(
    model: ModelInfo, typed: Iterable[tuple[str, str]], operation: Operation | None = None
) -> dict[str, Any]:
    """The fields as values to send; what is to be left to the server is not in it.

    Raises UsageError for an unknown key or a bad value, and for one that this operation does not
    take. Where the model's fields are not known, every text is passed on as it is.
    """
    values: dict[str, Any] = {}
    for key, text in typed:
        value = _checked(model, key, text, operation)
        if value is not None:
            values[key] = value
    return values


def _checked(model: ModelInfo, key: str, text: str, operation: Operation | None) -> Any:
    for field in model.options or ():
        if field.name == key:
            if operation is not None and not field.is_for(operation):
                raise UsageError(
                    f'The model "{model.id}" has no option "{key}" for {operation.value}.',
                    "Leave it out.",
                )
            return field.value_of(text)
    if model.options is None and key not in dict(model.taken):
        return text
    place = dict(model.taken).get(key)
    if place is not None:
        raise UsageError(f'"{key}" cannot be set as an extra option.', f"It is taken from {place}.")
    raise UsageError(f'The model "{model.id}" has no option "{key}".', _what_it_has(model, key))


def _what_it_has(model: ModelInfo, key: str) -> str:
    names = [field.name for field in model.options or ()]
    if not names:
        return "It has none: leave it out."
    near = difflib.get_close_matches(key, names, 1)
    if near:
        return f'Did you mean "{near[0]}"?'
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"It takes: {', '.join(names[:_SHOWN])}{rest}."
