"""Calls whose outcome nobody knows: shown, looked up where a provider can tell, or decided."""

import threading
from dataclasses import dataclass

from aipaint.errors import AipaintError, UsageError
from aipaint.generation.compose import compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.free_watch import FreeWatch
from aipaint.generation.job import JobOutcome, Report, label_of
from aipaint.generation.recover_jobs import is_orphan
from aipaint.generation.resume_job import resume_job
from aipaint.generation.stored_job import stored_job
from aipaint.history.records import JobRecord, JobStatus
from aipaint.ledger.entry import EntryState, LedgerEntry
from aipaint.money import Micros
from aipaint.providers.errors import Charged, ProviderError
from aipaint.providers.provider import Provider

_ENDING = (JobStatus.RUNNING, JobStatus.UNKNOWN)


@dataclass(frozen=True)
class UnknownOutcome:
    """One row of the tray. `can_check`: the provider may be asked what became of it."""

    ledger_id: int
    job_id: str
    label: str
    provider: str
    model: str
    micros: Micros
    sent_at_micros: int
    can_check: bool


def unknown_outcomes(desk: Desk) -> tuple[UnknownOutcome, ...]:
    """Oldest first. Raises StorageError."""
    return tuple(
        _shown(entry, desk)
        for entry in desk.ledger.open_entries()
        if entry.state is EntryState.UNKNOWN
    )


def resolve_unknown(desk: Desk, ledger_id: int, *, charged: bool) -> None:
    """A person says how it ended; its job ends with it.

    Raises UsageError while a process still works on it, LedgerError for a row that is closed.
    """
    entry = desk.ledger.entry(ledger_id)
    record = desk.history.job(entry.job_id)
    is_running = record is not None and record.status is JobStatus.RUNNING
    if record is not None and is_running and not is_orphan(record, desk):
        raise UsageError(
            f"Entry {ledger_id} belongs to a job that is still running.",
            "Wait for its end, or cancel it first.",
        )
    desk.ledger.resolve(ledger_id, charged=charged)
    if record is not None and record.status in _ENDING:
        desk.history.finish(
            record.id,
            JobStatus.FAILED,
            actual_micros=entry.reserved_micros if charged else None,
            error=error_record(_verdict(charged=charged)),
        )


def look_up_unknown(
    desk: Desk, cancelled: threading.Event, report: Report
) -> tuple[JobOutcome, ...]:
    """Ask every provider that can tell; what is found is settled and lands in the inbox.

    Free calls only. What cannot be asked now stays as it is. Raises StorageError.
    """
    outcomes = []
    for entry in desk.ledger.open_entries():
        record = desk.history.job(entry.job_id)
        if entry.state is not EntryState.UNKNOWN or record is None or cancelled.is_set():
            continue
        found = _looked_up(entry, record, desk, cancelled, report)
        if found is not None:
            outcomes.append(found)
    return tuple(outcomes)


def _looked_up(
    entry: LedgerEntry,
    record: JobRecord,
    desk: Desk,
    cancelled: threading.Event,
    report: Report,
) -> JobOutcome | None:
    provider = desk.providers.get(record.provider)
    if provider is None or not _can_tell(provider, record):
        return None
    if record.status is JobStatus.RUNNING or not _claimed(record, desk):
        return None
    try:
        job = stored_job(record, desk, cancelled)
        job.leaving = cancelled  # only the end of the program ends a look-up
        remote_id = record.remote_id
        if not remote_id:
            request = compose_request(job.picture, job.options, desk.model(job.options)).request
            sent_at = entry.sent_at or entry.created_at
            known = desk.history.remote_ids(record.provider)
            remote_id = provider.find_lost(request, sent_at, FreeWatch(cancelled), known)
            if remote_id is None:
                return None
            desk.history.set_remote_id(record.id, remote_id)
        fresh = desk.history.job(record.id) or record
        return resume_job(job, fresh, desk, report)
    except AipaintError:
        return None  # asked in vain; the row stays in the tray, where a person can decide


def _can_tell(provider: Provider | None, record: JobRecord | None) -> bool:
    """A job that a lost database took with it cannot be compared with what a provider lists."""
    if provider is None or record is None:
        return False
    return bool(record.remote_id) or provider.can_look_back


def _claimed(record: JobRecord, desk: Desk) -> bool:
    if record.owner == desk.session_id:
        return True
    if not is_orphan(record, desk):
        return False
    return desk.history.claim(record.id, record.owner, desk.session_id)


def _shown(entry: LedgerEntry, desk: Desk) -> UnknownOutcome:
    record = desk.history.job(entry.job_id)
    provider = desk.providers.get(entry.provider)
    return UnknownOutcome(
        ledger_id=entry.id,
        job_id=entry.job_id,
        label=label_of(entry.operation, record.prompt if record is not None else ""),
        provider=entry.provider,
        model=entry.model,
        micros=entry.reserved_micros,
        sent_at_micros=entry.sent_at or entry.created_at,
        can_check=_can_tell(provider, record),
    )


def _verdict(*, charged: bool) -> ProviderError:
    if charged:
        return ProviderError(
            "It was charged, and its result is lost.", kind="lost", charged=Charged.YES
        )
    return ProviderError("It was not charged.", kind="lost", charged=Charged.NO)
