"""Clearing and filling what is selected; without a selection all of it."""

import numpy as np

from aipaint.document.edit_tiles import EditTiles, target_tiles
from aipaint.document.paint_rules import within_rules
from aipaint.document.picture import Picture
from aipaint.pixels.area import full_tile, rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.restrict import mix_by_coverage
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileEdits, TileKey
from aipaint.pixels.tile_shelf import Keep, keep_as_it_is


def cleared(label: str, picture: Picture, target: str) -> EditTiles | None:
    """The command that makes the target blank where it is selected, or everywhere; None where
    nothing would differ. A mask covers nothing then; where the alpha is locked nothing goes."""
    return _command(label, picture, target, target_tiles(picture, target).cleared())


def filled(
    label: str, picture: Picture, target: str, color: Color | None, keep: Keep = keep_as_it_is
) -> EditTiles | None:
    """The command that lays a color over the target where it is selected, or in the whole frame;
    None where nothing would differ. A mask is covered, or with None for a color uncovered; only
    a mask can be filled with None. `keep` finds room for what is made."""
    tiles = target_tiles(picture, target)
    is_limited = picture.selection is not None
    area = picture.selection if picture.selection is not None else rectangle_area(picture.frame)
    paint = _paint(tiles.format, color)
    edits: dict[TileKey, Tile | None] = {}
    for key in area:
        old = tiles.get(key)
        new = _over(old, paint)
        # A selection is honored with the other rules.
        new = new if is_limited else mix_by_coverage(old, new, area.get(key))
        tile = within_rules(picture, target, tiles, {key: new})[key]
        if _is_same(old, tile):
            continue
        edits[key] = tile
        if tile is not None and tile is not paint:
            keep(tile)
    return EditTiles.replacing(label, picture, target, edits) if edits else None


def _command(label: str, picture: Picture, target: str, edits: TileEdits) -> EditTiles | None:
    tiles = target_tiles(picture, target)
    allowed = within_rules(picture, target, tiles, edits)
    changed = {key: tile for key, tile in allowed.items() if not _is_same(tiles.get(key), tile)}
    return EditTiles.replacing(label, picture, target, changed) if changed else None


def _paint(format_: TileFormat, color: Color | None) -> Tile | None:
    """One tile, shared by all that are filled wholly; None for blank."""
    if format_ is TileFormat.COVERAGE:
        return full_tile() if color is not None else None
    assert color is not None  # a layer is cleared, not filled with nothing
    straight = np.array([color.blue, color.green, color.red, 255], np.uint16)
    pixel = ((straight * color.alpha + 127) // 255).astype(np.uint8)
    return Tile(np.tile(pixel, (TILE_SIZE, TILE_SIZE, 1))) if color.alpha else None


def _over(old: Tile | None, paint: Tile | None) -> Tile | None:
    if old is None or paint is None or _is_opaque(paint.peek()):
        # A color without any alpha leaves a layer as it is, and uncovers a mask.
        return old if paint is None and old is not None and old.peek().ndim == 3 else paint
    rest = 255 - paint.peek()[..., 3:].astype(np.uint16)
    under = ((old.peek() * rest + 127) // 255).astype(np.uint8)
    return Tile(paint.peek() + under)


def _is_same(old: Tile | None, new: Tile | None) -> bool:
    if old is None or new is None:
        return old is new
    return old is new or np.array_equal(old.peek(), new.peek())


def _is_opaque(pixels: Pixels) -> bool:
    return pixels.ndim == 2 or pixels[0, 0, 3] == 255
