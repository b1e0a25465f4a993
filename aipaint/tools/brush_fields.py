"""Which values of a brush count for the tool that holds it: the others are not offered."""

from dataclasses import fields

from aipaint.pixels.brush import Brush

_ALL = frozenset(field.name for field in fields(Brush))
_HAND = frozenset({"smoothing", "smoothing_amount"})
_SIZE = frozenset({"size_pixels", "pressure_to_size", "size_curve", "tilt_to_size"})
_SMUDGE = frozenset({"hardness", "spacing", "opacity", "pressure_to_opacity", "opacity_curve"})
_GRAIN = frozenset({"grain", "grain_strength", "grain_scale"})

_OF_TOOL = {
    "pencil": _SIZE | _HAND | {"opacity"},
    "smudge": _SIZE | _HAND | _SMUDGE | _GRAIN,
    # A stamp that paints on while held still would only lay the same on the same.
    "clone": _ALL - {"dabs_per_second"},
}
_REASONS = {
    "pencil": "A pencil draws whole hard pixels: what softens, turns or strews them is left out.",
    "smudge": "A smudge moves colors and lays none on: what belongs to paint is left out.",
}


def brush_fields(tool_id: str) -> frozenset[str]:
    """The names of the values of `Brush` that the tool uses."""
    return _OF_TOOL.get(tool_id, _ALL)


def why_fewer(tool_id: str) -> str:
    """A sentence on what is missing; "" where nothing worth a word is."""
    return _REASONS.get(tool_id, "")
