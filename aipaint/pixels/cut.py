"""What is left of pixels inside a rectangle or under a coverage."""

import numpy as np

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect


def cut_to(tiles: TileMap, rect: Rect) -> dict[TileKey, Tile | None]:
    """The edits that clear everything outside `rect`; tiles inside it are not among them."""
    edits: dict[TileKey, Tile | None] = {}
    for key in tiles:
        whole = tile_rect(key)
        part = whole.intersected(rect)
        if part == whole:
            continue
        tile = tiles.get(key)
        assert tile is not None  # the key came from the map itself
        pixels = np.zeros_like(tile.pixels)
        if not part.is_empty:
            pixels[part.slices(whole)] = tile.pixels[part.slices(whole)]
        edits[key] = Tile(pixels) if pixels.any() else None
    return edits


def covered(pixels: Pixels, coverage: Pixels) -> Pixels:
    """Pixels (color or coverage) times a coverage (h, w), rounded to nearest."""
    factor = coverage[..., None] if pixels.ndim == 3 else coverage
    return ((pixels.astype(np.uint16) * factor + 127) // 255).astype(np.uint8)
