"""How a job's end is written down, whatever ended it."""

import logging
from dataclasses import replace

from aipaint.errors import AipaintError, StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome
from aipaint.history.errors import HistoryError
from aipaint.history.records import JobStatus, JobStep, ResultUse
from aipaint.providers.errors import Charged, ProviderError

_LOG = logging.getLogger(__name__)
_BLOCKED = "budget"


def ended(outcome: JobOutcome, job: Job, desk: Desk) -> JobOutcome:
    """Write the end down. A disk that refuses now must not hide what happened before."""
    error = outcome.error
    try:
        if _is_left_behind(outcome, job):
            return _left(outcome, job, desk)
        desk.history.finish(
            outcome.job_id,
            outcome.status,
            actual_micros=outcome.actual_micros,
            error=None if error is None else error_record(error),
        )
    except (StorageError, HistoryError) as trouble:
        told = error or _with_its_cost(trouble, outcome)
        outcome = replace(outcome, error=told, warnings=(*outcome.warnings, str(trouble)))
        _put_into_inbox(outcome, job, desk)
        return outcome
    _put_into_inbox(outcome, job, desk)
    desk.reached(JobStep.ENDED.value)
    return outcome


def failed(outcome: JobOutcome, error: AipaintError) -> JobOutcome:
    """What a failure makes of a job."""
    status = JobStatus.FAILED
    if error.kind == _BLOCKED:
        status = JobStatus.BLOCKED_BUDGET
    elif error.kind == "cancelled":
        status = JobStatus.CANCELLED
    elif charge_of(error) is Charged.UNKNOWN:
        status = JobStatus.UNKNOWN
    actual = outcome.actual_micros
    if actual is None and charge_of(error) is Charged.YES:
        known = error.paid_micros if isinstance(error, ProviderError) else None
        actual = known if known is not None else outcome.estimated_micros
    return replace(outcome, status=status, error=error, actual_micros=actual)


def broken(outcome: JobOutcome) -> JobOutcome:
    """What a fault in the program makes of a job. Its money was put right before."""
    fault = AipaintError("The job ended by a fault in the program.", "The log has the details.")
    return replace(outcome, status=JobStatus.FAILED, error=fault)


def charge_of(error: AipaintError) -> Charged:
    """Whether a failure cost money; what is not a provider's never does."""
    return error.charged if isinstance(error, ProviderError) else Charged.NO


def error_record(error: AipaintError) -> dict[str, str]:
    """A failure as it is stored and as scripts see it."""
    return {
        "kind": error.kind,
        "message": error.message,
        "charged": charge_of(error).value,
        "hint": error.hint,
    }


def _with_its_cost(trouble: AipaintError, outcome: JobOutcome) -> AipaintError:
    """A note that could not be written does not make a purchase free."""
    if not outcome.actual_micros:
        return trouble
    return ProviderError(trouble.message, kind=trouble.kind, charged=Charged.YES, hint=trouble.hint)


def _put_into_inbox(outcome: JobOutcome, job: Job, desk: Desk) -> None:
    """What was bought is found again, also if its end could not be written down."""
    try:
        if _is_bought(outcome, job, desk):
            desk.history.set_result_use(outcome.job_id, ResultUse.WAITING)
    except (StorageError, HistoryError) as trouble:
        _LOG.info("A bought picture could not be put into the inbox: %s", trouble)


def _is_bought(outcome: JobOutcome, job: Job, desk: Desk) -> bool:
    """Pictures that cost money and lie on disk wait until somebody applies or discards them."""
    if outcome.duplicate_of is not None or not desk.provider(job.options.provider).is_paid:
        return False
    return bool(desk.history.images(outcome.job_id, "raw"))


def _is_left_behind(outcome: JobOutcome, job: Job) -> bool:
    return job.is_leaving and outcome.status is JobStatus.CANCELLED


def _left(outcome: JobOutcome, job: Job, desk: Desk) -> JobOutcome:
    """The program ends: nobody gave the job up, so the next start finds it as it can go on."""
    assert outcome.error is not None  # only a cancel comes here
    record = desk.history.job(job.id)
    if charge_of(outcome.error) is Charged.UNKNOWN:
        if record is not None and record.remote_id:
            return replace(outcome, status=JobStatus.RUNNING)
        desk.history.finish(job.id, JobStatus.UNKNOWN, error=error_record(outcome.error))
        return replace(outcome, status=JobStatus.UNKNOWN)
    if charge_of(outcome.error) is Charged.NO:
        return _put_back(outcome, job, desk)
    desk.history.finish(
        job.id, JobStatus.FAILED, actual_micros=outcome.actual_micros,
        error=error_record(outcome.error),
    )  # fmt: skip
    return replace(outcome, status=JobStatus.FAILED)


def _put_back(outcome: JobOutcome, job: Job, desk: Desk) -> JobOutcome:
    try:
        desk.history.requeue(job.id)
    except HistoryError as refusal:
        _LOG.info("A job could not be put back into the queue: %s", refusal)
        desk.history.finish(job.id, JobStatus.CANCELLED)
        return outcome
    return replace(outcome, status=JobStatus.QUEUED)
