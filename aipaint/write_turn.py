"""`write_turn`: all who write to one database take turns, so that nobody starves.

SQLite lets those who wait look again after up to 100 ms; whoever has just committed is back long
before. Of eight processes that bought at once on a slow disk seven gave up after ten seconds.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_LOOK_SECONDS = 0.001
_PATIENCE_SECONDS = 30.0


@contextlib.contextmanager
def write_turn(database: Path) -> Iterator[None]:
    """Be the only one inside, of every thread and process. Not to be nested.

    A courtesy, no protection: where the two files beside the database cannot be had, or a stopped
    process keeps them, the caller goes on after a while and SQLite's own lock decides.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    # Who is next waits at the turn with the queue in hand: who comes back has to queue behind.
    with contextlib.ExitStack() as turn:
        with contextlib.ExitStack() as queue:
            _take(Path(f"{database}.queue"), deadline, queue)
            _take(Path(f"{database}.turn"), deadline, turn)
        yield


def _take(path: Path, deadline: float, stack: contextlib.ExitStack) -> None:
    """Hold the file until the stack ends, or go without after the deadline."""
    try:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOINHERIT", 0)
        handle = os.open(path, flags, 0o600)
    except OSError:
        return
    stack.callback(os.close, handle)  # gives the lock up
    while not _is_taken(handle) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _is_taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: everybody goes on
            return True
        return True
