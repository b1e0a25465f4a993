"""`TileShelf`: room for tiles made in bulk where no keeper looks after memory."""

from collections.abc import Callable
from typing import TypeAlias

from aipaint.errors import StorageError
from aipaint.pixels.cold_storage import ColdStorage
from aipaint.pixels.freed_memory import give_back_freed_memory
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile

_MEGABYTE = 1024 * 1024
_GIVE_BACK_BYTES = 64 * _MEGABYTE

Keep: TypeAlias = Callable[[Tile], None]
"""Told of every tile that work in bulk makes: it may pack it at once. Raises StorageError where
there is no room for it, neither in memory nor on the disk."""


def keep_as_it_is(tile: Tile) -> None:
    """A `Keep` for work that never makes many."""
    del tile


class TileShelf:
    """The first tiles stay as they are; then they are compressed, and beyond `packed_bytes` put
    into a file that is gone with the last of them. One thread."""

    def __init__(
        self,
        file: SpillFile | None = None,
        raw_bytes: int = 256 * _MEGABYTE,
        packed_bytes: int = 96 * _MEGABYTE,
        most_bytes: int = 1024 * _MEGABYTE,
    ) -> None:
        self._storage = ColdStorage(file or SpillFile())
        self._raw_left = raw_bytes
        self._packed_left = packed_bytes
        self._most_left = most_bytes
        self._freed_bytes = 0

    def put(self, tile: Tile) -> None:
        """A `Keep`."""
        size = tile.byte_size
        if size <= self._raw_left:
            self._raw_left -= size
            return
        self._storage.pack(tile, to_disk=self._packed_left <= 0)
        self._packed_left -= tile.byte_size
        self._most_left -= tile.byte_size
        self._freed_bytes += size
        if self._freed_bytes > _GIVE_BACK_BYTES:
            self._freed_bytes = 0
            give_back_freed_memory()
        if self._most_left < 0 and self._storage.trouble is not None:
            raise no_room() from self._storage.trouble


def no_room() -> StorageError:
    """What to say when a picture fits nowhere."""
    return StorageError(
        "There is no room for so large a picture, neither in memory nor on the disk.",
        "Free some disk space, then try again.",
    )
