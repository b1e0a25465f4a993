"""`recover_jobs`: what a process that died left behind, put into a state that is true.

Nothing is bought here and nothing starts by itself: what waited is paused, what was held and never
sent is given back, what was sent and cannot be known is uncertain. What was bought and is on disk
or still with the provider is named, for `resume_job` to go on with.
"""

from dataclasses import dataclass
from enum import Enum

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.end_job import error_record
from aipaint.generation.kept_answer import is_complete, kept_answer
from aipaint.generation.recover_words import close_refine, is_answered_refine
from aipaint.generation.resume_job import held_by, lost_answer, open_entry
from aipaint.history.errors import HistoryError
from aipaint.history.records import AttemptOutcome, JobRecord, JobStatus, JobStep
from aipaint.ledger.entry import EntryState, LedgerEntry
from aipaint.money import Micros, format_usd

_NOT_SENT = (JobStep.ENTERED, JobStep.PREPARED, JobStep.RESERVED)
_COST_NOTHING = (AttemptOutcome.NOT_SENT, AttemptOutcome.REFUSED, AttemptOutcome.CANCELLED)


class _Fate(Enum):
    PAUSED = "paused"
    RESUMABLE = "resumable"
    UNCERTAIN = "uncertain"
    OVER = "over"


@dataclass(frozen=True)
class Recovered:
    """`paused` wait and belong to this session now, in their order; `resumable` were bought."""

    paused: tuple[JobRecord, ...] = ()
    resumable: tuple[JobRecord, ...] = ()
    uncertain: tuple[JobRecord, ...] = ()
    over: tuple[JobRecord, ...] = ()
    uncertain_micros: Micros = 0

    @property
    def sentence(self) -> str:
        """For the start of the window; "" if nothing was left behind."""
        flying = len(self.resumable) + len(self.uncertain) + len(self.over)
        parts = [
            _part(len(self.resumable), "picked up again (no new charge)"),
            _part(len(self.uncertain), f"uncertain ({format_usd(self.uncertain_micros)})"),
            _part(len(self.over), "ended without a charge"),
        ]
        told = []
        if flying:
            noun = "job was" if flying == 1 else "jobs were"
            told.append(f"{flying} {noun} in flight: {', '.join(part for part in parts if part)}.")
        if self.paused:
            noun = "waiting job is" if len(self.paused) == 1 else "waiting jobs are"
            told.append(f"{len(self.paused)} {noun} paused until you start them.")
        return " ".join(told)


def recover_jobs(desk: Desk) -> Recovered:
    """Look after every job whose process is gone. Any thread; again changes nothing more.

    Jobs of a process that lives are left alone. Raises StorageError.
    """
    held: dict[str, LedgerEntry] = {}
    found: dict[_Fate, list[JobRecord]] = {fate: [] for fate in _Fate}
    for listed in desk.history.open_jobs():
        if listed.status is JobStatus.UNKNOWN or not is_orphan(listed, desk):
            continue
        if not desk.history.claim(listed.id, listed.owner, desk.session_id):
            continue
        # Until it died, its process went on: what was read before that may be out of date.
        record = desk.history.job(listed.id) or listed
        if record.status not in (JobStatus.QUEUED, JobStatus.RUNNING):
            continue
        entry = open_entry(record.id, desk)
        if entry is not None:
            held[record.id] = entry
        fate = _put_right(record, entry, desk)
        found[fate].append(desk.history.job(record.id) or record)
    found[_Fate.RESUMABLE] += _left_in_the_ledger(desk)
    return Recovered(
        paused=tuple(found[_Fate.PAUSED]),
        resumable=tuple(found[_Fate.RESUMABLE]),
        uncertain=tuple(found[_Fate.UNCERTAIN]),
        over=tuple(found[_Fate.OVER]),
        uncertain_micros=sum(
            held[record.id].reserved_micros
            for record in found[_Fate.UNCERTAIN]
            if record.id in held
        ),
    )


def is_orphan(record: JobRecord, desk: Desk) -> bool:
    """Whether no living process works on the job."""
    return record.owner != desk.session_id and not desk.is_alive(record.owner)


def _put_right(record: JobRecord, entry: LedgerEntry | None, desk: Desk) -> _Fate:
    if record.status is JobStatus.QUEUED:
        return _held_back(record, desk)
    if is_answered_refine(record):
        close_refine(record, entry, desk)
        return _Fate.OVER
    if entry is None:
        return _without_a_hold(record, desk)
    if is_complete(record):
        return _Fate.RESUMABLE
    if entry.sent_at is None:
        desk.ledger.release(held_by(entry))
        return _back_to_the_queue(record, desk)
    if record.remote_id or kept_answer(record, desk) is not None:
        return _Fate.RESUMABLE
    if entry.state is EntryState.RESERVED and _was_refused(record, desk):
        desk.ledger.release(held_by(entry))
        return _back_to_the_queue(record, desk)
    desk.ledger.mark_unknown(held_by(entry))
    desk.history.finish(record.id, JobStatus.UNKNOWN, error=error_record(lost_answer()))
    return _Fate.UNCERTAIN


def _held_back(record: JobRecord, desk: Desk) -> _Fate:
    """A waiting job starts again only when a person says so."""
    if record.plan is None:
        return _over(record, desk)
    desk.history.set_paused(record.id, is_paused=True)
    return _Fate.PAUSED


def _without_a_hold(record: JobRecord, desk: Desk) -> _Fate:
    """Its money was put down or given back before the end could be written."""
    if kept_answer(record, desk) is not None:
        return _Fate.RESUMABLE
    if record.step in _NOT_SENT:
        return _back_to_the_queue(record, desk)
    return _over(record, desk)


def _back_to_the_queue(record: JobRecord, desk: Desk) -> _Fate:
    if record.plan is None:
        return _over(record, desk)
    try:
        desk.history.requeue(record.id)
    except HistoryError:
        return _over(record, desk)
    return _Fate.PAUSED


def _over(record: JobRecord, desk: Desk) -> _Fate:
    error = AipaintError(
        "The program ended before this was done.", "Nothing was charged: start it again."
    )
    desk.history.finish(record.id, JobStatus.FAILED, error=error_record(error))
    return _Fate.OVER


def _was_refused(record: JobRecord, desk: Desk) -> bool:
    """Every request on the wire was turned away: the process died in the pause before the next."""
    attempts = desk.history.attempts(record.id)
    return bool(attempts) and all(one.outcome in _COST_NOTHING for one in attempts)


def _left_in_the_ledger(desk: Desk) -> list[JobRecord]:
    """Held money of jobs that have ended: the disk refused when it was to be put down."""
    found = []
    for listed in desk.ledger.open_entries():
        record = desk.history.job(listed.job_id)
        if record is not None and record.status in (JobStatus.QUEUED, JobStatus.RUNNING):
            continue
        owner = listed.session_id if record is None else record.owner
        if owner == desk.session_id or desk.is_alive(owner):
            continue
        entry = desk.ledger.entry(listed.id)  # as it is now that its process is gone for good
        if entry.state is not EntryState.RESERVED:
            continue
        if entry.sent_at is None:
            desk.ledger.release(held_by(entry))
        elif record is not None and kept_answer(record, desk) is not None:
            found.append(record)
        elif record is not None and _was_refused(record, desk):
            desk.ledger.release(held_by(entry))
        else:
            desk.ledger.mark_unknown(held_by(entry))
    return found


def _part(count: int, words: str) -> str:
    return f"{count} {words}" if count else ""
