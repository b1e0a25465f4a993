"""`JobQueue`: jobs on a thread pool, and the one border where a worker's bugs are caught.

The queue owns the signals for as long as it lives; runnables only borrow them. Signals owned by a
runnable die with it, and with them the news of a result that was paid for. Results are on disk
before a signal is sent, so that even a lost signal loses nothing.
"""

import logging

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job, JobOutcome, JobView
from aipaint.generation.run_job import run_job
from aipaint.history.records import JobStatus

_LOG = logging.getLogger(__name__)


class JobQueue(QObject):
    """Main thread only. After `shut_down` nothing is started any more."""

    job_changed = Signal(object)  # JobView
    job_done = Signal(object)  # JobOutcome

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._jobs: dict[str, Job] = {}
        self._is_closed = False
        self.job_done.connect(self._on_job_done)

    @property
    def is_busy(self) -> bool:
        """Something waits or runs."""
        return bool(self._jobs)

    def submit(self, job: Job) -> None:
        """Write the job's row and queue it. Raises StorageError; nothing is started then."""
        if self._is_closed:
            return
        enter_job(job, self._desk)
        self._jobs[job.id] = job
        self.job_changed.emit(view_of(job, JobStatus.QUEUED, "Waiting for its turn"))
        self._pool.start(_Run(job, self._desk, self.job_changed, self.job_done))

    def cancel(self, job_id: str) -> None:
        """Tell a job to stop; it ends through `job_done` like any other."""
        job = self._jobs.get(job_id)
        if job is not None:
            job.cancelled.set()

    def shut_down(self, timeout_milliseconds: int = 2000) -> bool:
        """Stop accepting, drop what waits, cancel what runs, wait. False if something hangs."""
        self._is_closed = True
        self._pool.clear()
        for job in self._jobs.values():
            job.cancelled.set()
        return self._pool.waitForDone(timeout_milliseconds)

    def _on_job_done(self, outcome: JobOutcome) -> None:
        job = self._jobs.pop(outcome.job_id, None)
        if job is not None:
            self.job_changed.emit(_final_view(job, outcome))


class _Run(QRunnable):
    def __init__(self, job: Job, desk: Desk, changed: SignalInstance, done: SignalInstance) -> None:
        super().__init__()
        self._job = job
        self._desk = desk
        self._changed = changed
        self._done = done

    def run(self) -> None:
        """On the worker. Whatever happens, the job ends with one `job_done`."""
        self._done.emit(self._outcome())

    def _outcome(self) -> JobOutcome:
        try:
            return run_job(self._job, self._desk, self._report)
        except AipaintError as error:
            # The job's end could not even be written down; the sentence says why.
            return JobOutcome(self._job.id, JobStatus.FAILED, error=error)
        except Exception:
            _LOG.exception("A job ended by a fault in the program")
            fault = AipaintError(
                "The job ended by a fault in the program.", "The log has the details."
            )
            return JobOutcome(self._job.id, JobStatus.FAILED, error=fault)

    def _report(self, fraction: float | None, message: str) -> None:
        self._changed.emit(view_of(self._job, JobStatus.RUNNING, message, fraction))


def view_of(
    job: Job, status: JobStatus, message: str = "", fraction: float | None = None
) -> JobView:
    """What a list shows of a job that is on its way."""
    return JobView(job.id, job.options.operation.value, job.label, status, message, fraction)


def _final_view(job: Job, outcome: JobOutcome) -> JobView:
    return JobView(
        id=job.id,
        operation=job.options.operation.value,
        label=job.label,
        status=outcome.status,
        message=str(outcome.error) if outcome.error is not None else "",
        fraction=1.0,
        estimated_micros=outcome.estimated_micros,
        actual_micros=outcome.actual_micros,
    )
