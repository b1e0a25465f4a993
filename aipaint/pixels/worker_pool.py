"""`WorkerPool`: child processes for long computations; one can be kept warm for the next."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from aipaint.pixels.worker_body import load_fill
from aipaint.pixels.worker_process import Hearing, WorkerProcess

_MOST_KEPT_BYTES = 24_000_000  # a child that held more is not kept: it gives no memory back

T = TypeVar("T")


class WorkerPool:
    """Any thread. As many children as there are callers, each gone with its work; after `warm_up`
    one that is idle is kept for the next, until `close` or the end of the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[WorkerProcess, bool]] = []  # bool: still loading
        self._keeps_one = False
        self._is_closed = False

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, function: Callable[..., T], arguments: tuple[Any, ...], hearing: Hearing) -> T:
        """`function(*arguments, report)` in a child; both must be importable there.

        Raises CancelledError within 100 ms of the cancel, UsageError, WorkerFailed.
        """
        child = self._taken(hearing)
        try:
            child.send(function, arguments)
            result = child.result(function, hearing)
        except BaseException:
            child.kill()
            raise
        self._put_back(child, is_kept=_size(arguments) + _size((result,)) <= _MOST_KEPT_BYTES)
        return result

    def warm_up(self) -> None:
        """Have a child ready that has loaded what filling a hole needs, from now on. Starting it
        takes some ten milliseconds; it loads on its own. Raises WorkerFailed."""
        with self._lock:
            if self._idle or self._is_closed:
                return
            self._keeps_one = True
            child = WorkerProcess()
            child.send(load_fill, ())
            self._idle.append((child, True))

    def close(self) -> None:
        """No child is kept from now on; those at work end with their work or its cancel."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for child, _ in idle:
            child.kill()

    def _taken(self, hearing: Hearing) -> WorkerProcess:
        child, is_loading = self._pop()
        if is_loading:
            try:
                child.result(load_fill, hearing)
            except BaseException:
                child.kill()
                raise
        return child

    def _pop(self) -> tuple[WorkerProcess, bool]:
        with self._lock:
            while self._idle:
                child, is_loading = self._idle.pop()
                if child.is_alive:
                    return child, is_loading
                child.kill()
        return WorkerProcess(), False

    def _put_back(self, child: WorkerProcess, *, is_kept: bool) -> None:
        with self._lock:
            if is_kept and self._keeps_one and not self._is_closed and not self._idle:
                self._idle.append((child, False))
                return
        child.kill()


def _size(values: tuple[Any, ...]) -> int:
    """About how many bytes of pictures there are among the values."""
    return sum(
        len(value) if isinstance(value, bytes) else int(getattr(value, "nbytes", 0))
        for value in values
    )
