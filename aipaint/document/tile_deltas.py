"""`TileDeltas`: what an edit did to tiles, as compressed differences that work both ways."""

from collections.abc import Mapping

import numpy as np

from aipaint.pixels.packed import Packed
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap


class TileDeltas:
    """Before XOR after, tile by tile: either one gives the other. A stroke on a photograph takes
    a tenth of the tiles it touched, one on flat color a hundredth.

    Made in any thread; applied to the very tiles that the edit left (or found) there.
    """

    def __init__(self, before: TileEdits, after: TileEdits) -> None:
        self._deltas = {
            key: _Delta(tile, after[key]) for key, tile in before.items() if tile is not after[key]
        }

    def after(self, tiles: TileMap) -> dict[TileKey, Tile | None]:
        """The edits that do it again, on tiles as they were before. Raises StorageError."""
        return {
            key: delta.other(tiles.get(key), is_blank=delta.is_blank_after)
            for key, delta in self._deltas.items()
        }

    def before(self, tiles: TileMap) -> dict[TileKey, Tile | None]:
        """The edits that take it back, on tiles as they were after. Raises StorageError."""
        return {
            key: delta.other(tiles.get(key), is_blank=delta.is_blank_before)
            for key, delta in self._deltas.items()
        }

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

    def other(self, tile: Tile | None, *, is_blank: bool) -> Tile | None:
        if is_blank:
            return None
        difference = self.packed.unpacked()
        if tile is not None:
            np.bitwise_xor(difference, tile.pixels, out=difference)
        return Tile(difference)


def _difference(before: Tile | None, after: Tile | None) -> Pixels:
    if before is None or after is None:
        there = before or after
        assert there is not None  # a tile that stays blank is no edit
        return there.pixels
    return np.bitwise_xor(before.pixels, after.pixels)


def raw_byte_size(before: Mapping[TileKey, Tile | None], after: TileEdits) -> int:
    """What an unpacked edit keeps alive: the other version of each tile is in the picture, or in
    the next record."""
    kept = (
        sum(tile.byte_size for tile in one.values() if tile is not None) for one in (before, after)
    )
    return max(kept)
