"""From a model's OpenAPI schema, as Replicate publishes it, to its option fields.

Schemas are written by thousands of people and several generations of one tool: whatever is not
understood becomes a JSON field, and nothing in a schema can make this fail.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from aipaint.providers.option_field import OptionField, OptionKind, Scalar

_MAX_FIELDS = 500
_MAX_CHOICES = 2000
_MAX_TEXT = 4000
_MAX_NAME = 200
_MAX_DEPTH = 8
_LAST = 10_000
_BY_TYPE = {
    "string": OptionKind.TEXT,
    "integer": OptionKind.WHOLE,
    "number": OptionKind.NUMBER,
    "boolean": OptionKind.SWITCH,
}


def schema_options(schema: object) -> tuple[OptionField, ...]:
    """The fields of `components.schemas.Input` in their order; none for anything unreadable."""
    schemas = _below(_below(schema, "components"), "schemas")
    source = _below(schemas, "Input")
    required = source.get("required")
    names = required if isinstance(required, list) else []
    fields = [
        _field(name, _merged(prop, schemas, 0), is_required=name in names)
        for name, prop in list(_below(source, "properties").items())[:_MAX_FIELDS]
        if _is_name(name)
    ]
    return tuple(sorted(fields, key=lambda field: (field.order, field.name)))


def _below(tree: object, key: str) -> dict[str, Any]:
    value = tree.get(key) if isinstance(tree, Mapping) else None
    return value if isinstance(value, dict) else {}


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _MAX_NAME and name.isprintable()


def _merged(prop: object, schemas: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """A property with its references followed; what stands beside a reference wins."""
    if not isinstance(prop, dict) or depth > _MAX_DEPTH:
        return {}
    merged: dict[str, Any] = {}
    for part in _parts(prop, schemas):
        merged |= _merged(part, schemas, depth + 1)
    merged |= {key: value for key, value in prop.items() if key not in ("allOf", "$ref")}
    return _one_of(merged, schemas, depth)


def _parts(prop: dict[str, Any], schemas: Mapping[str, Any]) -> Iterator[object]:
    reference = prop.get("$ref")
    if isinstance(reference, str):
        yield schemas.get(reference.rpartition("/")[2])
    parts = prop.get("allOf")
    yield from parts if isinstance(parts, list) else ()


def _one_of(merged: dict[str, Any], schemas: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """A union: "this or null" is this, nullable; texts in several forms are one text."""
    union = merged.get("anyOf") or merged.get("oneOf")
    if not isinstance(union, list) or not union:
        return merged
    kinds = [_merged(part, schemas, depth + 1) for part in union[:20]]
    real = [kind for kind in kinds if kind.get("type") != "null"]
    plain = {key: value for key, value in merged.items() if key not in ("anyOf", "oneOf")}
    if len(real) < len(kinds):
        plain["nullable"] = True
    if len(real) == 1:
        return real[0] | plain
    if real and all(kind.get("type") == "string" and "enum" not in kind for kind in real):
        is_uri = any(kind.get("format") == "uri" for kind in real)
        return plain | {"type": "string"} | ({"format": "uri"} if is_uri else {})
    if real and all(kind.get("type") in ("integer", "number") for kind in real):
        return plain | {"type": "number"}
    return plain


def _field(name: str, prop: dict[str, Any], *, is_required: bool) -> OptionField:
    type_, is_nullable = _type(prop)
    choices = _choices(prop)
    kind, is_list = _kind(prop, type_, choices)
    if kind is not OptionKind.CHOICE:
        choices = ()
    numeric = kind in (OptionKind.WHOLE, OptionKind.NUMBER)
    low = _bound(prop, ("minimum", "ge", "exclusiveMinimum", "gt")) if numeric else None
    high = _bound(prop, ("maximum", "le", "exclusiveMaximum", "lt")) if numeric else None
    if low is not None and high is not None and low > high:
        low = high = None
    order = prop.get("x-order")
    return OptionField(
        name=name,
        kind=kind,
        default=_default(prop.get("default"), kind, choices),
        minimum=low,
        maximum=high,
        choices=choices,
        is_nullable=is_nullable,
        is_required=is_required,
        is_list=is_list,
        description=_text(prop.get("description")) or _text(prop.get("title")),
        order=order if type(order) is int and 0 <= order < _LAST else _LAST,
    )


def _type(prop: dict[str, Any]) -> tuple[str, bool]:
    """The type's name, and whether null is allowed; newer schemas write both as a list."""
    type_, is_nullable = prop.get("type"), prop.get("nullable") is True
    if isinstance(type_, list):
        real = [one for one in type_ if one != "null"]
        is_nullable = is_nullable or len(real) < len(type_)
        type_ = real[0] if len(real) == 1 else None
    values = prop.get("enum")
    has_null = isinstance(values, list) and None in values
    return type_ if isinstance(type_, str) else "", is_nullable or has_null


def _choices(prop: dict[str, Any]) -> tuple[Scalar, ...]:
    """The values as they stand: the text "None" is a value, null is not."""
    values = prop.get("enum", [prop["const"]] if "const" in prop else None)
    if not isinstance(values, list) or len(values) > _MAX_CHOICES:
        return ()
    found: dict[str, Scalar] = {}
    for value in values:
        if isinstance(value, float) and not math.isfinite(value):
            return ()
        if isinstance(value, str | int | float):
            found.setdefault(str(value), value)
        elif value is not None:
            return ()
    return tuple(found.values())


def _kind(prop: dict[str, Any], type_: str, choices: tuple[Scalar, ...]) -> tuple[OptionKind, bool]:
    if prop.get("x-cog-secret") is True or prop.get("format") == "password":
        return OptionKind.SECRET, False
    if choices:
        return OptionKind.CHOICE, False
    if type_ == "array":
        items = prop.get("items")
        is_files = isinstance(items, dict) and items.get("format") == "uri"
        return (OptionKind.FILE, True) if is_files else (OptionKind.JSON, False)
    if type_ in ("string", "") and prop.get("format") == "uri":
        return OptionKind.FILE, False
    return _BY_TYPE.get(type_, OptionKind.JSON), False


def _bound(prop: dict[str, Any], names: tuple[str, ...]) -> int | float | None:
    """The first that is a number; some are written as texts."""
    for name in names:
        number = _number(prop.get(name))
        if number is not None:
            return number
    return None


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return value if isinstance(value, int) else int(number) if number.is_integer() else number


def _default(value: object, kind: OptionKind, choices: tuple[Scalar, ...]) -> Scalar | None:
    """The default in the field's own kind, None where it is of another."""
    match kind:
        case OptionKind.WHOLE:
            number = _number(value)
            return number if isinstance(number, int) else None
        case OptionKind.NUMBER:
            return _number(value)
        case OptionKind.SWITCH:
            return value if isinstance(value, bool) else None
        case OptionKind.CHOICE:
            return next((one for one in choices if str(one) == str(value)), None)
        case OptionKind.TEXT | OptionKind.FILE:
            return value[:_MAX_TEXT] if isinstance(value, str) else None
        case OptionKind.SECRET:
            return None
        case OptionKind.JSON:
            return _json_text(value)


def _json_text(value: object) -> str | None:
    if value is None:
        return None
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)[:_MAX_TEXT]
    except (TypeError, ValueError, RecursionError):
        return None


def _text(value: object) -> str:
    return " ".join(value[:_MAX_TEXT].split()) if isinstance(value, str) else ""
