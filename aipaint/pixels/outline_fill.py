"""What lies inside an outline, as an area with an anti-aliased edge. Main thread or any other."""

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from aipaint.pixels.area import compact, full_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, TileFormat, image_over
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect

Points: TypeAlias = Sequence[tuple[float, float]]

_ROUNDNESS = 0.05  # how far, in pixels, the polygon may leave the ellipse it stands for


def polygon_area(points: Points, *, is_smooth: bool = True) -> TileMap:
    """Inside of the closed line through the points (odd-even); `is_smooth` anti-aliases."""
    area = TileMap(TileFormat.COVERAGE)
    if len(points) < 3 or _outer(points).is_empty:
        return area
    edge = _tiles_of_edge(points)
    inside = _centers_inside(points)
    for key in keys_over(_outer(points)):
        if key in edge:
            area.swap({key: compact(_painted(points, key, is_smooth))})
        elif key in inside:
            area.swap({key: full_tile()})
    return area


def ellipse_area(left: float, top: float, right: float, bottom: float) -> TileMap:
    """The ellipse that touches these four edges."""
    wide, high = abs(right - left) / 2, abs(bottom - top) / 2
    if not wide or not high:
        return TileMap(TileFormat.COVERAGE)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    # A chord over the angle a leaves a circle of radius r by r (1 - cos(a / 2)).
    count = max(12, math.ceil(math.pi / math.acos(max(0.5, 1 - _ROUNDNESS / max(wide, high)))))
    angles = [2 * math.pi * step / count for step in range(count)]
    return polygon_area(
        [(middle_x + wide * math.cos(a), middle_y + high * math.sin(a)) for a in angles]
    )


def _outer(points: Points) -> Rect:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    left, top = math.floor(min(xs)), math.floor(min(ys))
    return Rect.from_edges(left, top, math.ceil(max(xs)), math.ceil(max(ys)))


def _tiles_of_edge(points: Points) -> set[TileKey]:
    """All tiles a side passes through, and no tile that all sides keep away from."""
    keys: set[TileKey] = set()
    for (x0, y0), (x1, y1) in _sides(points):
        # Pieces shorter than half a tile: the box of one is at most two tiles wide.
        pieces = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / (TILE_SIZE / 2)))
        for piece in range(pieces):
            a, b = piece / pieces, (piece + 1) / pieces
            xs = (x0 + (x1 - x0) * a, x0 + (x1 - x0) * b)
            ys = (y0 + (y1 - y0) * a, y0 + (y1 - y0) * b)
            left, top = math.floor(min(xs)) - 1, math.floor(min(ys)) - 1
            keys.update(
                keys_over(
                    Rect.from_edges(left, top, math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)
                )
            )
    return keys


def _sides(points: Points) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    for index, point in enumerate(points):
        yield point, points[(index + 1) % len(points)]


def _centers_inside(points: Points) -> set[TileKey]:
    """The tiles whose middle is inside: the outline drawn with one pixel a tile."""
    keys = list(keys_over(_outer(points)))
    (top, left), (bottom, right) = keys[0], keys[-1]
    small = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    _fill(
        small,
        [(x / TILE_SIZE - left, y / TILE_SIZE - top) for x, y in points],
        is_smooth=False,
    )
    return {(int(row) + top, int(column) + left) for row, column in np.argwhere(small)}


def _painted(points: Points, key: TileKey, is_smooth: bool) -> Pixels:
    place = tile_rect(key)
    pixels = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
    _fill(pixels, [(x - place.x, y - place.y) for x, y in points], is_smooth=is_smooth)
    return pixels


def _fill(pixels: Pixels, points: Points, *, is_smooth: bool) -> None:
    image = image_over(pixels)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    painter.end()
