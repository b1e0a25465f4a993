"""`History`: every job ever, every picture sent or bought, in tables and files."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aipaint.database import Database, connection, one_view, transaction, utc_micros
from aipaint.history.errors import HistoryError
from aipaint.history.picture_files import PictureFiles, checked_id, sha256_of
from aipaint.history.records import ImageRecord, JobRecord, JobStatus
from aipaint.history.tables import HistoryTables
from aipaint.history.transitions import before, is_final
from aipaint.money import Micros

_PREFIX = re.compile(r"[0-9a-f]{6,31}")
_BOUGHT_ROLES = ("raw", "result")


class History:
    """Rows and files of one data folder. Any thread; each call is its own transaction.

    What is stored is on disk when the call returns. Raises StorageError with the reason when
    the disk or the database refuses, HistoryError for a job or step that cannot be.
    """

    def __init__(self, database: Database, home: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._tables = HistoryTables(database)
        self._files = PictureFiles(home)
        self._clock = clock

    def add_job(self, record: JobRecord) -> JobRecord:
        """Store a new job in any status; the record as stored, with its times filled in."""
        checked_id(record.id)
        created_at = record.created_at or self._now()
        completed_at = record.completed_at
        if completed_at is None and is_final(record.status):
            completed_at = created_at
        stored = replace(record, created_at=created_at, completed_at=completed_at)
        with transaction(self._database):
            self._tables.insert_job(stored)
        return stored

    def start(self, job_id: str) -> None:
        """queued → running."""
        self._move(job_id, JobStatus.RUNNING, {"started_at": self._now()})

    def finish(
        self,
        job_id: str,
        status: JobStatus,
        *,
        actual_micros: Micros | None = None,
        error: Mapping[str, str] | None = None,
    ) -> None:
        """Move to a status in which the job ends; what is None stays as it is in the row."""
        if not is_final(status):
            raise ValueError(f"a job does not finish as {status.value}")
        columns: dict[str, object] = {"completed_at": self._now()}
        if actual_micros is not None:
            columns["actual_micros"] = actual_micros
        if error is not None:
            columns["error"] = error
        self._move(job_id, status, columns)

    def set_remote_id(self, job_id: str, remote_id: str) -> None:
        """The provider's own id of the work."""
        self._change(job_id, {"remote_id": remote_id})

    def describe(self, job_id: str, model: str, fingerprint: str, micros: Micros) -> None:
        """What becomes known when the request is composed: `micros` is the most it may cost."""
        self._change(
            job_id,
            {"model": model, "fingerprint": fingerprint, "estimated_micros": micros},
        )

    def job(self, job_id: str) -> JobRecord | None:
        """By id, or by the first 6 or more digits of it if only one job has them."""
        with connection(self._database):
            if found := self._tables.job(job_id):
                return found
            if not _PREFIX.fullmatch(job_id):
                return None
            similar = self._tables.jobs_with_prefix(job_id)
        return similar[0] if len(similar) == 1 else None

    def jobs(self, limit: int = 50, status: JobStatus | None = None) -> list[JobRecord]:
        """Newest first."""
        with connection(self._database):
            return self._tables.jobs(limit, status)

    def find_success(self, fingerprint: str, newer_than_micros: int) -> JobRecord | None:
        """The latest success with this fingerprint completed at or after a time (UTC micros).

        A job whose bought pictures are no longer on disk does not count.
        """
        if not fingerprint:
            return None
        with one_view(self._database):
            for job in self._tables.successes(fingerprint, newer_than_micros):
                if self._has_its_files(job.id):
                    return job
        return None

    def store_input(  # noqa: PLR0913 - one picture's facts, told once
        self, job_id: str, role: str, data: bytes, extension: str, width: int, height: int
    ) -> ImageRecord:
        """Keep a picture that is sent (input, mask, reference); equal bytes are one file."""
        path = self._files.store_input(data, extension)
        return self._add_image(uuid.uuid4().hex, job_id, role, path, (data, width, height))

    def store_image(  # noqa: PLR0913 - one picture's facts, told once
        self, job_id: str, role: str, data: bytes, extension: str, width: int, height: int
    ) -> ImageRecord:
        """Keep a picture that came back (raw) or was made of it (result): file first, then row."""
        image_id = uuid.uuid4().hex
        path = self._files.store_image(job_id, image_id, data, extension)
        return self._add_image(image_id, job_id, role, path, (data, width, height))

    def store_thumbnail(self, image_id: str, jpeg: bytes) -> ImageRecord:
        """Keep the small picture of a stored one; the record with its path."""
        with connection(self._database):
            record = self._tables.image(image_id)
        if record is None:
            raise HistoryError(f"There is no picture {image_id} in the history.")
        path = self._files.store_thumbnail(image_id, jpeg)
        with transaction(self._database):
            self._tables.set_thumbnail(image_id, path)
        return replace(record, thumbnail_path=path)

    def images(self, job_id: str, role: str | None = None) -> list[ImageRecord]:
        """The pictures of a job, in the order in which they were stored."""
        with connection(self._database):
            return self._tables.images(job_id, role)

    def absolute(self, record: ImageRecord) -> Path:
        """The file of a stored picture."""
        return self._files.absolute(record.path)

    def cache_models(self, provider: str, models: Sequence[object], now: datetime) -> None:
        """Remember what a provider listed, as JSON."""
        with transaction(self._database):
            self._tables.put_models(provider, list(models), utc_micros(now))

    def cached_models(self, provider: str, ttl_seconds: int) -> list[object] | None:
        """What was listed at most `ttl_seconds` ago."""
        with connection(self._database):
            found = self._tables.models(provider)
        if found is None:
            return None
        models, fetched_at = found
        age_micros = self._now() - fetched_at
        is_fresh = 0 <= age_micros <= ttl_seconds * 1_000_000
        return models if is_fresh and isinstance(models, list) else None

    def _now(self) -> int:
        return utc_micros(self._clock())

    def _move(self, job_id: str, status: JobStatus, columns: Mapping[str, object]) -> None:
        values = {**columns, "status": status.value}
        with transaction(self._database):
            if self._tables.change_job(job_id, values, before(status)):
                return
            found = self._tables.job(job_id)
        if found is None:
            raise _no_job(job_id)
        raise HistoryError(
            f"Job {job_id} is {found.status.value} and cannot become {status.value}."
        )

    def _change(self, job_id: str, columns: Mapping[str, object]) -> None:
        with transaction(self._database):
            if not self._tables.change_job(job_id, columns):
                raise _no_job(job_id)

    def _has_its_files(self, job_id: str) -> bool:
        bought = [
            image for image in self._tables.images(job_id, None) if image.role in _BOUGHT_ROLES
        ]
        return all(self.absolute(image).is_file() for image in bought)

    def _add_image(
        self, image_id: str, job_id: str, role: str, path: str, picture: tuple[bytes, int, int]
    ) -> ImageRecord:
        data, width, height = picture
        record = ImageRecord(
            image_id, job_id, role, path, None, width, height, sha256_of(data), self._now()
        )
        with transaction(self._database):
            self._tables.insert_image(record)
        return record


def _no_job(job_id: str) -> HistoryError:
    return HistoryError(f"There is no job {job_id} in the history.", "See: aipaint jobs list")
