"""Lines, rectangles, ellipses and polygons drawn onto tiles, anti-aliased."""

import math
from dataclasses import astuple, dataclass
from enum import Enum
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
)

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect

Point: TypeAlias = tuple[float, float]
"""x, y in canvas pixels."""


class ShapeKind(Enum):
    """What the points of a shape mean."""

    LINE = "line"  # from the first point to the second
    RECTANGLE = "rectangle"  # two opposite corners
    ELLIPSE = "ellipse"  # two opposite corners of its box
    POLYGON = "polygon"  # all corners, closed


@dataclass(frozen=True)
class Shape:
    """An outline on the canvas."""

    kind: ShapeKind
    points: tuple[Point, ...]


@dataclass(frozen=True)
class ShapePaint:
    """Colors are straight; None leaves a part out. `opacity` 0..1 is of the shape as a whole."""

    stroke: Color | None
    width_pixels: float = 1.0
    fill: Color | None = None
    opacity: float = 1.0


def draw_shape(tiles: TileMap, shape: Shape, paint: ShapePaint) -> dict[TileKey, Tile | None]:
    """The edits that put the shape onto `tiles` (color or coverage); nothing is changed yet."""
    path = _path(shape)
    where = _Where(path, shape, paint)
    edits: dict[TileKey, Tile | None] = {}
    inside: Tile | None = None
    for key in keys_over(where.bounds):
        if where.fills(key):
            # A large shape is mostly inside: that square is drawn once for all of them.
            inside = inside or _sheet(key, path, paint)
            edits[key] = laid_over(inside, tiles.get(key), paint.opacity, tiles.format)
        elif where.touches(key):
            sheet = _sheet(key, path, paint)
            edits[key] = laid_over(sheet, tiles.get(key), paint.opacity, tiles.format)
    return edits


def shape_bounds(shape: Shape, paint: ShapePaint) -> Rect:
    """Every pixel that drawing would touch lies inside; empty where nothing is drawn."""
    return _Where(_path(shape), shape, paint).bounds


class _Where:
    """Which tiles a shape touches: asked first, because drawing is what costs."""

    def __init__(self, path: QPainterPath, shape: Shape, paint: ShapePaint) -> None:
        self._path = path
        self._fills = paint.fill is not None and shape.kind is not ShapeKind.LINE
        self._outline: QPainterPath | None = None
        self._reach = 1.0
        box = path.boundingRect()
        if paint.stroke is not None:
            stroker = QPainterPathStroker(_pen(paint.stroke, paint.width_pixels))
            self._outline = stroker.createStroke(path)
            # Its parts overlap at the corners; odd-even would leave holes there.
            self._outline.setFillRule(Qt.FillRule.WindingFill)
            self._reach += paint.width_pixels
            box = box.united(self._outline.boundingRect())
        draws = self._fills or self._outline is not None
        self.bounds = _outer(box.adjusted(-1, -1, 1, 1)) if draws else EMPTY_RECT

    def touches(self, key: TileKey) -> bool:
        """Drawing may change the tile."""
        box = _box(key, 1)  # the soft edge reaches over the outline
        if self._fills and self._path.intersects(box):
            return True
        return self._outline is not None and self._outline.intersects(box)

    def fills(self, key: TileKey) -> bool:
        """The tile is nothing but fill."""
        return self._fills and self._path.contains(_box(key, self._reach))


def _outer(box: QRectF) -> Rect:
    return Rect.from_edges(
        math.floor(box.left()),
        math.floor(box.top()),
        math.ceil(box.right()),
        math.ceil(box.bottom()),
    )


def _box(key: TileKey, margin: float) -> QRectF:
    place = QRectF(*(float(side) for side in astuple(tile_rect(key))))
    return place.adjusted(-margin, -margin, margin, margin)


def _sheet(key: TileKey, path: QPainterPath, paint: ShapePaint) -> Tile:
    """The shape alone, in its own colors."""
    place = tile_rect(key)
    sheet = Tile.blank(TileFormat.COLOR)
    painter = QPainter(sheet.image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-place.x, -place.y)
    painter.setPen(_pen(paint.stroke, paint.width_pixels) if paint.stroke else Qt.PenStyle.NoPen)
    if paint.fill is not None:
        painter.setBrush(QBrush(qcolor(paint.fill)))
    painter.drawPath(path)
    painter.end()
    return sheet


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    points = [QPointF(x, y) for x, y in shape.points]
    if shape.kind is ShapeKind.LINE:
        path.moveTo(points[0])
        path.lineTo(points[-1])
    elif shape.kind is ShapeKind.POLYGON:
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    else:
        box = QRectF(points[0], points[-1]).normalized()
        if shape.kind is ShapeKind.RECTANGLE:
            path.addRect(box)
        else:
            path.addEllipse(box)
    return path


def _pen(color: Color, width: float) -> QPen:
    # At a width of 1 or less Qt cuts corners off.
    pen = QPen(qcolor(color), max(width, 1.001))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def laid_over(sheet: Tile, base: Tile | None, opacity: float, format_: TileFormat) -> Tile | None:
    """`base` with a sheet over it; may be the sheet itself. None where nothing is left."""
    if format_ is TileFormat.COLOR and opacity >= 1 and (sheet.pixels[..., 3] == 255).all():
        return sheet
    if sheet.is_blank:
        return base
    tile = base.copy() if base is not None else Tile.blank(format_)
    painter = QPainter(tile.image)
    painter.setOpacity(opacity)
    painter.drawImage(0, 0, sheet.image)
    painter.end()
    return None if tile.is_blank else tile


def qcolor(color: Color) -> QColor:
    """The same color for Qt."""
    return QColor(color.red, color.green, color.blue, color.alpha)
