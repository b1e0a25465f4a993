"""`JobQueue`: jobs on a thread pool, and the news of them on the main thread.

The queue owns the signals for as long as it lives; runnables only borrow them. Signals owned by a
runnable die with it, and with them the news of a result that was paid for. Results are on disk
before a signal is sent, so that even a lost signal loses nothing. The pool itself never holds a job
that waits: what has not started when the program ends stays a row on the disk.
"""

import logging
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, SignalInstance

from aipaint.errors import AipaintError, CancelledError
from aipaint.generation.cancel_requests import LOOK_SECONDS, CancelRequests
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import row_of
from aipaint.generation.job import Job, JobOutcome, JobView, label_of
from aipaint.generation.options import GenerateOptions
from aipaint.generation.queue_order import QueueEntry, QueueOrder
from aipaint.generation.queue_view import QueuedJob, QueueView
from aipaint.generation.queue_work import Prepared, drop, estimated, prepare, run_entry
from aipaint.generation.recover_jobs import Recovered
from aipaint.generation.stored_job import options_of
from aipaint.history.records import JobStatus
from aipaint.ledger.errors import BudgetPaused
from aipaint.money import Micros

_LOG = logging.getLogger(__name__)
_WAITING = "Waiting for its turn"
_PAUSED = "Paused"
_NO_MONEY = ("quota", "billing")
_MOST_THREADS = 32  # the order decides who starts; this is only never the limit


