"""A brush as the text of a TOML file, and back. What comes in may be anything."""

import json
import tomllib
from dataclasses import Field, fields
from enum import Enum
from typing import Any

from aipaint.errors import UnreadableFileError
from aipaint.pixels.brush import Brush
from aipaint.pixels.brush_preset import LIMITS, LONGEST_NAME, BrushPreset
from aipaint.pixels.response_curve import ResponseCurve

FORMAT = 1
MOST_BYTES = 64 * 1024
_LONGEST_ABOUT = 200
_HINT = "Correct the file, or ask whoever made it for another one."
_TOP = ("format", "name", "tool", "about", "brush")
# What draws with a brush; a file cannot name anything else.
BRUSH_TOOLS = ("brush", "eraser", "pencil", "smudge", "clone")


def preset_text(preset: BrushPreset) -> str:
    """What a file of this brush holds; every value is written out, so that people can change it."""
    lines = [
        f"format = {FORMAT}",
        f"name = {_quoted(preset.name)}",
        f"tool = {_quoted(preset.tool)}",
        f"about = {_quoted(preset.about)}",
        "",
        "[brush]",
    ]
    for field in fields(Brush):
        lines.append(f"{field.name} = {_written(getattr(preset.brush, field.name))}")
    return "\n".join(lines) + "\n"


def read_preset(data: bytes, file_name: str) -> BrushPreset:
    """The brush in these bytes. Raises UnreadableFileError that names the value at fault."""
    if len(data) > MOST_BYTES:
        raise _fault(file_name, "is too large for a brush")
    try:
        tree = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _fault(file_name, "is not a brush file, or it is damaged") from None
    unknown = [name for name in tree if name not in _TOP]
    if unknown:
        raise _fault(file_name, f"holds “{_shown(unknown[0])}”, which brushes do not have")
    if type(tree.get("format")) is not int or tree["format"] != FORMAT:
        raise _fault(file_name, "is of a kind that this version of aipaint does not know")
    tool = tree.get("tool", "brush")
    if tool not in BRUSH_TOOLS:
        raise _fault(file_name, f"names the tool “{_shown(tool)}”, which is none that paints")
    values = tree.get("brush", {})
    if not isinstance(values, dict):
        raise _fault(file_name, "has no table of brush values")
    about = tree.get("about", "")
    if not isinstance(about, str) or len(about) > _LONGEST_ABOUT or not _is_plain(about):
        raise _fault(file_name, "has a description that is not one short line")
    name = _name(tree.get("name"), file_name)
    return BrushPreset(name, tool, read_brush(values, file_name), about)


def read_brush(values: dict[str, Any], file_name: str) -> Brush:
    """A brush of these values; what is not named is as usual. Raises UnreadableFileError."""
    known = {field.name: field for field in fields(Brush)}
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise _fault(file_name, f"holds “{_shown(name)}”, which brushes do not have")
        checked[name] = _checked(known[name], value, file_name)
    return Brush(**checked)


def name_problem(name: str) -> str:
    """Why a brush cannot have this name, as a sentence; "" if it can."""
    if not name.strip():
        return "A brush needs a name."
    if len(name.strip()) > LONGEST_NAME:
        return f"The name of a brush has at most {LONGEST_NAME} characters."
    return "" if _is_plain(name) else "The name of a brush is one line of plain characters."


def _name(value: object, file_name: str) -> str:
    if not isinstance(value, str):
        raise _fault(file_name, "does not say what the brush is called")
    if name_problem(value):
        raise _fault(file_name, "has a name that no brush can have")
    return value.strip()


def _checked(field: Field[Any], value: object, file_name: str) -> object:
    usual = field.default
    if isinstance(usual, bool):
        if not isinstance(value, bool):
            raise _fault(file_name, f"has a “{field.name}” that is neither true nor false")
        return value
    if isinstance(usual, Enum):
        allowed = {one.value: one for one in type(usual)}
        if not isinstance(value, str) or value not in allowed:
            words = ", ".join(map(str, allowed))
            raise _fault(file_name, f"has a “{field.name}” that is not one of {words}")
        return allowed[value]
    if isinstance(usual, ResponseCurve):
        return _curve(field.name, value, file_name)
    return _number(field, value, file_name)


def _number(field: Field[Any], value: object, file_name: str) -> float | int:
    low, high = LIMITS[field.name]
    is_whole = isinstance(field.default, int)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    is_right_kind = is_number and not (is_whole and isinstance(value, float))
    # Written so that "not a number" fails as well.
    if isinstance(value, int | float) and is_right_kind and low <= value <= high:
        return int(value) if is_whole else float(value)
    kind = "a whole number" if is_whole else "a number"
    text = f"has a “{field.name}” that is not {kind} from {low:g} to {high:g}"
    raise _fault(file_name, text)


def _curve(name: str, value: object, file_name: str) -> ResponseCurve:
    text = f"has a “{name}” that is not a list of 2 to 16 points [in, out] between 0 and 1"
    if not isinstance(value, list):
        raise _fault(file_name, text)
    try:
        return ResponseCurve(tuple(_knot(knot) for knot in value))
    except ValueError:
        raise _fault(file_name, text) from None


def _knot(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("a point has two numbers")
    for part in value:
        if isinstance(part, bool) or not isinstance(part, int | float) or not 0 <= part <= 1:
            raise ValueError("a point lies between 0 and 1")
    return float(value[0]), float(value[1])


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return _quoted(str(value.value))
    if isinstance(value, ResponseCurve):
        knots = ", ".join(f"[{x:.6g}, {y:.6g}]" for x, y in value.knots)
        return f"[{knots}]"
    return f"{value:.6g}"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string as well, but for one character that TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_plain(text: str) -> bool:
    return all(letter.isprintable() for letter in text)


def _shown(value: object) -> str:
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value))
    return text if len(text) <= 40 else text[:39] + "…"


def _fault(file_name: str, what: str) -> UnreadableFileError:
    return UnreadableFileError(f"The brush file “{_shown(file_name)}” {what}.", _HINT)
