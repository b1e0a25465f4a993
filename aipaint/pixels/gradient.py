"""Linear and radial gradients between two points, laid onto tiles."""

import math
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QGradient, QLinearGradient, QPainter, QRadialGradient

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.shapes import Point, qcolor
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect


class GradientKind(Enum):
    """How the color changes with the place."""

    LINEAR = "linear"  # along the line from start to end
    RADIAL = "radial"  # with the distance from start; the end is reached at the end point


@dataclass(frozen=True)
class Gradient:
    """From `first` at `start` to `second` at `end` and beyond; straight colors."""

    kind: GradientKind
    start: Point
    end: Point
    first: Color
    second: Color
    opacity: float = 1.0


def draw_gradient(tiles: TileMap, gradient: Gradient, area: Rect) -> dict[TileKey, Tile | None]:
    """The edits that blend the gradient over `area` of color or coverage tiles."""
    edits: dict[TileKey, Tile | None] = {}
    for key in keys_over(area):
        place = tile_rect(key)
        part = place.intersected(area)
        base = tiles.get(key)
        tile = base.copy() if base is not None else Tile.blank(tiles.format)
        painter = QPainter(tile.image)
        painter.setOpacity(gradient.opacity)
        painter.translate(-place.x, -place.y)
        painter.fillRect(part.x, part.y, part.width, part.height, _brush(gradient))
        painter.end()
        edits[key] = None if tile.is_blank else tile
    return edits


def _brush(gradient: Gradient) -> QBrush:
    start, end = QPointF(*gradient.start), QPointF(*gradient.end)
    paint: QGradient
    if gradient.kind is GradientKind.LINEAR:
        paint = QLinearGradient(start, end)
    else:
        reach = math.hypot(end.x() - start.x(), end.y() - start.y())
        paint = QRadialGradient(start, max(reach, 0.5))
    # Qt mixes premultiplied colors, so a clear end does not darken the way to it.
    paint.setColorAt(0.0, qcolor(gradient.first))
    paint.setColorAt(1.0, qcolor(gradient.second))
    return QBrush(paint)
