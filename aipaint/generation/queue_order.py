"""`QueueOrder`: who waits, who runs and who may start: the queue without its threads."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from aipaint.errors import AipaintError
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.queue_view import QueuedJob, QueueView

FREE_AT_ONCE = 2
"""Offline jobs use this computer, not money: they never wait behind paid ones."""


@dataclass(eq=False)
class QueueEntry:
    """One job in the queue. `job` is None until the picture of an earlier session is read again.

    `unwritten` counts its changes that are not on disk yet: it starts with none. `is_resumed`: it
    was bought already.
    """

    shown: QueuedJob
    options: GenerateOptions
    is_paid: bool
    job: Job | None = None
    unwritten: int = 0
    is_resumed: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)
    leaving: threading.Event = field(default_factory=threading.Event)
    warn: Callable[[AipaintError], None] = lambda _error: None

    @property
    def id(self) -> str:
        return self.shown.id

    def show(self, **changes: object) -> None:
        """Other facts for the list."""
        self.shown = replace(self.shown, **changes)  # type: ignore[arg-type]


class QueueOrder:
    """Main thread only. At most `paid_at_once` paid jobs run together; resumed ones cost nothing
    and do not count."""

    def __init__(self, paid_at_once: int) -> None:
        self.paid_at_once = paid_at_once
        self.is_paused = False
        self._waiting: list[QueueEntry] = []
        self._running: dict[str, QueueEntry] = {}

    @property
    def running(self) -> tuple[QueueEntry, ...]:
        return tuple(self._running.values())

    @property
    def waiting(self) -> tuple[QueueEntry, ...]:
        return tuple(self._waiting)

    @property
    def is_busy(self) -> bool:
        """Something runs, or waits and was not held back."""
        return bool(self._running) or any(not one.shown.is_paused for one in self._waiting)

    def add(self, entry: QueueEntry) -> None:
        self._waiting.append(entry)

    def find(self, job_id: str) -> QueueEntry | None:
        return self._running.get(job_id) or self.find_waiting(job_id)

    def find_waiting(self, job_id: str) -> QueueEntry | None:
        return next((one for one in self._waiting if one.id == job_id), None)

    def take_waiting(self, job_id: str) -> QueueEntry | None:
        """Out of the queue; None for one that runs already or is not there."""
        entry = self.find_waiting(job_id)
        if entry is not None:
            self._waiting.remove(entry)
        return entry

    def take_all_waiting(self) -> tuple[QueueEntry, ...]:
        taken, self._waiting = tuple(self._waiting), []
        return taken

    def move(self, job_id: str, index: int) -> bool:
        """To this place among those that wait, counted from 0; whether that changed anything."""
        entry = self.find_waiting(job_id)
        if entry is None:
            return False
        before = self._waiting.index(entry)
        self._waiting.remove(entry)
        self._waiting.insert(min(max(index, 0), len(self._waiting)), entry)
        return self._waiting.index(entry) != before

    def index_of(self, job_id: str) -> int:
        """The place among those that wait; -1 for one that does not."""
        ids = [one.id for one in self._waiting]
        return ids.index(job_id) if job_id in ids else -1

    def start_what_may(self) -> tuple[QueueEntry, ...]:
        """Those that run from now on, in their order."""
        started: list[QueueEntry] = []
        for entry in self.waiting:
            if self._may_start(entry):
                self._waiting.remove(entry)
                self._running[entry.id] = entry
                started.append(entry)
        return tuple(started)

    def end(self, job_id: str) -> QueueEntry | None:
        """It is over, wherever it was."""
        return self._running.pop(job_id, None) or self.take_waiting(job_id)

    def view(self) -> QueueView:
        running, waiting = _shown(self._running.values()), _shown(self._waiting)
        return QueueView(self.is_paused, running, waiting, self.paid_at_once)

    def _may_start(self, entry: QueueEntry) -> bool:
        if entry.unwritten or entry.shown.is_paused:
            return False
        if entry.is_resumed:
            return True
        if self.is_paused:
            return False
        alike = [one for one in self.running if one.is_paid == entry.is_paid and not one.is_resumed]
        return len(alike) < (self.paid_at_once if entry.is_paid else FREE_AT_ONCE)


def _shown(entries: Iterable[QueueEntry]) -> tuple[QueuedJob, ...]:
    return tuple(entry.shown for entry in entries)
