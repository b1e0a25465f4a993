"""What a brush is: plain values, no drawing."""

from dataclasses import dataclass
from enum import Enum

from aipaint.pixels.response_curve import STRAIGHT, ResponseCurve


@dataclass(frozen=True)
class Color:
    """A straight 8-bit sRGB color."""

    red: int
    green: int
    blue: int
    alpha: int = 255


class Accumulation(Enum):
    """What dabs of one stroke do where they meet."""

    BUILD_UP = "build_up"  # they add up to full cover
    WASH = "wash"  # the strongest counts: crossing itself shows no darker place


class Smoothing(Enum):
    """What is done about an unsteady hand."""

    OFF = "off"
    BASIC = "basic"  # a moving average along the way
    STABILIZER = "stabilizer"  # the brush hangs on a string that the pointer pulls


class AngleSource(Enum):
    """What turns the tip, on top of its own angle."""

    FIXED = "fixed"
    STROKE = "stroke"  # the direction of the stroke
    TILT = "tilt"  # the direction in which the pen leans


class Grain(Enum):
    """The ground that a brush feels; it lies still under the strokes."""

    NONE = "none"
    PAPER = "paper"
    CANVAS = "canvas"
    CHALK = "chalk"
    SPECKLES = "speckles"


@dataclass(frozen=True)
class Brush:
    """A tip. `size_pixels` is the diameter; what has no unit in its name runs from 0 to 1.

    `opacity` limits the whole stroke, `flow` each dab; `spacing` is a share of the diameter. Each
    `pressure_to_…` switches a curve on; opacity by pressure is the most that one dab covers.
    `roundness` is the short side over the long one, `scatter` how far dabs stray, in diameters.
    `tilt_to_size` is how many diameters a pen that lies flat adds. A brush with `dabs_per_second`
    goes on painting while it is held still.
    """

    size_pixels: float = 40.0
    hardness: float = 0.7
    opacity: float = 1.0
    flow: float = 1.0
    spacing: float = 0.1
    accumulation: Accumulation = Accumulation.BUILD_UP
    pressure_to_size: bool = True
    size_curve: ResponseCurve = STRAIGHT
    pressure_to_opacity: bool = False
    opacity_curve: ResponseCurve = STRAIGHT
    pressure_to_flow: bool = False
    flow_curve: ResponseCurve = STRAIGHT
    angle_degrees: float = 0.0
    angle_source: AngleSource = AngleSource.FIXED
    roundness: float = 1.0
    scatter: float = 0.0
    tilt_to_size: float = 0.0
    dabs_per_second: float = 0.0
    grain: Grain = Grain.NONE
    grain_strength: float = 0.5
    grain_scale: int = 1
    smoothing: Smoothing = Smoothing.OFF
    smoothing_amount: float = 0.5


class StrokeMode(Enum):
    """How a stroke meets what lies under it."""

    PAINT = "paint"
    ERASE = "erase"


@dataclass(frozen=True)
class Sample:
    """One reading of the pointer in canvas pixels; pressure 0..1 (a mouse is always 1).

    `tilt` is 0 for an upright pen and 1 for one that lies flat; it leans towards `lean_degrees`.
    """

    x: float
    y: float
    pressure: float = 1.0
    tilt: float = 0.0
    lean_degrees: float = 0.0