class JobQueue(QObject):
    """Main thread only. After `shut_down` nothing is started any more."""

    job_changed = Signal(object)  # JobView
    job_done = Signal(object)  # JobOutcome
    queue_changed = Signal(object)  # QueueView
    trouble = Signal(object)  # AipaintError: a change of the queue is not on disk
    _prepared = Signal(object)  # Prepared

    def __init__(self, desk: Desk, parent: QObject | None = None, most_at_once: int = 2) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order = QueueOrder(most_at_once)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_MOST_THREADS)
        self._clerk = QThreadPool(self)  # writes what waits, one change after the other
        self._clerk.setMaxThreadCount(1)
        self._requests = CancelRequests(desk.home)
        self._look = QTimer(self)
        self._look.setInterval(int(LOOK_SECONDS * 1000))
        self._look.timeout.connect(self._look_for_requests)
        self._is_closed = False
        self.job_done.connect(self._on_job_done)
        self.job_changed.connect(self._on_job_changed)
        self._prepared.connect(self._on_prepared)

    @property
    def is_busy(self) -> bool:
        """Something runs, or waits and was not held back."""
        return self._order.is_busy

    def view(self) -> QueueView:
        """The queue as it is now."""
        return self._order.view()

    def holds(self, job_id: str) -> bool:
        """Whether the job waits or runs here."""
        return self._order.find(job_id) is not None

    def submit(self, job: Job, estimated_micros: Micros | None = None) -> None:
        """Queue a job; a worker writes its row before it waits or runs. If that cannot be done,
        it ends with the reason and nothing was sent. The estimate is only shown."""
        if self._is_closed:
            return
        entry = self._entry(job.id, job.options, job)
        entry.cancelled, entry.leaving = job.cancelled, job.leaving
        entry.show(estimated_micros=estimated_micros)
        self._order.add(entry)
        self._tell(entry, JobStatus.QUEUED, _WAITING)
        self._start_what_may()
        if self._order.find_waiting(job.id) is not None:
            # It waits: before it does, what it needs goes to the disk.
            self._write_first(entry, lambda: prepare(job, self._desk))

    def adopt(self, recovered: Recovered) -> None:
        """What an earlier session left: waiting jobs stay held back, bought ones go on."""
        if self._is_closed:
            return
        for record in (*recovered.paused, *recovered.resumable):
            entry = self._entry(record.id, options_of(record), None)
            entry.is_resumed = record in recovered.resumable
            entry.show(is_recovered=True, estimated_micros=record.estimated_micros)
            if not entry.is_resumed:
                # Not told as a job on its way: nothing happens to it until a person says so.
                entry.show(is_paused=True, message=_PAUSED)
            self._order.add(entry)
        self._start_what_may()

    def cancel(self, job_id: str) -> None:
        """Tell a job to stop; it ends through `job_done` like any other."""
        if self._order.find_waiting(job_id) is not None:
            self._drop(job_id, CancelledError("Cancelled before anything was sent."))
        elif (entry := self._order.find(job_id)) is not None:
            entry.cancelled.set()

    def cancel_waiting(self) -> None:
        """Everything that has not started."""
        for entry in self._order.waiting:
            self.cancel(entry.id)

    def take_out(self, job_id: str) -> GenerateOptions | None:
        """A waiting job leaves the queue; what it asked for, to be asked differently."""
        entry = self._order.find_waiting(job_id)
        if entry is None:
            return None
        self._drop(job_id, None)
        return entry.options

    def edit(self, job_id: str, options: GenerateOptions) -> bool:
        """A waiting job asks for something else, on the same picture; False for any other."""
        entry = self._order.find_waiting(job_id)
        if entry is None or self._is_closed:
            return False
        entry.options = options
        entry.is_paid = self._desk.provider(options.provider).is_paid
        entry.show(
            label=label_of(options.operation.value, options.prompt),
            operation=options.operation.value,
            provider=options.provider,
            estimated_micros=None,
        )
        if entry.job is not None:
            entry.job.options = options
        self._write_first(entry, lambda: self._asked_anew(entry))
        self._changed()
        return True

    def set_most_at_once(self, count: int) -> None:
        """How many paid jobs run together."""
        self._order.paid_at_once = max(1, count)
        self._start_what_may()

    def pause(self, is_paused: bool = True) -> None:
        """Nothing new starts until this is taken back; what runs goes on."""
        self._order.is_paused = is_paused
        self._start_what_may()

    def pause_job(self, job_id: str, is_paused: bool = True, why: str = "") -> None:
        """Hold one waiting job back, for a reason that its line shows, or let it go."""
        entry = self._order.find_waiting(job_id)
        if entry is None or entry.shown.is_paused == is_paused:
            return
        held_back = f"{_PAUSED}: {why}" if why else _PAUSED
        entry.show(is_paused=is_paused, message=held_back if is_paused else _WAITING)
        if is_paused:
            self.write(lambda: self._desk.history.set_paused(job_id, True))
        else:
            self._write_first(entry, lambda: self._let_go(job_id))
        self._changed()

    def move(self, job_id: str, index: int) -> None:
        """To this place among those that wait, counted from 0."""
        if self._order.move(job_id, index):
            ids = [entry.id for entry in self._order.waiting]
            self.write(lambda: self._desk.history.reorder(ids))
            self._changed()

    def move_by(self, job_id: str, places: int) -> None:
        """Earlier (negative) or later."""
        index = self._order.index_of(job_id)
        if index >= 0:
            self.move(job_id, max(0, index + places))

    def in_background(self, work: Callable[[], object], sent: SignalInstance) -> None:
        """Do something that is no job on a worker, and send what comes of it unless it is None."""
        if not self._is_closed:
            self._pool.start(_Work(work, sent))

    def write(self, change: Callable[[], None]) -> None:
        """Put something into the history on a worker; what goes wrong is `trouble`."""

        def written() -> AipaintError | None:
            try:
                change()
            except AipaintError as error:
                return error
            return None

        self._clerk.start(_Work(written, self.trouble))

    def shut_down(self, timeout_milliseconds: int = 2000) -> bool:
        """Stop accepting, drop what waits, stop what runs, wait. False if something hangs.

        What waits stays on the disk and is found, paused, at the next start; so is work that a
        provider has accepted.
        """
        self._is_closed = True
        self._look.stop()
        self._order.take_all_waiting()
        for entry in self._order.running:
            entry.leaving.set()
            entry.cancelled.set()
        ends_at = time.monotonic() + timeout_milliseconds / 1000
        is_quiet = self._pool.waitForDone(timeout_milliseconds)
        left = max(0, int((ends_at - time.monotonic()) * 1000))
        is_written = self._clerk.waitForDone(left)
        self._clerk.clear()
        return is_quiet and is_written

    def _entry(self, job_id: str, options: GenerateOptions, job: Job | None) -> QueueEntry:
        shown = QueuedJob(
            id=job_id,
            label=label_of(options.operation.value, options.prompt),
            operation=options.operation.value,
            provider=options.provider,
            message=_WAITING,
        )
        provider = self._desk.providers.get(options.provider)
        is_paid = provider is not None and provider.is_paid
        return QueueEntry(shown, options, is_paid, job, warn=partial(_send, self.trouble))

    def _write_first(self, entry: QueueEntry, work: Callable[[], Prepared]) -> None:
        """The job cannot start before this is on the disk."""
        entry.unwritten += 1
        self._clerk.start(_Work(work, self._prepared))

    def _let_go(self, job_id: str) -> Prepared:
        try:
            self._desk.history.set_paused(job_id, False)
        except AipaintError as error:
            return Prepared(job_id, error=error)
        return Prepared(job_id)

    def _asked_anew(self, entry: QueueEntry) -> Prepared:
        try:
            self._desk.history.set_options(entry.id, row_of(entry.id, entry.options))
        except AipaintError as error:
            return Prepared(entry.id, error=error)
        return estimated(entry, self._desk)

    def _drop(self, job_id: str, error: AipaintError | None) -> None:
        entry = self._order.take_waiting(job_id)
        if entry is None:
            return
        self._clerk.start(_Work(lambda: drop(job_id, self._desk, error), self.job_done))
        self._tell(entry, JobStatus.CANCELLED, "" if error is None else error.message)
        self._changed()

    def _on_prepared(self, prepared: Prepared) -> None:
        entry = self._order.find_waiting(prepared.job_id)
        if entry is None:
            return
        if prepared.error is not None:
            self._drop(entry.id, prepared.error)
            return
        entry.unwritten -= 1
        if prepared.estimated_micros is not None:
            entry.show(estimated_micros=prepared.estimated_micros)
        self._start_what_may()

    def _start_what_may(self) -> None:
        if not self._is_closed:
            for entry in self._order.start_what_may():
                run = _Run(entry, self._desk, self.job_changed, self.job_done)
                self._pool.start(run)
            if self._order.running:
                self._look.start()
        self._changed()

    def _look_for_requests(self) -> None:
        """Another process may have asked for the end of one of ours."""
        for entry in (*self._order.running, *self._order.waiting):
            if self._requests.take(entry.id):
                self.cancel(entry.id)

    def _on_job_changed(self, view: JobView) -> None:
        entry = self._order.find(view.id)
        if entry is not None and view.status is JobStatus.RUNNING:
            entry.show(message=view.message, fraction=view.fraction)

    def _on_job_done(self, outcome: JobOutcome) -> None:
        entry = self._order.end(outcome.job_id)
        if entry is not None:
            self.job_changed.emit(_final_view(entry, outcome))
            self._hold_back_after(entry, outcome)
        if not self._order.running:
            self._look.stop()
        self._start_what_may()

    def _hold_back_after(self, entry: QueueEntry, outcome: JobOutcome) -> None:
        """Where the money is over, what waits for the same would only fail one by one."""
        error = outcome.error
        if error is None:
            return
        is_all = isinstance(error, BudgetPaused) and not error.pause.provider
        if not isinstance(error, BudgetPaused) and error.kind not in _NO_MONEY:
            return
        for other in self._order.waiting:
            if other.is_paid and (is_all or other.options.provider == entry.options.provider):
                self.pause_job(other.id, why=error.message)

    def _tell(self, entry: QueueEntry, status: JobStatus, message: str) -> None:
        shown = entry.shown
        self.job_changed.emit(JobView(entry.id, shown.operation, shown.label, status, message))

    def _changed(self) -> None:
        self.queue_changed.emit(self._order.view())


