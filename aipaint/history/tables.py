"""The rows of `jobs`, `images` and `models_cache`. Call inside an open connection."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from peewee import SQL, Table

from aipaint.database import Database
from aipaint.history.records import ImageRecord, JobRecord, JobStatus

_JOB_COLUMNS = tuple(field.name for field in fields(JobRecord))
_IMAGE_COLUMNS = tuple(field.name for field in fields(ImageRecord))


class HistoryTables:
    """Queries bound to one database, so that several can be open in one process."""

    def __init__(self, database: Database) -> None:
        self._database: Any = database
        self._jobs: Any = Table("jobs", _JOB_COLUMNS, "id", _database=database)
        self._images: Any = Table("images", _IMAGE_COLUMNS, "id", _database=database)
        self._cache: Any = Table(
            "models_cache", ("provider", "models", "fetched_at"), "provider", _database=database
        )

    def insert_job(self, record: JobRecord) -> None:
        row = asdict(record)
        row["status"] = record.status.value
        row["params"] = _json(record.params)
        row["error"] = None if record.error is None else _json(record.error)
        row["prompt"] = _storable(record.prompt)
        row["negative_prompt"] = _storable(record.negative_prompt)
        self._jobs.insert(**row).execute()

    def change_job(
        self, job_id: str, columns: Mapping[str, object], allowed: Sequence[JobStatus] = ()
    ) -> bool:
        """Whether the job was there, and in one of the allowed statuses if any are given."""
        values = dict(columns)
        if values.get("error") is not None:
            values["error"] = _json(values["error"])
        found = self._jobs.id == job_id
        if allowed:
            found &= self._jobs.status.in_([status.value for status in allowed])
        return bool(self._jobs.update(**values).where(found).execute())

    def job(self, job_id: str) -> JobRecord | None:
        row = self._jobs.select().where(self._jobs.id == job_id).tuples().first(self._database)
        return None if row is None else _job(row)

    def jobs_with_prefix(self, prefix: str) -> list[JobRecord]:
        """At most two jobs whose id starts with these hexadecimal digits."""
        ids = self._jobs.id
        query = self._jobs.select().where((ids >= prefix) & (ids < prefix + "g")).limit(2)
        return [_job(row) for row in query.tuples()]

    def jobs(self, limit: int, status: JobStatus | None) -> list[JobRecord]:
        """Newest first; those of one moment in the reverse order of being added."""
        query = self._jobs.select()
        if status is not None:
            query = query.where(self._jobs.status == status.value)
        query = query.order_by(self._jobs.created_at.desc(), SQL("rowid DESC")).limit(limit)
        return [_job(row) for row in query.tuples()]

    def successes(self, fingerprint: str, newer_than: int) -> list[JobRecord]:
        """Newest first."""
        jobs = self._jobs
        query = jobs.select().where(
            (jobs.fingerprint == fingerprint)
            & (jobs.status == JobStatus.SUCCEEDED.value)
            & (jobs.completed_at >= newer_than)
        )
        query = query.order_by(jobs.completed_at.desc(), SQL("rowid DESC"))
        return [_job(row) for row in query.tuples()]

    def insert_image(self, record: ImageRecord) -> None:
        self._images.insert(**asdict(record)).execute()

    def image(self, image_id: str) -> ImageRecord | None:
        query = self._images.select().where(self._images.id == image_id)
        row = query.tuples().first(self._database)
        return None if row is None else ImageRecord(*row)

    def set_thumbnail(self, image_id: str, path: str) -> None:
        query = self._images.update(thumbnail_path=path)
        query.where(self._images.id == image_id).execute()

    def images(self, job_id: str, role: str | None) -> list[ImageRecord]:
        """In the order in which they were stored."""
        query = self._images.select().where(self._images.job_id == job_id)
        if role is not None:
            query = query.where(self._images.role == role)
        return [ImageRecord(*row) for row in query.order_by(SQL("rowid")).tuples()]

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
    values["params"] = json.loads(values["params"])
    error = values["error"]
    values["error"] = None if error is None else json.loads(error)
    return JobRecord(**values)


def _json(value: object) -> str:
    if isinstance(value, Mapping):
        value = dict(value)
    return json.dumps(value, sort_keys=True)


def _storable(text: str) -> str:
    # Half a surrogate pair (from a broken argument or paste) has no UTF-8 form.
    return text.encode("utf-8", "replace").decode("utf-8")
