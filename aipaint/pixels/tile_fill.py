"""`flood_tiles`: where a bucket fill goes, on tiles.

Imports cv2 through `fill`: whoever is loaded before the window shows imports this in the function
that uses it.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from aipaint.pixels.fill import FloodOptions, Likeness, flooded
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

TileSource: TypeAlias = Callable[[TileKey], Tile | None]
"""The color tile at a key; None where nothing is."""


def flood_tiles(
    source: TileSource, region: Rect, seed: tuple[int, int], options: FloodOptions
) -> Pixels:
    """Coverage (region.height, region.width) of what a click at `seed` (canvas column, row) takes.
    A seed outside the region takes nothing."""
    match = np.zeros((region.height, region.width), np.uint8)
    if not region.contains(Rect(*seed, 1, 1)):
        return match
    blank = Tile.blank(TileFormat.COLOR)
    home = seed[1] // TILE_SIZE, seed[0] // TILE_SIZE
    first = source(home) or blank
    color = first.peek()[seed[1] % TILE_SIZE, seed[0] % TILE_SIZE]
    likeness = Likeness(color, options.tolerance)
    for key in keys_over(region):
        part = tile_rect(key).intersected(region)
        tile = source(key) or blank
        likeness.find(tile.peek()[part.slices(tile_rect(key))], match[part.slices(region)])
    return flooded(match, (seed[0] - region.x, seed[1] - region.y), options)
