"""One child process that computes for us, so that a cancel ends the computation at once."""

import contextlib
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aipaint.errors import AipaintError, CancelledError, UsageError
from aipaint.pixels.worker_body import DONE, FAILED, PROGRESS, WRONG_USE, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_POLL_SECONDS = 0.02

T = TypeVar("T")


class WorkerFailed(AipaintError):
    """The process died or could not do its work."""

    kind = "offline"


@dataclass(frozen=True)
class Hearing:
    """Who waits for the work: it may cancel, and is told how far it is (None: not known)."""

    cancelled: threading.Event
    report: Callable[[float | None, str], None]


class WorkerProcess:
    """Used by one thread at a time. After an error it is dead and must not be used again."""

    def __init__(self) -> None:
        """Starts the child. Raises WorkerFailed."""
        import multiprocessing  # here, because the window must show before it is needed

        context = multiprocessing.get_context("spawn")  # fork is unsafe under Qt's threads
        self._pipe, theirs = context.Pipe()
        self._child: BaseProcess = context.Process(
            target=serve, args=(theirs,), name="offline-worker", daemon=True
        )
        try:
            self._child.start()
        except OSError as error:
            self._pipe.close()
            raise WorkerFailed(
                "No process could be started for the work.", "Close other programs and try again."
            ) from error
        finally:
            theirs.close()  # so that the death of the child reads as the end of the pipe
        self._senders: list[threading.Thread] = []
        self._finalizer = weakref.finalize(self, _end, self._child, self._pipe, self._senders)

    @property
    def is_alive(self) -> bool:
        return self._finalizer.alive and self._child.is_alive()

    @property
    def pid(self) -> int:
        return self._child.pid or 0

    def send(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Start the work. Aside, because a large picture fills the pipe until it is read."""
        work = (function, arguments)
        sender = threading.Thread(target=_send, args=(self._pipe, work), daemon=True)
        self._senders[:] = [sender]
        sender.start()

    def result(self, function: Callable[..., T], hearing: Hearing) -> T:
        """Wait for the end of the work that was sent.

        Raises CancelledError within 100 ms of the cancel, UsageError, WorkerFailed.
        """
        del function  # its result is meant
        while True:
            while not self._pipe.poll(_POLL_SECONDS):
                if hearing.cancelled.is_set():
                    raise CancelledError("Cancelled.")
            kind, *content = self._receive()
            if kind == DONE:
                return cast(T, content[0])
            if kind == WRONG_USE:
                raise UsageError(*content)
            if kind == FAILED:
                raise WorkerFailed(f"The work failed: {content[0]}.", "Work on less at once.")
            if kind == PROGRESS:
                hearing.report(*content)

    def kill(self) -> None:
        """End it now; what it was doing is lost."""
        self._finalizer()

    def _receive(self) -> tuple[Any, ...]:
        try:
            return cast(tuple[Any, ...], self._pipe.recv())
        except (EOFError, ConnectionError):  # the child died
            raise WorkerFailed(
                "The process that does the work stopped unexpectedly.",
                "Close other programs to free memory, or work on less at once.",
            ) from None


def _send(pipe: "Connection", work: object) -> None:
    with contextlib.suppress(OSError):  # killed meanwhile; the reader tells
        pipe.send(work)


def _end(child: "BaseProcess", pipe: "Connection", senders: list[threading.Thread]) -> None:
    child.kill()
    child.join()
    child.close()
    for sender in senders:
        sender.join()  # nobody reads any more, so it stops; only then may the pipe close
    pipe.close()
