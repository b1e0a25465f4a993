"""`BrushPreset`: a brush with a name, and what its values may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aipaint.pixels.brush import Brush

LONGEST_NAME = 60

LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "size_pixels": (1.0, 1000.0),
        "hardness": (0.0, 1.0),
        "opacity": (0.01, 1.0),
        "flow": (0.01, 1.0),
        "spacing": (0.02, 3.0),
        "angle_degrees": (0.0, 360.0),
        "roundness": (0.05, 1.0),
        "scatter": (0.0, 3.0),
        "tilt_to_size": (0.0, 8.0),
        "dabs_per_second": (0.0, 120.0),
        "grain_strength": (0.0, 1.0),
        "grain_scale": (1, 4),
        "smoothing_amount": (0.0, 1.0),
    }
)
"""The least and the most of each number of a brush, by the name of its field."""


@dataclass(frozen=True)
class BrushPreset:
    """`tool` is the id of the tool that paints with it; `about` one line that says what it is for.
    Names differ by more than capitals."""

    name: str
    tool: str
    brush: Brush
    about: str = ""


def is_same_name(one: str, other: str) -> bool:
    """Names that people take for the same."""
    return one.strip().casefold() == other.strip().casefold()
