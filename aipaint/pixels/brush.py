"""What a brush is: plain values, no drawing."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Color:
    """A straight 8-bit sRGB color."""

    red: int
    green: int
    blue: int
    alpha: int = 255


@dataclass(frozen=True)
class Brush:
    """A round tip. `size_pixels` is the diameter; the rest runs from 0 to 1.

    `opacity` limits the whole stroke, `flow` each dab; `spacing` is a share of the diameter.
    """

    size_pixels: float = 40.0
    hardness: float = 0.7
    opacity: float = 1.0
    flow: float = 1.0
    spacing: float = 0.1
    pressure_to_size: bool = True


class StrokeMode(Enum):
    """How a stroke meets what lies under it."""

    PAINT = "paint"
    ERASE = "erase"


@dataclass(frozen=True)
class Sample:
    """One reading of the pointer in canvas pixels; pressure 0..1 (a mouse is always 1)."""

    x: float
    y: float
    pressure: float = 1.0
