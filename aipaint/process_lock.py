"""`ProcessLock`: a file that a live process holds, so that others can tell a crash from a twin."""

import contextlib
import os
import sys
import time
import weakref
from pathlib import Path

from aipaint.errors import StorageError

_SUFFIX = ".lock"
_WAIT_SECONDS = 0.02
_MOMENT_SECONDS = 0.002
_PROBES = 5


class ProcessLock:
    """Held from its making until `release` or the end of the process, however that ends.

    The system itself gives the lock up when the process is killed; only the empty file stays,
    which tells the next start that this session did not end by itself.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock; waits while another process holds it. Raises StorageError."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = _held(path)
        except OSError as error:
            raise StorageError(
                f"The folder {path.parent} cannot be written: {error.strerror}.",
                "Make the data folder writable or choose another one with --home.",
            ) from error
        # Also at the end of the interpreter: a clean exit leaves no file.
        self._release = weakref.finalize(self, _give_up, handle, path)

    @property
    def owner(self) -> str:
        """The name by which `is_alive` knows the holder."""
        return self.path.stem

    def release(self) -> None:
        """Give the lock up and remove its file. Again does nothing."""
        self._release()

    def __enter__(self) -> "ProcessLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_alive(folder: Path, owner: str) -> bool:
    """Whether a process holds the lock `owner` in the folder at this moment."""
    try:
        handle = os.open(folder / f"{owner}{_SUFFIX}", os.O_RDWR)
    except OSError:
        return False
    try:
        return not _can_be_had(handle)
    finally:
        os.close(handle)


def remove_stale(folder: Path) -> tuple[str, ...]:
    """Owners whose process was killed: their files are removed, and this tells who they were."""
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    return tuple(path.stem for path in paths if _remove_if_dead(path))


def _held(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOINHERIT", 0), 0o600)
        try:
            _lock(handle)
            # Somebody may have removed the file as stale between the two lines above.
            if _is_at(handle, path):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _give_up(handle: int, path: Path) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there
        os.close(handle)
    # A disk that refuses now keeps the empty file: the next start then looks more closely.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
                return
            except PermissionError:
                time.sleep(_WAIT_SECONDS)

    def _remove_if_dead(path: Path) -> bool:
        try:
            path.unlink()  # what a process has open cannot be removed
        except OSError:
            return False
        return True

    def _can_be_had(handle: int) -> bool:
        # Another one who asks holds it for a moment, too: only a lock that stays is a process.
        for _ in range(_PROBES):
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except PermissionError:
                time.sleep(_WAIT_SECONDS)
            else:
                os.lseek(handle, 0, os.SEEK_SET)
                msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
                return True
        return False

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _remove_if_dead(path: Path) -> bool:
        try:
            handle = os.open(path, os.O_RDWR)
        except OSError:
            return False
        try:
            # Alone under the lock, and only the very file that is locked: a process that is just
            # taking it then sees that its file is gone, and no newer file goes with it.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not _is_at(handle, path):
                return False
            path.unlink()
            return True
        except BlockingIOError:
            return False
        finally:
            os.close(handle)

    def _can_be_had(handle: int) -> bool:
        # Shared, so that two who ask at once do not take each other for the holder; again, because
        # somebody who removes a stale file holds it alone for a moment.
        for _ in range(_PROBES):
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_MOMENT_SECONDS)
            else:
                return True
        return False
