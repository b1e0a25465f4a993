"""`SpillFile`: a temporary file for what memory has no room for. Gone when the program ends."""

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections import defaultdict, deque
from pathlib import Path
from typing import IO

from aipaint.errors import StorageError

_BLOCK = 4096
_OWN_NAME = re.compile(r"aipaint-(\d+)-")


class SpillFile:
    """Pieces of bytes in one unnamed file; the room of pieces nobody holds is used again.

    Any thread. Made at the first write, in `folder` or the system's place for temporary files.
    """

    def __init__(self, folder: Path | None = None, limit_bytes: int = 16 * 1024**3) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._end = 0
        self._free: defaultdict[int, list[int]] = defaultdict(list)  # places by size
        self._given_back: deque[tuple[int, int]] = deque()

    def store(self, data: bytes) -> "SpilledBytes":
        """Write a piece. Raises StorageError if the disk or the limit is full."""
        size = -(-len(data) // _BLOCK) * _BLOCK
        with self._lock:
            place = self._room_for(size)
            try:
                file = self._opened()
                file.seek(place)
                file.write(data)
                file.flush()
            except OSError as error:
                self._free[size].append(place)
                raise _failure("No temporary room for cold parts of the picture") from error
        return SpilledBytes(self, place, len(data), size)

    def read(self, place: int, length: int) -> bytes:
        """A piece's bytes. Raises StorageError."""
        try:
            data = self._read(place, length)
        except (OSError, ValueError) as error:  # a closed file is a ValueError
            raise _failure("A cold part of the picture cannot be read back") from error
        if len(data) != length:
            raise _failure("A cold part of the picture cannot be read back")
        return data

    def give_back(self, place: int, size: int) -> None:
        """The piece there is not needed any more. Never waits, so a finalizer may call it."""
        self._given_back.append((place, size))

    def sweep(self) -> None:
        """Remove what a crash of the whole machine left in the folder. Whatever belongs to a
        process that lives stays."""
        for path in self._folder.glob("aipaint-*") if self._folder is not None else ():
            named = _OWN_NAME.match(path.name)
            if named is not None and not _is_alive(int(named[1])):
                with contextlib.suppress(OSError):  # the next start tries again
                    path.unlink()

    def close(self) -> None:
        """Delete the file. What was stored is gone."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def __del__(self) -> None:
        # Work without a window has nobody who closes it.
        if self._file is not None:
            self._file.close()

    @property
    def byte_size(self) -> int:
        """How long the file is."""
        return self._end

    def _read(self, place: int, length: int) -> bytes:
        file = self._file
        if file is not None and sys.platform != "win32":
            return os.pread(file.fileno(), length, place)  # who looks never waits for who packs
        with self._lock:
            file = self._opened()
            file.seek(place)
            return file.read(length)

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            if self._folder is not None:
                self._folder.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(  # noqa: SIM115 - open as long as the program
                dir=self._folder, prefix=f"aipaint-{os.getpid()}-"
            )
        return self._file

    def _room_for(self, size: int) -> int:
        while self._given_back:
            place, free = self._given_back.popleft()
            self._free[free].append(place)
        if self._free[size]:
            return self._free[size].pop()
        if self._end + size > self._limit:
            raise _failure("The temporary file for cold parts of the picture is full")
        place, self._end = self._end, self._end + size
        return place


class SpilledBytes:
    """A piece of a `SpillFile`; its room is free again when nobody holds this."""

    __slots__ = ("_file", "_length", "_place", "_size")

    def __init__(self, file: SpillFile, place: int, length: int, size: int) -> None:
        self._file = file
        self._place = place
        self._length = length
        self._size = size

    def read(self) -> bytes:
        """Raises StorageError."""
        return self._file.read(self._place, self._length)

    @property
    def byte_size(self) -> int:
        """Room it takes in the file."""
        return self._size

    def __del__(self) -> None:
        self._file.give_back(self._place, self._size)


def _is_alive(process_id: int) -> bool:
    if sys.platform == "win32":
        # The system deletes these files with their process, and lets nobody else open them.
        return False
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def _failure(what: str) -> StorageError:
    return StorageError(f"{what}.", "Free some disk space, then save the picture.")
