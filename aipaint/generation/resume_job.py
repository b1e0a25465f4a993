"""`resume_job`: goes on with work that was bought before, without buying anything."""

from dataclasses import replace

from aipaint.errors import AipaintError, StorageError
from aipaint.generation.compose import Composed, compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import broken, ended, error_record, failed
from aipaint.generation.job import Job, JobOutcome, Report
from aipaint.generation.kept_answer import is_complete, kept_answer
from aipaint.generation.purchase import Purchase
from aipaint.generation.quiet_report import quiet
from aipaint.generation.run_job import composited, settled
from aipaint.history.records import JobRecord, JobStatus, ResultUse
from aipaint.ledger.entry import CostSource, LedgerEntry, Reservation
from aipaint.money import Micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.prediction import Prediction

_OPEN = (JobStatus.RUNNING, JobStatus.UNKNOWN)


def resume_job(job: Job, record: JobRecord, desk: Desk, report: Report) -> JobOutcome:
    """From what is on disk or still with the provider to pictures in the inbox.

    `record` is the job's row: running or unknown, or ended with its money still uncertain (a
    cancel); such an end stays what it is. Expected failures are outcomes, like those of `run_job`.
    """
    outcome = JobOutcome(
        job.id,
        JobStatus.FAILED,
        fingerprint=record.fingerprint,
        model=record.model,
        estimated_micros=record.estimated_micros,
        actual_micros=record.actual_micros,
    )
    report = quiet(report)
    if record.status is JobStatus.UNKNOWN:
        try:
            desk.history.start(job.id)
        except AipaintError as error:
            # Somebody else goes on with it: its end is not ours to write.
            return replace(outcome, status=record.status, error=error)
    try:
        report(None, "Picking it up again: no new charge")
        composed = compose_request(job.picture, job.options, desk.model(job.options))
        prediction, outcome = _answer(job, record, desk, report, composed, outcome)
        if record.status in _OPEN:
            outcome = composited(job, desk, composed, outcome, prediction)
        return _ended(outcome, job, record, desk)
    except AipaintError as error:
        return _ended(failed(outcome, error), job, record, desk)
    except BaseException:
        _ended(broken(outcome), job, record, desk)
        raise


def close_unplayable(record: JobRecord, desk: Desk, error: AipaintError) -> JobOutcome:
    """The end of bought work whose own picture is lost: what came back waits in the inbox, what it
    cost is put down; where nothing came back a person has to say it. Raises StorageError."""
    entry, kept = open_entry(record.id, desk), kept_answer(record, desk)
    actual = record.actual_micros
    if entry is not None and kept is None:
        desk.ledger.mark_unknown(held_by(entry))
        charged = Charged.UNKNOWN
    else:
        charged = Charged.YES
        if entry is not None and kept is not None:
            actual, source = _known_cost(kept, record, entry, desk)
            desk.ledger.settle(held_by(entry), actual, source)
    told = ProviderError(error.message, kind=error.kind, charged=charged, hint=error.hint)
    status = JobStatus.UNKNOWN if charged is Charged.UNKNOWN else JobStatus.FAILED
    if record.status in _OPEN and record.status is not status:
        desk.history.finish(record.id, status, actual_micros=actual, error=error_record(told))
    if kept is not None:
        desk.history.set_result_use(record.id, ResultUse.WAITING)
    return JobOutcome(record.id, status, actual_micros=actual, error=told)


def _known_cost(
    kept: Prediction, record: JobRecord, entry: LedgerEntry, desk: Desk
) -> tuple[Micros, CostSource]:
    """What the answer said of its cost, else what was held."""
    if kept.cost_micros is not None:
        return kept.cost_micros, CostSource.PROVIDER
    if kept.usage is not None and not kept.usage.is_empty:
        cost = desk.prices.cost_of(record.provider, record.model, kept.usage)
        if cost is not None:
            return cost, desk.prices.cost_source(record.provider, record.model)
    return entry.reserved_micros, CostSource.ESTIMATE


def open_entry(job_id: str, desk: Desk) -> LedgerEntry | None:
    """The row of a job that still holds money."""
    held = [entry for entry in desk.ledger.open_entries() if entry.job_id == job_id]
    return held[-1] if held else None


def held_by(entry: LedgerEntry) -> Reservation:
    """What a row holds, to be settled or released."""
    return Reservation(entry.id, entry.job_id, entry.reserved_micros)


def lost_answer() -> ProviderError:
    """What is said of a call that was sent by a process that died."""
    return ProviderError(
        "The program ended while the provider worked, and its answer is lost.",
        kind="interrupted",
        charged=Charged.UNKNOWN,
        hint="Look at the provider's usage page, then say whether it was charged.",
    )


def _answer(  # noqa: PLR0913 - the state of one job
    job: Job, record: JobRecord, desk: Desk, report: Report, composed: Composed, outcome: JobOutcome
) -> tuple[Prediction, JobOutcome]:
    """What was bought, settled: from the disk where it is whole there, else from the provider."""
    kept = kept_answer(record, desk)
    entry = open_entry(record.id, desk)
    if entry is None:
        if kept is None:
            raise StorageError("What this job bought is no longer on the disk.")
        return kept, outcome
    purchase = Purchase(job, desk, held_by(entry), outcome, report)
    if kept is None or (record.remote_id and not is_complete(record)):
        if not record.remote_id:
            purchase.give_up(lost_answer())
        kept = purchase.resume(record.remote_id, composed.request)
    return kept, settled(purchase, kept, outcome)


def _ended(outcome: JobOutcome, job: Job, record: JobRecord, desk: Desk) -> JobOutcome:
    if record.status in _OPEN:
        return ended(outcome, job, desk)
    if outcome.actual_micros is not None:
        desk.history.set_cost(record.id, outcome.actual_micros)
    if desk.history.images(record.id, "raw"):
        desk.history.set_result_use(record.id, ResultUse.WAITING)
    return replace(outcome, status=record.status)
