"""`JobRows`: the life of a job in its row: added, started, step by step, waiting, ended."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from aipaint.database import (
    Database,
    RefusedChange,
    connection,
    one_view,
    transaction,
    utc_micros,
)
from aipaint.history.errors import HistoryError
from aipaint.history.picture_files import checked_id
from aipaint.history.records import (
    AttemptOutcome,
    AttemptRecord,
    JobRecord,
    JobStatus,
    JobStep,
    ResultUse,
)
from aipaint.history.tables import HistoryTables
from aipaint.history.transitions import before, is_final
from aipaint.money import Micros

_PREFIX = re.compile(r"[0-9a-f]{6,31}")
_NOT_SENT = (JobStep.ENTERED, JobStep.PREPARED, JobStep.RESERVED)


class JobRows:
    """Any thread; each call is its own transaction and on disk when it returns.

    Raises StorageError with the reason when the disk or the database refuses, HistoryError for
    a job that is not there and for a change that the job's status or step does not allow.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._tables = HistoryTables(database)
        self._clock = clock

    def add_job(self, record: JobRecord) -> JobRecord:
        """Store a new job in any status; the record as stored: a queued one is the last in line."""
        checked_id(record.id)
        created_at = record.created_at or self._now()
        completed_at = record.completed_at
        if completed_at is None and is_final(record.status):
            completed_at = created_at
        with self._change() as tables:
            position = record.position
            if record.status is JobStatus.QUEUED and not position:
                position = tables.next_position()
            stored = replace(
                record, created_at=created_at, completed_at=completed_at, position=position
            )
            tables.insert_job(stored)
        return stored

    def start(self, job_id: str) -> None:
        """queued → running, unless it is paused; unknown → running, to ask for it again."""
        columns = {
            "status": JobStatus.RUNNING,
            "started_at": self._now(),
            "completed_at": None,
        }
        with self._change() as tables:
            allowed = before(JobStatus.RUNNING)
            if not tables.change_job(job_id, columns, status=allowed, is_paused=(0,)):
                raise self._refused(job_id, "running")

    def requeue(self, job_id: str) -> None:
        """running → queued and paused, of a job that died before anything was sent."""
        columns = {"status": JobStatus.QUEUED, "is_paused": 1, "started_at": None}
        with self._change() as tables:
            running = (JobStatus.RUNNING,)
            if not tables.change_job(job_id, columns, status=running, step=_NOT_SENT):
                raise self._refused(job_id, "queued")
            tables.change_job(job_id, {"step": JobStep.PREPARED}, step=(JobStep.RESERVED,))

    def step(self, job_id: str, step: JobStep) -> None:
        """How far the job has come. The same again changes nothing; back is a HistoryError."""
        self._set(job_id, {"step": step})

    def finish(
        self,
        job_id: str,
        status: JobStatus,
        *,
        actual_micros: Micros | None = None,
        error: Mapping[str, str] | None = None,
    ) -> None:
        """Move to a status in which the job ends; what is None stays as it is in the row.

        An unknown one keeps its step, from which it may be picked up; any other has ENDED.
        """
        if not is_final(status):
            raise ValueError(f"a job does not finish as {status.value}")
        columns: dict[str, object] = {"status": status, "completed_at": self._now()}
        if status is not JobStatus.UNKNOWN:
            columns |= {"step": JobStep.ENDED, "is_paused": 0}
        if actual_micros is not None:
            columns["actual_micros"] = actual_micros
        if error is not None:
            columns["error"] = error
        with self._change() as tables:
            if not tables.change_job(job_id, columns, status=before(status)):
                raise self._refused(job_id, status.value)

    def claim(self, job_id: str, old_owner: str, new_owner: str) -> bool:
        """Take a job over; False if somebody else was faster. Exactly one of many succeeds."""
        with self._change() as tables:
            return tables.change_job(job_id, {"owner": new_owner}, owner=(old_owner,))

    def set_paused(self, job_id: str, is_paused: bool) -> None:
        """Hold a waiting job back, or let it go."""
        with self._change() as tables:
            waiting = (JobStatus.QUEUED,)
            if not tables.change_job(job_id, {"is_paused": int(is_paused)}, status=waiting):
                raise self._refused(job_id, "paused" if is_paused else "waiting")

    def reorder(self, job_ids: Sequence[str]) -> None:
        """Waiting jobs run in this order, and before those that are not named."""
        with self._change() as tables:
            waiting = [job.id for job in tables.open_jobs() if job.status is JobStatus.QUEUED]
            named = [job_id for job_id in dict.fromkeys(job_ids) if job_id in waiting]
            rest = [job_id for job_id in waiting if job_id not in named]
            for position, job_id in enumerate((*named, *rest), 1):
                tables.change_job(job_id, {"position": position})

    def set_plan(self, job_id: str, plan: Mapping[str, object]) -> None:
        """What it takes to run the job without its document."""
        self._set(job_id, {"plan": plan})

    def set_options(self, job_id: str, asked: JobRecord) -> None:
        """A waiting job asks for something else: operation, model, prompts and params of `asked`.

        Its plan too, where `asked` has one. What was known of the old request is forgotten.
        """
        names = ("operation", "provider", "model", "prompt", "negative_prompt", "params")
        columns: dict[str, object] = {name: getattr(asked, name) for name in names}
        columns |= {"fingerprint": "", "estimated_micros": None}
        if asked.plan is not None:
            columns["plan"] = asked.plan
        with self._change() as tables:
            if not tables.change_job(job_id, columns, status=(JobStatus.QUEUED,)):
                raise self._refused(job_id, "changed")

    def set_result_use(self, job_id: str, use: ResultUse) -> None:
        """What became of the pictures the job bought; WAITING puts them into the inbox."""
        self._set(job_id, {"result_use": use})

    def set_cost(self, job_id: str, micros: Micros) -> None:
        """What a job that has ended turned out to cost."""
        self._set(job_id, {"actual_micros": micros})

    def set_remote_id(self, job_id: str, remote_id: str) -> None:
        """The provider's own id of the work."""
        self._set(job_id, {"remote_id": remote_id})

    def describe(self, job_id: str, model: str, fingerprint: str, micros: Micros) -> None:
        """What becomes known when the request is composed: `micros` is the most it may cost."""
        self._set(job_id, {"model": model, "fingerprint": fingerprint, "estimated_micros": micros})

    def attempt_started(self, job_id: str, ledger_id: int) -> int:
        """A request goes out; its number within the job, from 1."""
        with self._change() as tables:
            if tables.job(job_id) is None:
                raise _no_job(job_id)
            return tables.insert_attempt(job_id, ledger_id, self._now())

    def attempt_ended(
        self,
        job_id: str,
        number: int,
        outcome: AttemptOutcome,
        detail: str = "",
        http_status: int | None = None,
    ) -> None:
        """What became of it, once."""
        columns = {
            "outcome": outcome,
            "detail": detail,
            "http_status": http_status,
            "ended_at": self._now(),
        }
        with self._change() as tables:
            if not tables.change_attempt(job_id, number, columns):
                raise HistoryError(f"Job {job_id} has no open attempt {number}.")

    def attempts(self, job_id: str) -> list[AttemptRecord]:
        """In the order in which they were made."""
        with connection(self._database):
            return self._tables.attempts(job_id)

    def job(self, job_id: str) -> JobRecord | None:
        """By id, or by the first 6 or more digits of it if only one job has them."""
        with connection(self._database):
            if found := self._tables.job(job_id):
                return found
            if not _PREFIX.fullmatch(job_id):
                return None
            similar = self._tables.jobs_with_prefix(job_id)
        return similar[0] if len(similar) == 1 else None

    def jobs(
        self, limit: int = 50, status: JobStatus | None = None, words: str = ""
    ) -> list[JobRecord]:
        """Newest first, without deleted ones; only those with each of the `words` in the prompt or
        in the names of model, provider and operation."""
        with connection(self._database):
            return self._tables.jobs(limit, status, words.split())

    def open_jobs(self) -> list[JobRecord]:
        """Queued, running and unknown ones of every session, in the order in which they run."""
        with one_view(self._database):
            return self._tables.open_jobs()

    def remote_ids(self, provider: str) -> frozenset[str]:
        """The provider's own ids of all our work, deleted jobs included."""
        with connection(self._database):
            return self._tables.remote_ids(provider)

    def inbox(self) -> list[JobRecord]:
        """Jobs whose bought pictures nobody has applied or discarded yet, newest first."""
        with connection(self._database):
            return self._tables.jobs_with_use(ResultUse.WAITING)

    def _now(self) -> int:
        return utc_micros(self._clock())

    @contextmanager
    def _change(self) -> Iterator[HistoryTables]:
        """One transaction. What the database itself does not allow is a HistoryError."""
        try:
            with transaction(self._database):
                yield self._tables
        except RefusedChange as error:
            raise HistoryError(error.message, "See: aipaint jobs list") from error

    def _set(self, job_id: str, columns: Mapping[str, object]) -> None:
        with self._change() as tables:
            if not tables.change_job(job_id, columns):
                raise _no_job(job_id)

    def _refused(self, job_id: str, wanted: str) -> HistoryError:
        """Why a change of this job could not be made. Inside a transaction."""
        found = self._tables.job(job_id)
        if found is None:
            return _no_job(job_id)
        state = "paused" if found.is_paused else found.status.value
        return HistoryError(f"Job {job_id} is {state} and cannot become {wanted}.")


def _no_job(job_id: str) -> HistoryError:
    return HistoryError(f"There is no job {job_id} in the history.", "See: aipaint jobs list")
