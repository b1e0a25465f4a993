"""What a tool draws over the picture while it works: plain shapes in canvas pixels."""

from dataclasses import dataclass
from typing import TypeAlias

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

Point: TypeAlias = tuple[float, float]
"""x, y in canvas pixels."""


@dataclass(frozen=True)
class OverlayPath:
    """Straight pieces from point to point, as thin on the screen at every zoom."""

    points: tuple[Point, ...]
    is_closed: bool = False


@dataclass(frozen=True)
class OverlayHandle:
    """A small square at a point that can be grabbed, as large on the screen at every zoom."""

    x: float
    y: float


@dataclass(frozen=True)
class OverlayCross:
    """A small cross that marks a point, as large on the screen at every zoom."""

    x: float
    y: float


@dataclass(frozen=True)
class OverlayLabel:
    """A few words beside a point, upright and as large on the screen at every zoom."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class OverlaySwatch:
    """A ring of color around the pointer: `color` above, what it would replace below."""

    x: float
    y: float
    color: Color
    before: Color


@dataclass(frozen=True)
class OverlayTrace:
    """A thick translucent line, `width` canvas pixels: what is marked to be kept, or left out."""

    points: tuple[Point, ...]
    width: float
    is_kept: bool


@dataclass(frozen=True, eq=False)
class OverlayTint:
    """An area that would be taken if the user agreed."""

    area: TileMap


@dataclass(frozen=True)
class OverlayShade:
    """Darkens everything but a rectangle, and divides that into thirds."""

    rect: Rect


OverlayShape: TypeAlias = (
    OverlayPath
    | OverlayHandle
    | OverlayCross
    | OverlayLabel
    | OverlaySwatch
    | OverlayTrace
    | OverlayTint
    | OverlayShade
)
