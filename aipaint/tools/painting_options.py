"""What the bars of the painting tools set; each tool reads its own part when it is used."""

from dataclasses import dataclass, field
from enum import Enum

from aipaint.pixels.gradient import GradientKind
from aipaint.pixels.text import TextStyle


class ShapeLook(Enum):
    """What of a shape is drawn."""

    OUTLINE = "outline"  # in the foreground color
    FILLED = "filled"  # in the foreground color
    BOTH = "both"  # outline in the foreground, filled with the background color


@dataclass(frozen=True)
class ShapeOptions:
    """Of lines, rectangles, ellipses and polygons; opacity 0..1."""

    look: ShapeLook = ShapeLook.OUTLINE
    width_pixels: float = 4.0
    opacity: float = 1.0


@dataclass(frozen=True)
class FillOptions:
    """Of the bucket. `fills_mask` fills the mask instead of the layer."""

    tolerance: int = 32
    is_contiguous: bool = True
    samples_all: bool = True
    gap_pixels: int = 0
    grow_pixels: int = 0
    is_smooth: bool = True
    fills_mask: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class GradientOptions:
    """From the foreground color to the background color or to nothing."""

    kind: GradientKind = GradientKind.LINEAR
    is_to_transparent: bool = False
    is_reversed: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class PickerOptions:
    """`side_pixels` of the square whose mean is taken."""

    samples_all: bool = True
    side_pixels: int = 1


@dataclass(frozen=True)
class CloneOptions:
    """Aligned: the source keeps its distance from one stroke to the next."""

    is_aligned: bool = True
    samples_all: bool = False


@dataclass
class PaintingOptions:
    """All of them, in one place that tools and bars share."""

    shape: ShapeOptions = field(default_factory=ShapeOptions)
    fill: FillOptions = field(default_factory=FillOptions)
    gradient: GradientOptions = field(default_factory=GradientOptions)
    picker: PickerOptions = field(default_factory=PickerOptions)
    clone: CloneOptions = field(default_factory=CloneOptions)
    text: TextStyle = field(default_factory=TextStyle)