class _Work(QRunnable):
    """Does something on a worker and sends what comes of it, unless that is None."""

    def __init__(self, work: Callable[[], object], sent: SignalInstance) -> None:
        super().__init__()
        self._work = work
        self._sent = sent

    def run(self) -> None:
        result = self._work()
        if result is not None:
            _send(self._sent, result)


class _Run(QRunnable):
    def __init__(
        self, entry: QueueEntry, desk: Desk, changed: SignalInstance, done: SignalInstance
    ) -> None:
        super().__init__()
        self._entry = entry
        self._desk = desk
        self._changed = changed
        self._done = done

    def run(self) -> None:
        """On the worker. Whatever happens, the job ends with one `job_done`."""
        _send(self._done, run_entry(self._entry, self._desk, self._report))

    def _report(self, fraction: float | None, message: str) -> None:
        shown = self._entry.shown
        view = JobView(shown.id, shown.operation, shown.label, JobStatus.RUNNING, message, fraction)
        _send(self._changed, view)


def _send(signal: SignalInstance, news: object) -> None:
    try:
        signal.emit(news)
    except RuntimeError:
        # The window is gone before its worker; what matters is on the disk.
        _LOG.info("Nobody was left to be told how a job goes on")


def _final_view(entry: QueueEntry, outcome: JobOutcome) -> JobView:
    return JobView(
        id=entry.id,
        operation=entry.shown.operation,
        label=entry.shown.label,
        status=outcome.status,
        message=outcome.error.message if outcome.error is not None else "",
        fraction=1.0,
        estimated_micros=outcome.estimated_micros,
        actual_micros=outcome.actual_micros,
    )
