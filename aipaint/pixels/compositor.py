"""Layers into one tile: what the eye sees at one place of the canvas."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap

_Mode = QPainter.CompositionMode
_MODES = {
    BlendMode.NORMAL: _Mode.CompositionMode_SourceOver,
    BlendMode.MULTIPLY: _Mode.CompositionMode_Multiply,
    BlendMode.SCREEN: _Mode.CompositionMode_Screen,
    BlendMode.OVERLAY: _Mode.CompositionMode_Overlay,
    BlendMode.DARKEN: _Mode.CompositionMode_Darken,
    BlendMode.LIGHTEN: _Mode.CompositionMode_Lighten,
    BlendMode.COLOR_DODGE: _Mode.CompositionMode_ColorDodge,
    BlendMode.COLOR_BURN: _Mode.CompositionMode_ColorBurn,
    BlendMode.HARD_LIGHT: _Mode.CompositionMode_HardLight,
    BlendMode.SOFT_LIGHT: _Mode.CompositionMode_SoftLight,
    BlendMode.DIFFERENCE: _Mode.CompositionMode_Difference,
    BlendMode.PLUS: _Mode.CompositionMode_Plus,
}


@dataclass(frozen=True, eq=False)
class Sheet:
    """One visible layer as the compositor sees it; opacity 0..1."""

    tiles: TileMap
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL


def compose_tile(sheets: Sequence[Sheet], key: TileKey) -> Tile | None:
    """All sheets at one tile, bottom first. None where every sheet is blank.

    The only sheet that is there, shown as it is, is returned itself, without a copy.
    """
    drawn: list[tuple[Sheet, Tile]] = []
    for sheet in sheets:
        tile = sheet.tiles.get(key)
        if tile is not None:
            drawn.append((sheet, tile))
    if not drawn:
        return None
    first, tile = drawn[0]
    # Over nothing every separable blend mode shows its source, so the bottom one is just copied.
    if len(drawn) == 1 and first.opacity >= 1:
        return tile
    return _drawn(drawn)


def _drawn(drawn: list[tuple[Sheet, Tile]]) -> Tile:
    out = Tile.blank(TileFormat.COLOR)
    painter = QPainter(out.image)
    for sheet, tile in drawn:
        painter.setCompositionMode(_MODES[sheet.blend_mode])
        painter.setOpacity(sheet.opacity)
        painter.drawImage(0, 0, tile.image)
    painter.end()
    return out
