"""`TileKeeper`: keeps tiles and undo records within a budget of memory, in a thread of its own."""

import logging
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.document.undo_stack import UndoStack
from aipaint.errors import StorageError
from aipaint.pixels.freed_memory import give_back_freed_memory
from aipaint.pixels.packed import Packed
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileMap

_LOG = logging.getLogger(__name__)
_TILE_BYTES = TILE_SIZE * TILE_SIZE * 4
_MEGABYTE = 1024 * 1024
_ROOM_LEFT = 0.8  # packed down to this share, so that the next tile does not start it all again


@dataclass(frozen=True)
class MemoryBudget:
    """What stays in memory. Beyond it, what has not been looked at longest goes first.

    `tile_bytes`: tiles as they are. `packed_bytes`: compressed tiles; beyond it they go to disk.
    `undo_raw_bytes`: the newest records as they are. `undo_bytes`: these and the compressed ones;
    older ones go to disk, and if the disk takes no more, the oldest steps are forgotten.
    """

    tile_bytes: int = 512 * _MEGABYTE
    packed_bytes: int = 128 * _MEGABYTE
    undo_raw_bytes: int = 64 * _MEGABYTE
    undo_bytes: int = 160 * _MEGABYTE


class TileKeeper:
    """`look` now and then (see `Document.keep_within`); nothing else has to know of it.

    Packed tiles come back when they are read, records when they are undone.
    """

    def __init__(self, budget: MemoryBudget, file: SpillFile) -> None:
        self._budget = budget
        self._file = file
        self._worker: threading.Thread | None = None
        self._undo_bytes = 0  # as the worker last found it
        self._is_disk_full = False

    def look(self, picture: Picture, undo_stack: UndoStack) -> None:
        """Start packing if there is more than the budget allows. Main thread; returns at once."""
        if self._worker is not None and self._worker.is_alive():
            return
        if self._is_disk_full and self._undo_bytes > self._budget.undo_bytes:
            undo_stack.forget_oldest(self._undo_bytes - self._budget.undo_bytes)
            self._undo_bytes = 0
        maps = list(_maps_of(picture))
        commands = undo_stack.commands
        if sum(map(len, maps)) * _TILE_BYTES <= self._budget.tile_bytes and not commands:
            return
        tiles = [tile for tile_map in maps for tile in tile_map.tiles()]
        self._worker = threading.Thread(
            target=self._work, args=(tiles, commands), name="tile keeper", daemon=True
        )
        self._worker.start()

    def wait(self) -> None:
        """Until what was started is done."""
        if self._worker is not None:
            self._worker.join()

    def close(self) -> None:
        """Wait, and delete the file: everything on disk is gone. At the end of the program."""
        self.wait()
        self._file.close()

    def _work(self, tiles: list[Tile], commands: Sequence[Command]) -> None:
        self._pack_old(commands)
        held = [tile for command in commands for tile in command.tiles()]
        self._pack_cold({id(tile): tile for tile in (*tiles, *held)}.values())

    def _pack_old(self, commands: Sequence[Command]) -> None:
        """The newest records stay as they are, older ones are compressed, the oldest spilled."""
        total = 0
        for command in reversed(commands):
            total += command.byte_size
            if total > self._budget.undo_raw_bytes:
                total -= command.byte_size
                command.pack(None)
                total += command.byte_size
                if total > self._budget.undo_bytes:
                    self._spill(command)
        self._undo_bytes = sum(command.byte_size for command in commands)

    def _spill(self, what: Command | Packed) -> None:
        if self._is_disk_full:
            return
        try:
            if isinstance(what, Command):
                what.pack(self._file)
            else:
                what.spill(self._file)
        except StorageError:
            self._is_disk_full = True
            _LOG.warning("Cold tiles stay in memory: the temporary file takes no more.")

    def _pack_cold(self, tiles: Collection[Tile]) -> None:
        raw = [tile for tile in tiles if not tile.is_packed]
        for tile in raw:
            tile.age = 0 if tile.was_used else tile.age + 1
            tile.was_used = False
        total = sum(tile.byte_size for tile in raw)
        if total <= self._budget.tile_bytes:
            return
        in_memory = sum(tile.byte_size for tile in tiles if tile.is_packed)
        for tile in sorted(raw, key=lambda tile: -tile.age):
            if total <= self._budget.tile_bytes * _ROOM_LEFT:
                break
            total -= tile.byte_size
            packed = tile.packed or Packed(tile.pixels)
            if isinstance(packed, Packed) and in_memory > self._budget.packed_bytes:
                self._spill(packed)
            in_memory += packed.byte_size
            tile.pack(packed)
        give_back_freed_memory()


def _maps_of(picture: Picture) -> Iterator[TileMap]:
    for layer in picture.layers:
        yield layer.tiles
        if layer.mask is not None:
            yield layer.mask.tiles
    yield picture.mask
