"""`ColdStorage`: packs tiles that nobody looks at, in memory or into a file."""

from typing import Protocol

from aipaint.errors import StorageError
from aipaint.pixels.packed import Packed
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile


class Record(Protocol):
    """Something with differences of its own, such as a step of the history."""

    def pack(self, file: SpillFile | None) -> None:
        """Into the file, if there is one. Raises StorageError."""


class ColdStorage:
    """Any thread. A file that takes no more is left alone until `try_again`: what is cold stays
    compressed in memory then, and nothing is lost."""

    def __init__(self, file: SpillFile) -> None:
        self._file = file
        self.trouble: StorageError | None = None

    def pack(self, tile: Tile, *, to_disk: bool) -> None:
        """Let go of a tile's pixels; they come back when they are read."""
        kept = tile.packed
        packed = kept if isinstance(kept, Packed) else Packed(tile.peek())
        if to_disk and self.trouble is None:
            try:
                packed.spill(self._file)
            except StorageError as error:
                self.trouble = error
        tile.pack(packed)

    @staticmethod
    def is_settled(tile: Tile) -> bool:
        """It needs nothing but itself to come back; `pack` sees to that."""
        return not tile.is_packed or isinstance(tile.packed, Packed)

    def spill(self, record: Record) -> None:
        """Move a record's differences into the file."""
        if self.trouble is None:
            try:
                record.pack(self._file)
            except StorageError as error:
                self.trouble = error

    def try_again(self) -> None:
        """There may be room in the file again."""
        self.trouble = None

    def close(self) -> None:
        """Delete the file: everything in it is gone."""
        self._file.close()
