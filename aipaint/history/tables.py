"""The rows of jobs, attempts, images and listed models. Call inside an open connection."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Table, fn

from aipaint.database import Database
from aipaint.history.records import (
    OPEN,
    AttemptOutcome,
    AttemptRecord,
    ImageRecord,
    JobRecord,
    JobStatus,
    JobStep,
    ResultUse,
)

_AT_ONCE = 500
_INPUT = re.compile(r"input/[0-9a-f]{64}\.[a-z0-9]+")
_JOB_COLUMNS = tuple(field.name for field in fields(JobRecord))
_IMAGE_COLUMNS = tuple(field.name for field in fields(ImageRecord))
_ATTEMPT_COLUMNS = tuple(field.name for field in fields(AttemptRecord))


class HistoryTables:
    """Queries bound to one database, so that several can be open in one process."""

    def __init__(self, database: Database) -> None:
        self._database: Any = database
        self._jobs: Any = Table("jobs", _JOB_COLUMNS, "id", _database=database)
        self._images: Any = Table("images", _IMAGE_COLUMNS, "id", _database=database)
        self._attempts: Any = Table("job_attempts", _ATTEMPT_COLUMNS, _database=database)
        self._cache: Any = Table(
            "models_cache", ("provider", "models", "fetched_at"), "provider", _database=database
        )

    def insert_job(self, record: JobRecord) -> None:
        row = {name: getattr(record, name) for name in _JOB_COLUMNS}
        self._jobs.insert(**_row(row)).execute()

    def next_position(self) -> int:
        """Behind every job that waits."""
        jobs = self._jobs
        query = jobs.select(fn.MAX(jobs.position)).where(jobs.status == JobStatus.QUEUED.value)
        return int(query.tuples().first(self._database)[0] or 0) + 1

    def change_job(
        self, job_id: str, columns: Mapping[str, object], **must_be: Sequence[object]
    ) -> bool:
        """Whether the job was there, each of the columns in `must_be` with one of its values."""
        found = self._jobs.id == job_id
        for name, values in must_be.items():
            found &= getattr(self._jobs, name).in_([_plain(value) for value in values])
        return bool(self._jobs.update(**_row(columns)).where(found).execute())

    def job(self, job_id: str) -> JobRecord | None:
        row = self._jobs.select().where(self._jobs.id == job_id).tuples().first(self._database)
        return None if row is None else _job(row)

    def jobs_with_prefix(self, prefix: str) -> list[JobRecord]:
        """At most two jobs whose id starts with these hexadecimal digits."""
        ids = self._jobs.id
        query = self._jobs.select().where((ids >= prefix) & (ids < prefix + "g")).limit(2)
        return [_job(row) for row in query.tuples()]

    def jobs(
        self, limit: int, status: JobStatus | None, words: Sequence[str] = ()
    ) -> list[JobRecord]:
        """Newest first; those of one moment in the reverse order of being added. Each of `words`
        is somewhere in the prompt or in the names of model, provider and operation."""
        jobs = self._jobs
        query = jobs.select().where(jobs.deleted_at.is_null())
        if status is not None:
            query = query.where(jobs.status == status.value)
        for word in words:
            places = (jobs.prompt, jobs.model, jobs.provider, jobs.operation)
            query = query.where(reduce(or_, (place.contains(word) for place in places)))
        query = query.order_by(self._jobs.created_at.desc(), SQL("rowid DESC")).limit(limit)
        return [_job(row) for row in query.tuples()]

    def open_jobs(self) -> list[JobRecord]:
        """In the order in which they are to run."""
        jobs = self._jobs
        query = jobs.select().where(jobs.status.in_([status.value for status in OPEN]))
        query = query.order_by(jobs.position, jobs.created_at, SQL("rowid"))
        return [_job(row) for row in query.tuples()]

    def remote_ids(self, provider: str) -> frozenset[str]:
        jobs = self._jobs
        query = jobs.select(jobs.remote_id).where(
            (jobs.provider == provider) & jobs.remote_id.is_null(False)
        )
        return frozenset(remote_id for (remote_id,) in query.tuples())

    def jobs_with_use(self, use: ResultUse) -> list[JobRecord]:
        """Newest first, without deleted ones."""
        jobs = self._jobs
        query = jobs.select().where((jobs.result_use == use.value) & jobs.deleted_at.is_null())
        query = query.order_by(jobs.created_at.desc(), SQL("rowid DESC"))
        return [_job(row) for row in query.tuples()]

    def closed_jobs(self) -> list[JobRecord]:
        """Those that nothing waits for and nobody deleted."""
        jobs = self._jobs
        ended = jobs.status.not_in([status.value for status in OPEN])
        return [
            _job(row) for row in jobs.select().where(ended & jobs.deleted_at.is_null()).tuples()
        ]

    def deleted_jobs(self, before: int) -> list[JobRecord]:
        """Those deleted at or before a time."""
        query = self._jobs.select().where(self._jobs.deleted_at <= before)
        return [_job(row) for row in query.tuples()]

    def successes(self, fingerprint: str, newer_than: int) -> list[JobRecord]:
        """Newest first."""
        jobs = self._jobs
        query = jobs.select().where(
            (jobs.fingerprint == fingerprint)
            & (jobs.status == JobStatus.SUCCEEDED.value)
            & (jobs.completed_at >= newer_than)
            & jobs.deleted_at.is_null()
        )
        query = query.order_by(jobs.completed_at.desc(), SQL("rowid DESC"))
        return [_job(row) for row in query.tuples()]

    def insert_attempt(self, job_id: str, ledger_id: int, at: int) -> int:
        """The number of the new attempt."""
        number = len(self.attempts(job_id)) + 1
        self._attempts.insert(
            job_id=job_id,
            ledger_id=ledger_id,
            number=number,
            outcome=AttemptOutcome.OPEN.value,
            detail="",
            started_at=at,
        ).execute()
        return number

    def change_attempt(self, job_id: str, number: int, columns: Mapping[str, object]) -> bool:
        """Whether there was this open attempt."""
        attempts = self._attempts
        found = (
            (attempts.job_id == job_id)
            & (attempts.number == number)
            & (attempts.outcome == AttemptOutcome.OPEN.value)
        )
        return bool(attempts.update(**_row(columns)).where(found).execute())

    def attempts(self, job_id: str) -> list[AttemptRecord]:
        """In the order in which they were made."""
        query = self._attempts.select().where(self._attempts.job_id == job_id)
        rows = query.order_by(self._attempts.number).tuples()
        return [_attempt(row) for row in rows]

    def insert_image(self, record: ImageRecord) -> None:
        self._images.insert(**asdict(record)).execute()

    def image(self, image_id: str) -> ImageRecord | None:
        query = self._images.select().where(self._images.id == image_id)
        row = query.tuples().first(self._database)
        return None if row is None else _image(row)

    def image_ids(self) -> set[str]:
        return {image_id for (image_id,) in self._images.select(self._images.id).tuples()}

    def set_thumbnail(self, image_id: str, path: str) -> None:
        query = self._images.update(thumbnail_path=path)
        query.where(self._images.id == image_id).execute()

    def change_image(self, image_id: str, columns: Mapping[str, object]) -> bool:
        """Whether the picture was there."""
        query = self._images.update(**_row(columns)).where(self._images.id == image_id)
        return bool(query.execute())

    def drifts(self, provider: str, model: str, limit: int) -> list[float]:
        """Of the newest pictures of a model that have one."""
        images, jobs = self._images, self._jobs
        query = images.select(images.drift).join(jobs, on=(jobs.id == images.job_id))
        query = query.where(
            (jobs.provider == provider) & (jobs.model == model) & images.drift.is_null(False)
        )
        newest = query.order_by(images.created_at.desc(), images.id).limit(limit)
        return [drift for (drift,) in newest.tuples()]

    def images(self, job_id: str, role: str | None) -> list[ImageRecord]:
        """In the order in which they were stored."""
        query = self._images.select().where(self._images.job_id == job_id)
        if role is not None:
            query = query.where(self._images.role == role)
        return [_image(row) for row in query.order_by(SQL("rowid")).tuples()]

    def images_of(self, job_ids: Sequence[str]) -> dict[str, list[ImageRecord]]:
        """Of many jobs at once, each in the order in which they were stored."""
        found: dict[str, list[ImageRecord]] = {job_id: [] for job_id in job_ids}
        images = self._images
        for first in range(0, len(job_ids), _AT_ONCE):
            query = images.select().where(images.job_id.in_(job_ids[first : first + _AT_ONCE]))
            for row in query.order_by(SQL("rowid")).tuples():
                record = _image(row)
                found[record.job_id].append(record)
        return found

    def inputs_of(self, gone: Sequence[JobRecord]) -> list[str]:
        """Paths of pictures that only these jobs sent or keep for being run again."""
        ids = {job.id for job in gone}
        images = self._images
        of_rows: dict[str, set[str]] = {}
        query = images.select(images.path, images.job_id)
        for path, job_id in query.where(images.path.startswith("input/")).tuples():
            of_rows.setdefault(path, set()).add(job_id)
        jobs = self._jobs
        plans = jobs.select(jobs.id, jobs.plan).where(jobs.plan.is_null(False)).tuples()
        for job_id, plan in plans:
            for path in _INPUT.findall(plan):
                of_rows.setdefault(path, set()).add(job_id)
        return [path for path, users in of_rows.items() if users <= ids]

    def put_models(self, provider: str, models: object, at: int) -> None:
        row = {"provider": provider, "models": _json(models), "fetched_at": at}
        self._cache.replace(**row).execute()

    def models(self, provider: str) -> tuple[object, int] | None:
        """What was stored, and when."""
        query = self._cache.select().where(self._cache.provider == provider)
        row = query.tuples().first(self._database)
        return None if row is None else (json.loads(row[1]), row[2])


def _job(row: tuple[Any, ...]) -> JobRecord:
    values = dict(zip(_JOB_COLUMNS, row, strict=True))
    values["status"] = JobStatus(values["status"])
    values["step"] = JobStep(values["step"])
    values["result_use"] = ResultUse(values["result_use"])
    values["is_paused"] = bool(values["is_paused"])
    values["params"] = _loaded(values["params"]) or {}
    values["error"] = _loaded(values["error"])
    values["plan"] = _loaded(values["plan"])
    return JobRecord(**values)


def _image(row: tuple[Any, ...]) -> ImageRecord:
    values = dict(zip(_IMAGE_COLUMNS, row, strict=True))
    values["is_starred"] = bool(values["is_starred"])
    return ImageRecord(**values)


def _loaded(text: str | None) -> dict[str, object] | None:
    """What was stored; nothing of what a failing disk made unreadable, so that the rest shows."""
    try:
        found = None if text is None else json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _attempt(row: tuple[Any, ...]) -> AttemptRecord:
    values = dict(zip(_ATTEMPT_COLUMNS, row, strict=True))
    values["outcome"] = AttemptOutcome(values["outcome"])
    return AttemptRecord(**values)


def _row(columns: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in columns.items()}


def _plain(value: object) -> object:
    """A value as its column stores it."""
    match value:
        case Enum():
            return value.value
        case Mapping():
            return _json(value)
        case str():
            return _storable(value)
    return value


def _json(value: object) -> str:
    if isinstance(value, Mapping):
        value = dict(value)
    return json.dumps(value, sort_keys=True)


def _storable(text: str) -> str:
    # Half a surrogate pair (from a broken argument or paste) has no UTF-8 form.
    return text.encode("utf-8", "replace").decode("utf-8")
