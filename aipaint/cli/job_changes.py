"""`jobs cancel`, `jobs delete`, `jobs clear`: what ends or hides jobs."""

import time
from argparse import Namespace
from collections.abc import Callable

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json
from aipaint.cli.workplace import Workplace
from aipaint.errors import UsageError
from aipaint.generation.cancel_requests import CancelRequests
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.recover_jobs import is_orphan, recover_jobs
from aipaint.history.records import JobRecord, JobStatus
from aipaint.providers.errors import Charged, ProviderError

_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


def found_job(desk: Desk, identifier: str) -> JobRecord:
    """The job with that id or beginning of one. Raises UsageError."""
    job = desk.history.job(identifier)
    if job is None:
        raise UsageError(f"There is no job {identifier!r}.", "aipaint jobs list shows them.")
    return job


def cancel_job(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """End a job that waits or runs, also one of another process: that one is asked to."""
    desk = workplace.desk
    job = found_job(desk, arguments.id)
    if job.status not in _OPEN:
        raise UsageError(f"Job {job.id} is {job.status.value}: there is nothing to cancel.")
    if is_orphan(job, desk):
        _end_orphan(job, desk)
    else:
        CancelRequests(desk.home).ask(job.id)
        _wait_for_end(job, desk, workplace.cancelled.wait)
    return _tell(found_job(desk, job.id), arguments)


def delete_job(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Into the trash. Raises HistoryError for a job that is still open."""
    job = found_job(workplace.desk, arguments.id)
    workplace.desk.history.delete(job.id)
    if arguments.json:
        print_json({"deleted": [job.id]})
    else:
        print(f"Job {job.id} is in the trash; what it cost stays in the ledger.")
    return ExitCode.DONE


def clear_jobs(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Every job that has ended goes into the trash."""
    count = workplace.desk.history.clear()
    if arguments.json:
        print_json({"deleted_count": count})
    else:
        print(f"{count} {'job is' if count == 1 else 'jobs are'} in the trash.")
    return ExitCode.DONE


def _end_orphan(job: JobRecord, desk: Desk) -> None:
    """Nobody works on it: what it left is put right first, then what waits is ended."""
    recover_jobs(desk)
    now = found_job(desk, job.id)
    if now.status is JobStatus.QUEUED:
        error = ProviderError(
            "Cancelled before anything was sent.", kind="cancelled", charged=Charged.NO
        )
        desk.history.finish(job.id, JobStatus.CANCELLED, error=error_record(error))


def _wait_for_end(job: JobRecord, desk: Desk, pause: Callable[[float], bool]) -> None:
    ends_at = time.monotonic() + _WAIT_SECONDS
    while found_job(desk, job.id).status in _OPEN and time.monotonic() < ends_at:
        if pause(_LOOK_SECONDS):
            return


def _tell(job: JobRecord, arguments: Namespace) -> ExitCode:
    sentence = {
        JobStatus.CANCELLED: "is cancelled.",
        JobStatus.RUNNING: "was bought already and may still arrive: aipaint jobs resume",
        JobStatus.UNKNOWN: "was sent before; whether it was charged is not known: "
        "aipaint budget ledger",
        JobStatus.QUEUED: "waits in another window, which was asked to cancel it.",
    }.get(job.status, f"had ended before: {job.status.value}.")
    if arguments.json:
        print_json({"id": job.id, "status": job.status.value})
    else:
        print(f"Job {job.id} {sentence}")
    return ExitCode.UNKNOWN if job.status is JobStatus.UNKNOWN else ExitCode.DONE
