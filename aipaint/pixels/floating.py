"""`Floating`: pixels taken off a layer, to be put back somewhere else or in another shape."""

from dataclasses import dataclass

import numpy as np

from aipaint.pixels.cut import covered
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect
from aipaint.pixels.transform import Progress, Warp, transformed


@dataclass(frozen=True, eq=False)
class Floating:
    """`lifted` floats, `left` stays. `touched` are the keys where the layer may differ by it."""

    lifted: TileMap
    left: TileMap
    touched: frozenset[TileKey]

    @staticmethod
    def lift(tiles: TileMap, selection: TileMap | None = None) -> "Floating":
        """Take off what the selection covers (half where it covers half), or everything."""
        if selection is None:
            return Floating(tiles.copy(), TileMap(tiles.format), frozenset(tiles))
        lifted, left = TileMap(tiles.format), tiles.copy()
        keys = [key for key in selection if tiles.get(key) is not None]
        for key in keys:
            tile, coverage = tiles.get(key), selection.get(key)
            assert tile is not None  # its key is one of both maps
            assert coverage is not None
            lifted.swap({key: _tile(covered(tile.pixels, coverage.pixels))})
            left.swap({key: _tile(covered(tile.pixels, 255 - coverage.pixels))})
        return Floating(lifted, left, frozenset(keys))

    def bounds(self) -> Rect:
        """The smallest rectangle around what floats."""
        return self.lifted.bounds()

    def placed(
        self, warp: Warp, within: Rect | None = None, progress: Progress | None = None
    ) -> dict[TileKey, Tile | None]:
        """The tiles of the layer with what floats put down: every tile that may differ.

        Only those that `within` touches, if it is given. Raises TransformTooLarge.
        """
        moved = transformed(self.lifted, warp, within, progress)
        keys = {*self.touched, *moved}
        if within is not None:
            keys = {key for key in keys if not tile_rect(key).intersected(within).is_empty}
        return {key: over(moved.get(key), self.left.get(key)) for key in keys}


def over(top: Tile | None, below: Tile | None) -> Tile | None:
    """One tile over another; of coverage the larger one counts."""
    if top is None or below is None:
        return top or below
    if top.pixels.ndim == 2:
        return Tile(np.maximum(top.pixels, below.pixels))
    shines_through = np.broadcast_to(255 - top.pixels[..., 3:], top.pixels.shape)
    # Never above its alpha, and alpha never above 255: the sum rounds at most to the bound.
    rest = (below.pixels.astype(np.uint16) * shines_through + 127) // 255
    return Tile((top.pixels + rest).astype(np.uint8))


def _tile(pixels: Pixels) -> Tile | None:
    return Tile(pixels) if pixels.any() else None
