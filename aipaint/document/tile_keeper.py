"""`TileKeeper`: keeps tiles and undo records within a budget of memory, in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from weakref import WeakKeyDictionary, WeakSet

from aipaint.document.command import Command
from aipaint.document.memory_use import MemoryUse
from aipaint.document.picture import Picture
from aipaint.document.undo_stack import UndoStack
from aipaint.errors import AipaintError
from aipaint.pixels.cold_storage import ColdStorage
from aipaint.pixels.freed_memory import give_back_freed_memory
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import no_room

_LOG = logging.getLogger(__name__)
_TILE_BYTES = TILE_SIZE * TILE_SIZE * 4
_MEGABYTE = 1024 * 1024
_ROOM_LEFT = 0.8  # packed down to this share, so that the next tile does not start it all again
_HARD = 1.25  # from this share of the budget on, whoever makes tiles packs some as well
_SLICE_SECONDS = 0.008  # half a frame
_NEWEST_LEFT_ALONE = 256  # tiles: they are being painted on
_GIVE_BACK_BYTES = 64 * _MEGABYTE
_TRY_AGAIN_LOOKS = 30
_MOST_PACKED_BYTES = 1024 * _MEGABYTE


@dataclass(frozen=True)
class MemoryBudget:
    """What stays in memory. Beyond it, what has not been looked at longest goes first.

    `tile_bytes`: tiles as they are. `packed_bytes`: compressed tiles; beyond it they go to disk.
    `undo_raw_bytes`: the newest records as they are. `undo_bytes`: these and the compressed ones;
    older ones go to disk. Only what has been compressed and is on disk already is ever forgotten,
    the oldest steps first: beyond `undo_disk_bytes`, or if the disk takes no more.
    """

    tile_bytes: int = 384 * _MEGABYTE
    packed_bytes: int = 96 * _MEGABYTE
    undo_raw_bytes: int = 64 * _MEGABYTE
    undo_bytes: int = 128 * _MEGABYTE
    undo_disk_bytes: int = 8 * 1024 * _MEGABYTE


class TileKeeper:
    """`look` now and then, `note` after each step (see `Document.keep_within`), `shelve` for each
    tile that work in the background makes. Packed tiles come back when they are read, records when
    they are undone.

    `tell` is called, on the main thread, when the disk takes no more.
    """

    def __init__(
        self,
        budget: MemoryBudget,
        file: SpillFile,
        tell: Callable[[AipaintError], None] | None = None,
    ) -> None:
        self._budget = budget
        self._storage = ColdStorage(file)
        self._tell = tell
        self._worker: threading.Thread | None = None
        self._lock = threading.Lock()
        self._raw_bytes = 0  # as the worker last found it, and what was made since
        self._packed_bytes = 0
        self._freed_bytes = 0
        self._undo_excess_bytes = 0
        self._recent: dict[Tile, None] = {}  # made by steps since, the oldest first
        self._shelved: WeakSet[Tile] = WeakSet()  # made in the background, in no picture yet
        self._uses: WeakKeyDictionary[Command, MemoryUse] = WeakKeyDictionary()
        self._looks_in_trouble = 0

    def look(self, picture: Picture, undo_stack: UndoStack) -> None:
        """Start packing if there is more than the budget allows. Main thread; returns at once."""
        if self._worker is not None and self._worker.is_alive():
            return
        self._look_at_disk()
        if self._undo_excess_bytes > 0:
            undo_stack.forget_oldest(self._undo_excess_bytes)
            self._undo_excess_bytes = 0
        self._start(picture, undo_stack)

    def note(self, picture: Picture, undo_stack: UndoStack) -> bool:
        """After a step: what it made counts from now on. True as long as `relieve` is needed.
        Main thread; takes half a frame at most."""
        for tile in undo_stack.newest_tiles():
            if not tile.is_packed and tile not in self._recent:
                self._recent[tile] = None
                with self._lock:
                    self._raw_bytes += tile.byte_size
        is_idle = self._worker is None or not self._worker.is_alive()
        if is_idle and self._raw_bytes > self._budget.tile_bytes:
            self._start(picture, undo_stack)
        return self.relieve()

    def relieve(self) -> bool:
        """Pack some of the tiles made lately, if the worker cannot keep up. True if there are more.
        Main thread; takes half a frame at most."""
        until = time.perf_counter() + _SLICE_SECONDS
        while self._is_pressed:
            if time.perf_counter() > until:
                return True
            tile = next(iter(self._recent))
            del self._recent[tile]
            self._pack(tile)
        return False

    def shelve(self, tile: Tile) -> None:
        """A tile that work in the background has made: packed at once where there is no room for
        it as it is. Any thread. Raises StorageError where the disk has no room for it either."""
        with self._lock:
            self._raw_bytes += tile.byte_size
            self._shelved.add(tile)
            is_over = self._raw_bytes > self._budget.tile_bytes
        if is_over:
            self._pack(tile)
            self._give_back(_GIVE_BACK_BYTES)
            if self._storage.trouble is not None and self._packed_bytes > _MOST_PACKED_BYTES:
                raise no_room() from self._storage.trouble

    def use_of(self, command: Command) -> MemoryUse | None:
        """What a step of the history took when it was last looked at; None if it is newer."""
        return self._uses.get(command)

    def wait(self) -> None:
        """Until what was started is done."""
        if self._worker is not None:
            self._worker.join()

    def close(self) -> None:
        """Wait, and delete the file: everything on disk is gone. At the end of the program."""
        self.wait()
        self._storage.close()

    @property
    def _is_pressed(self) -> bool:
        is_over = self._raw_bytes > self._budget.tile_bytes * _HARD
        return is_over and len(self._recent) > _NEWEST_LEFT_ALONE

    def _look_at_disk(self) -> None:
        trouble = self._storage.trouble
        if trouble is None:
            return
        if self._looks_in_trouble == 0:
            _LOG.warning("The temporary file takes no more: cold tiles stay in memory.")
            if self._tell is not None:
                self._tell(trouble)
        self._looks_in_trouble += 1
        if self._looks_in_trouble % _TRY_AGAIN_LOOKS == 0:
            self._storage.try_again()

    def _start(self, picture: Picture, undo_stack: UndoStack) -> None:
        maps = list(_maps_of(picture))
        commands = undo_stack.commands
        count = sum(map(len, maps)) + len(self._shelved)
        if count * _TILE_BYTES <= self._budget.tile_bytes and not commands:
            self._raw_bytes = 0  # at most that, and nobody needs to know how much
            return
        tiles = [tile for tile_map in maps for tile in tile_map.tiles()]
        self._recent.clear()
        self._worker = threading.Thread(
            target=self._work, args=(tiles, commands), name="tile keeper", daemon=True
        )
        self._worker.start()

    def _work(self, tiles: list[Tile], commands: Sequence[Command]) -> None:
        shown = dict.fromkeys(tiles)
        self._pack_old(commands, shown.keys())
        held = dict.fromkeys(tile for command in commands for tile in command.tiles())
        with self._lock:
            known_before = self._raw_bytes
            self._shelved.difference_update(tiles)
            newer = dict.fromkeys((*self._shelved, *list(self._recent)))
        self._pack_cold(list({**held, **shown, **newer}), known_before)

    def _pack_old(self, commands: Sequence[Command], shown: Set[Tile]) -> None:
        """The newest records stay as they are, older ones are compressed, the oldest spilled."""
        budget, seen = self._budget, set(shown)
        total = on_disk = 0
        uses: WeakKeyDictionary[Command, MemoryUse] = WeakKeyDictionary()
        for command in reversed(commands):
            own = _own_bytes(command, seen)
            if total + own > budget.undo_raw_bytes:
                # Cold tiles take no memory, but their differences would, all of them together.
                most_bytes = len(command.tiles()) * _TILE_BYTES // 2
                if total + max(own, most_bytes) > budget.undo_bytes:
                    self._storage.spill(command)  # one by one
                command.pack(None)
                is_over = total + _own_bytes(command, seen) > budget.undo_bytes
                for tile in set(command.tiles()) - seen:
                    self._storage.pack(tile, to_disk=is_over)
                if is_over:
                    self._storage.spill(command)
                own = _own_bytes(command, seen)
            use = uses[command] = MemoryUse(own, _own_disk_bytes(command, seen))
            total += own
            on_disk += use.disk_bytes
            seen.update(command.tiles())
        self._uses = uses
        excess = total - budget.undo_bytes if self._storage.trouble is not None else 0
        self._undo_excess_bytes = max(0, excess, on_disk - budget.undo_disk_bytes)

    def _pack_cold(self, tiles: Collection[Tile], known_before: int) -> None:
        for tile in tiles:
            if not self._storage.is_settled(tile):
                self._pack(tile)
        raw = [tile for tile in tiles if not tile.is_packed]
        for tile in raw:
            tile.age = 0 if tile.was_used else tile.age + 1
            tile.was_used = False
        total = sum(tile.byte_size for tile in raw)
        with self._lock:
            self._raw_bytes += total - known_before
            self._packed_bytes = sum(tile.byte_size for tile in tiles if tile.is_packed)
        if total <= self._budget.tile_bytes:
            return
        for tile in sorted(raw, key=lambda tile: -tile.age):
            if self._raw_bytes <= self._budget.tile_bytes * _ROOM_LEFT:
                break
            self._pack(tile)
            self._give_back(_GIVE_BACK_BYTES)
        self._give_back()

    def _pack(self, tile: Tile) -> None:
        """Any thread."""
        before = 0 if tile.is_packed else tile.byte_size
        self._storage.pack(tile, to_disk=self._packed_bytes >= self._budget.packed_bytes)
        with self._lock:
            self._raw_bytes -= before
            self._packed_bytes += tile.byte_size
            self._freed_bytes += before

    def _give_back(self, freed_bytes: int = 0) -> None:
        """What has been freed, to the system, if it is as much as that. Too slow for the main
        thread."""
        if self._freed_bytes > freed_bytes:
            self._freed_bytes = 0
            give_back_freed_memory()


def _own_bytes(command: Command, seen: Set[Tile]) -> int:
    """Memory that neither the picture nor a newer step needs as well."""
    whole = sum(tile.byte_size for tile in set(command.tiles()) - seen)
    return whole + command.difference_byte_size


def _own_disk_bytes(command: Command, seen: Set[Tile]) -> int:
    shared = sum(tile.disk_byte_size for tile in set(command.tiles()) & seen)
    return command.disk_byte_size - shared


def _maps_of(picture: Picture) -> Iterator[TileMap]:
    for layer in picture.layers:
        yield layer.tiles
        if layer.mask is not None:
            yield layer.mask.tiles
    yield picture.mask
    if picture.selection is not None:
        yield picture.selection
    yield from picture.kept.values()
