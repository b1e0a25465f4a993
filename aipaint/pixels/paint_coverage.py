"""Color through a coverage onto tiles: what a fill, a wand or a finished area paints."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPainter

from aipaint.pixels.brush import Color, StrokeMode
from aipaint.pixels.multiply import multiplied
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect

_MODES = {
    StrokeMode.PAINT: QPainter.CompositionMode.CompositionMode_SourceOver,
    StrokeMode.ERASE: QPainter.CompositionMode.CompositionMode_DestinationOut,
}


@dataclass(frozen=True)
class Ink:
    """What is laid down. On coverage tiles (a mask) only the color's alpha counts."""

    color: Color
    opacity: float = 1.0
    mode: StrokeMode = StrokeMode.PAINT


def paint_coverage(
    tiles: TileMap, area: Rect, coverage: Pixels, ink: Ink, solid: Tile | None = None
) -> dict[TileKey, Tile | None]:
    """The edits that put `ink` on `tiles` where `coverage` (the area's height, width) is; nothing
    is changed yet. Tiles without coverage are left out; wholly covered ones may share one tile:
    `solid`, if who calls this again and again has made it by `solid_tile`."""
    solid = solid or solid_tile(tiles.format, ink)
    is_opaque = ink.mode is StrokeMode.PAINT and ink.color.alpha * ink.opacity >= 255
    edits: dict[TileKey, Tile | None] = {}
    for key in keys_over(area):
        part = tile_rect(key).intersected(area)
        window = coverage[part.slices(area)]
        if not window.any():
            continue
        is_whole = part.area == TILE_SIZE * TILE_SIZE and window.min() == 255
        is_shared = is_opaque or (tiles.get(key) is None and ink.mode is StrokeMode.PAINT)
        if is_whole and is_shared:
            edits[key] = solid
        elif is_whole and ink.mode is StrokeMode.ERASE and ink.opacity >= 1:
            edits[key] = None
        else:
            through = window if is_whole else _padded(window, part, tile_rect(key))
            edits[key] = _painted(tiles.get(key), through, solid, ink.mode)
    return edits


def _painted(base: Tile | None, coverage: Pixels, solid: Tile, mode: StrokeMode) -> Tile | None:
    if base is None and mode is StrokeMode.ERASE:
        return None
    source = Tile(multiplied(solid.pixels, coverage))
    if base is None:
        return None if source.is_blank else source
    tile = Tile(base.peek().copy())  # what is packed stays packed
    painter = QPainter(tile.image)
    painter.setCompositionMode(_MODES[mode])
    painter.drawImage(0, 0, source.image)
    painter.end()
    return None if mode is StrokeMode.ERASE and tile.is_blank else tile


def _padded(window: Pixels, part: Rect, whole: Rect) -> Pixels:
    padded = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
    padded[part.slices(whole)] = window
    return padded


def solid_tile(format_: TileFormat, ink: Ink) -> Tile:
    """What the ink looks like where nothing was and the coverage is full."""
    tile = Tile.blank(format_)
    alpha = 255.0 if ink.mode is StrokeMode.ERASE else float(ink.color.alpha)
    alpha *= ink.opacity
    if format_ is TileFormat.COVERAGE:
        tile.pixels[...] = round(alpha)
        return tile
    straight = (ink.color.blue, ink.color.green, ink.color.red, 255)
    tile.pixels[...] = [round(channel * alpha / 255) for channel in straight]
    return tile
