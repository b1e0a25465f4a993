"""`TileDeltas`: what an edit did to tiles, as compressed differences that work both ways."""

from collections.abc import Mapping

import numpy as np

from aipaint.pixels.packed import Packed
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap


class TileDeltas:
    """After minus before, tile by tile, modulo 256: either one gives the other. A stroke on a
    photograph takes a tenth of the tiles it touched, one on flat color a hundredth.

    Differences compress better than XOR on noise, where paint covers only by half, and channel
    by channel better than mixed (0.16 against 0.21 of a photograph's tiles).

    Made in any thread; applied to the very tiles that the edit left (or found) there.
    """

    def __init__(self, before: TileEdits, after: TileEdits) -> None:
        self._deltas = {
            key: _Delta(tile, after[key]) for key, tile in before.items() if tile is not after[key]
        }

    def after(self, tiles: TileMap) -> dict[TileKey, Tile | None]:
        """The edits that do it again, on tiles as they were before. Raises StorageError."""
        return {key: delta.after(tiles.get(key)) for key, delta in self._deltas.items()}

    def before(self, tiles: TileMap) -> dict[TileKey, Tile | None]:
        """The edits that take it back, on tiles as they were after. Raises StorageError."""
        return {key: delta.before(tiles.get(key)) for key, delta in self._deltas.items()}

    def spill(self, file: SpillFile) -> None:
        """Move the differences to disk. Raises StorageError."""
        for delta in self._deltas.values():
            delta.packed.spill(file)

    @property
    def byte_size(self) -> int:
        return sum(delta.packed.byte_size for delta in self._deltas.values())


class _Delta:
    __slots__ = ("is_blank_after", "is_blank_before", "packed")

    def __init__(self, before: Tile | None, after: Tile | None) -> None:
        self.is_blank_before = before is None
        self.is_blank_after = after is None
        self.packed = Packed(_difference(before, after))

    def after(self, before: Tile | None) -> Tile | None:
        if self.is_blank_after:
            return None
        difference = _mixed(self.packed.unpacked())
        if before is not None:
            np.add(before.pixels, difference, out=difference)
        return Tile(difference)

    def before(self, after: Tile | None) -> Tile | None:
        if self.is_blank_before:
            return None
        difference = _mixed(self.packed.unpacked())
        if after is not None:
            np.subtract(after.pixels, difference, out=difference)
        else:
            np.negative(difference, out=difference)
        return Tile(difference)


def _difference(before: Tile | None, after: Tile | None) -> Pixels:
    """Channel by channel: (4, h, w) for color, (h, w) for coverage."""
    if before is None or after is None:
        there = before or after
        assert there is not None  # a tile that stays blank is no edit
        difference = there.pixels if before is None else np.negative(there.pixels)
    else:
        difference = after.pixels - before.pixels
    return (
        np.ascontiguousarray(np.moveaxis(difference, -1, 0)) if difference.ndim == 3 else difference
    )


def _mixed(difference: Pixels) -> Pixels:
    """Back to the order of tiles, fresh."""
    if difference.ndim == 3:
        return np.ascontiguousarray(np.moveaxis(difference, 0, -1))
    return difference


def raw_byte_size(before: Mapping[TileKey, Tile | None], after: TileEdits) -> int:
    """What an unpacked edit keeps alive: the other version of each tile is in the picture, or in
    the next record."""
    kept = (
        sum(tile.byte_size for tile in one.values() if tile is not None) for one in (before, after)
    )
    return max(kept)
