"""What the queue's workers do: prepare a job, run it, drop it. No Qt; whatever happens is a value.

These are the borders where a fault in the program is caught: no job stays running without anybody
who works on it.
"""

import logging
from dataclasses import dataclass

from aipaint.errors import AipaintError, CancelledError
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.queue_order import QueueEntry
from aipaint.generation.resume_job import close_unplayable, resume_job
from aipaint.generation.run_job import run_job
from aipaint.generation.stored_job import store_job, stored_job
from aipaint.history.records import JobRecord, JobStatus
from aipaint.money import Micros

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """A job's picture is on disk; `error` where that was not possible, so that it cannot run."""

    job_id: str
    estimated_micros: Micros | None = None
    error: AipaintError | None = None


def prepare(job: Job, desk: Desk) -> Prepared:
    """Write the job's row, keep what it needs, and say what it may cost."""
    try:
        store_job(job, desk)
    except AipaintError as error:
        return Prepared(job.id, error=error)
    except Exception:
        return Prepared(job.id, error=_fault())
    return _priced(job, desk)


def estimated(entry: QueueEntry, desk: Desk) -> Prepared:
    """What a waiting job may cost now; not known while its picture is only on the disk."""
    return Prepared(entry.id) if entry.job is None else _priced(entry.job, desk)


def run_entry(entry: QueueEntry, desk: Desk, report: Report) -> JobOutcome:
    """Run or resume a job; its outcome also where its end could not be written down."""
    try:
        if entry.job is not None:
            entry.job.warn = entry.warn
            store_job(entry.job, desk)
            return run_job(entry.job, desk, report)
        record = desk.history.job(entry.id)
        assert record is not None  # rows are never removed
        return _run_stored(entry, record, desk, report)
    except AipaintError as error:
        return JobOutcome(entry.id, JobStatus.FAILED, error=error)
    except Exception:
        return JobOutcome(entry.id, JobStatus.FAILED, error=_fault())


def drop(job_id: str, desk: Desk, error: AipaintError | None) -> JobOutcome:
    """A waiting job will not run: nothing was sent, nothing was charged."""
    is_cancel = error is None or isinstance(error, CancelledError)
    status = JobStatus.CANCELLED if is_cancel else JobStatus.FAILED
    try:
        desk.history.finish(job_id, status, error=None if error is None else error_record(error))
    except AipaintError as trouble:
        return JobOutcome(job_id, status, error=error or trouble)
    return JobOutcome(job_id, status, error=error)


def _priced(job: Job, desk: Desk) -> Prepared:
    try:
        return Prepared(job.id, desk.estimate(job.picture, job.options).micros)
    except AipaintError:
        return Prepared(job.id)  # running it says why


def _run_stored(entry: QueueEntry, record: JobRecord, desk: Desk, report: Report) -> JobOutcome:
    try:
        job = stored_job(record, desk, entry.cancelled)
    except AipaintError as error:
        if entry.is_resumed:
            return close_unplayable(record, desk, error)
        return drop(entry.id, desk, error)
    job.leaving = entry.leaving
    job.warn = entry.warn
    job.waits_for_turn = True
    if entry.is_resumed:
        return resume_job(job, record, desk, report)
    return run_job(job, desk, report)


def _fault() -> AipaintError:
    _LOG.exception("A job ended by a fault in the program")
    return AipaintError("The job ended by a fault in the program.", "The log has the details.")
