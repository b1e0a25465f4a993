"""`Background`: slow work off the main thread, with the answer back on it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance

from aipaint.errors import AipaintError

_LOG = logging.getLogger(__name__)
_BUSY_AFTER_MILLISECONDS = 500

Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Work(Generic[Answer]):
    """`call` runs on a worker; one of `done` and `failed` follows on the main thread.

    `message` is shown if it takes longer than half a second, e.g. "Opening cat.png".
    """

    call: Callable[[], Answer]
    done: Callable[[Answer], None]
    failed: Callable[[AipaintError], None]
    message: str = ""


class Background(QObject):
    """Owns the one signal that workers answer through; runnables only borrow it."""

    busy_changed = Signal(str)  # what takes long, "" when nothing does

    _answered = Signal(int, object, object)  # number, answer, AipaintError | None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(2)
        self._pending: dict[int, Work[object]] = {}
        self._count = 0
        self._is_closed = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_BUSY_AFTER_MILLISECONDS)
        self._patience.timeout.connect(self._tell)
        self._answered.connect(self._on_answered)

    @property
    def is_busy(self) -> bool:
        return bool(self._pending)

    def start(self, work: Work[Answer]) -> None:
        """Queue it; nothing is started after `shut_down`."""
        if self._is_closed:
            return
        self._count += 1
        self._pending[self._count] = work  # type: ignore[assignment]
        if work.message and not self._patience.isActive():
            self._patience.start()
        self._pool.start(_Run(self._count, work.call, self._answered))

    def shut_down(self, timeout_milliseconds: int = 10_000) -> bool:
        """Let what runs finish (a save must not be cut), drop the rest. False if it hangs."""
        self._is_closed = True
        self._pool.clear()
        is_done = self._pool.waitForDone(timeout_milliseconds)
        self._patience.stop()
        self._pending.clear()
        return is_done

    def _tell(self) -> None:
        messages = [work.message for work in self._pending.values() if work.message]
        self.busy_changed.emit(messages[0] if messages else "")

    def _on_answered(self, number: int, answer: object, error: AipaintError | None) -> None:
        work = self._pending.pop(number, None)
        if work is None:
            return
        if not any(other.message for other in self._pending.values()):
            self._patience.stop()
            self.busy_changed.emit("")
        if error is not None:
            work.failed(error)
        else:
            work.done(answer)


class _Run(QRunnable):
    def __init__(self, number: int, call: Callable[[], object], answered: SignalInstance) -> None:
        super().__init__()
        self._number = number
        self._call = call
        self._answered = answered

    def run(self) -> None:
        """On the worker: the border where expected failures and bugs are told apart."""
        try:
            answer = self._call()
        except AipaintError as error:
            self._answered.emit(self._number, None, error)
        except Exception:
            _LOG.exception("Work in the background ended by a fault in the program")
            fault = AipaintError("That failed by a fault in aipaint.", "The log has the details.")
            self._answered.emit(self._number, None, fault)
        else:
            self._answered.emit(self._number, answer, None)
