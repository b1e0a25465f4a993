"""`History`: every job ever, every picture sent or bought, in tables and files."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aipaint.database import Database, connection, one_view, transaction, utc_micros
from aipaint.history.errors import HistoryError
from aipaint.history.job_rows import JobRows
from aipaint.history.picture_files import PictureFiles, sha256_of
from aipaint.history.records import OPEN, ImageRecord, JobRecord, JobStatus, JobStep, ResultUse
from aipaint.history.trash import Trash

_BOUGHT_ROLES = ("raw", "result")
_NOT_FETCHED = tuple(JobStep)[: tuple(JobStep).index(JobStep.FETCHED)]
_MICROS_PER_DAY = 24 * 3600 * 1_000_000
_SEE_JOBS = "See: aipaint jobs list"


class History(JobRows):
    """Rows of jobs, and the pictures that belong to them, of one data folder.

    Any thread; each call is its own transaction. What is stored is on disk when the call
    returns. Raises StorageError with the reason when the disk or the database refuses.
    """

    def __init__(self, database: Database, home: Path, clock: Callable[[], datetime]) -> None:
        super().__init__(database, clock)
        self._files = PictureFiles(home)
        self._trash = Trash(home)

    def find_success(self, fingerprint: str, newer_than_micros: int) -> JobRecord | None:
        """The latest success with this fingerprint completed at or after a time (UTC micros).

        A job whose bought pictures are no longer on disk does not count, nor one that only used
        those of an earlier job.
        """
        if not fingerprint:
            return None
        with one_view(self._database):
            for job in self._tables.successes(fingerprint, newer_than_micros):
                if self._has_its_files(job.id) and not self._used_anothers(job.id):
                    return job
        return None

    def store_input(  # noqa: PLR0913 - one picture's facts, told once
        self, job_id: str, role: str, data: bytes, extension: str, width: int, height: int
    ) -> ImageRecord:
        """Keep a picture that is sent (input, mask, reference); equal bytes are one file."""
        path = self._files.store_input(data, extension)
        return self._add_image(uuid.uuid4().hex, job_id, role, path, (data, width, height))

    def keep_input(self, data: bytes, extension: str) -> str:
        """Keep what a waiting job will need, by no row but the path in its plan; equal bytes are
        one file. The path is relative to the data folder."""
        return self._files.store_input(data, extension)

    def kept_input(self, path: str) -> Path:
        """The file of a path that was given out here."""
        return self._files.absolute(path)

    def store_image(  # noqa: PLR0913 - one picture's facts, told once
        self, job_id: str, role: str, data: bytes, extension: str, width: int, height: int
    ) -> ImageRecord:
        """Keep a picture that came back (raw) or was made of it (result): file first, then row."""
        image_id = uuid.uuid4().hex
        path = self._files.store_image(job_id, image_id, data, extension)
        return self._add_image(image_id, job_id, role, path, (data, width, height))

    def store_raw(self, job_id: str, data: bytes, extension: str) -> ImageRecord:
        """Keep bytes that were bought, as they came; again, after a refusal, they are one."""
        digest = sha256_of(data)
        for image in self.images(job_id, "raw"):
            if image.sha256 == digest:
                return image
        image_id = sha256_of(f"{job_id} {digest}".encode())[:32]
        path = self._files.store_image(job_id, image_id, data, extension)
        return self._add_image(image_id, job_id, "raw", path, (data, 0, 0))

    def set_raw_size(self, job_id: str, data: bytes, width: int, height: int) -> None:
        """How large the picture in bought bytes is: known once they could be read."""
        digest = sha256_of(data)
        for image in self.images(job_id, "raw"):
            if image.sha256 == digest:
                self._change_image(image.id, {"width": width, "height": height})

    def store_found(self, job_id: str, data: bytes, extension: str) -> ImageRecord:
        """The same for bytes that were found elsewhere, also if the row of their job was lost."""
        job = self.job(job_id) or self.add_job(_lost_job(job_id))
        record = self.store_raw(job_id, data, extension)
        if job.result_use is ResultUse.NONE:
            self.set_result_use(job_id, ResultUse.WAITING)
        return record

    def replace_image(self, image_id: str, data: bytes) -> ImageRecord:
        """Other bytes of the same kind and size for a composite: what it was made of stays as it
        was bought. Raises HistoryError for what is no composite."""
        with connection(self._database):
            record = self._tables.image(image_id)
        if record is None or record.role != "result":
            raise HistoryError(f"There is no composite {image_id} in the history.")
        extension = Path(record.path).suffix
        path = self._files.store_image(record.job_id, image_id, data, extension)
        changed = replace(record, path=path, sha256=sha256_of(data))
        self._change_image(image_id, {"path": path, "sha256": changed.sha256})
        return changed

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

    def images_of(self, job_ids: Sequence[str]) -> dict[str, list[ImageRecord]]:
        """The pictures of many jobs, as `images`, in one go."""
        with connection(self._database):
            return self._tables.images_of(job_ids)

    def star(self, image_id: str, is_starred: bool) -> None:
        """Mark a picture as liked, or take that back."""
        self._change_image(image_id, {"is_starred": int(is_starred)})

    def set_drift(self, image_id: str, drift: float) -> None:
        """How much (0..1) of what was to stay the model changed in this picture."""
        self._change_image(image_id, {"drift": drift})

    def drifts(self, provider: str, model: str, limit: int) -> list[float]:
        """Of the newest pictures of a model that were made under a mask, the newest first."""
        with connection(self._database):
            return self._tables.drifts(provider, model, limit)

    def absolute(self, record: ImageRecord) -> Path:
        """The file of a stored picture."""
        return self._files.absolute(record.path)

    def delete(self, job_id: str) -> None:
        """Out of every list, its pictures into the trash; what was spent stays in the ledger.

        Raises HistoryError for a job that is still open: cancel or resolve it first.
        """
        with self._change() as tables:
            job = tables.job(job_id)
            if job is None:
                raise HistoryError(f"There is no job {job_id} in the history.", _SEE_JOBS)
            if job.status in OPEN:
                raise HistoryError(
                    f"Job {job_id} is {job.status.value} and cannot be deleted.",
                    "Cancel it first; settle an unknown one with: aipaint budget resolve",
                )
            tables.change_job(job_id, {"deleted_at": self._now()})
        self._trash.put(job_id, self._thumbnails(job_id))

    def clear(self) -> int:
        """Delete every job that is not open; how many."""
        with connection(self._database):
            closed = self._tables.closed_jobs()
        for job in closed:
            self.delete(job.id)
        return len(closed)

    def undelete(self, job_id: str) -> None:
        """Back into the lists with its pictures. Raises HistoryError if the trash was emptied."""
        self._trash.take_back(job_id)
        if not self._has_its_files(job_id):
            raise HistoryError(f"The pictures of job {job_id} were removed for good.")
        self._set(job_id, {"deleted_at": None})

    def empty_trash(self, older_than_days: int) -> int:
        """Remove the files of jobs deleted so long ago; of how many. Their rows stay."""
        with one_view(self._database):
            limit = self._now() - older_than_days * _MICROS_PER_DAY
            emptied = self._tables.deleted_jobs(limit)
            sent = self._tables.inputs_of(emptied)
        count = 0
        for job in emptied:
            self._trash.put(job.id, self._thumbnails(job.id))  # if a crash came before the move
            count += self._trash.empty(job.id)
        self._trash.remove_inputs(sent, self._now() / 1_000_000)
        return count

    def adopt_orphans(self, is_alive: Callable[[str], bool]) -> list[str]:
        """Bought pictures on disk without a row get one and wait in the inbox; ids of their jobs.

        Left by a crash between file and row, or by a lost database: a job without a row gets one
        as well. Jobs whose owner is alive are left alone.
        """
        with connection(self._database):
            known = self._tables.image_ids()
        adopted: list[str] = []
        for job_id, image_id, path in self._files.stored_images():
            if image_id in known:
                continue
            job = self.job(job_id)
            if job is not None and (job.deleted_at or is_alive(job.owner)):
                continue
            self._adopt(job or self.add_job(_lost_job(job_id)), image_id, path)
            if job_id not in adopted:
                adopted.append(job_id)
        return adopted

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

    def _has_its_files(self, job_id: str) -> bool:
        bought = [image for image in self.images(job_id) if image.role in _BOUGHT_ROLES]
        return all(self.absolute(image).is_file() for image in bought)

    def _used_anothers(self, job_id: str) -> bool:
        roles = {image.role for image in self.images(job_id)}
        return "result" in roles and "raw" not in roles

    def _adopt(self, job: JobRecord, image_id: str, path: str) -> None:
        # Composites are made when everything that was bought has its row.
        is_bought = job.step in _NOT_FETCHED or not self.images(job.id, "raw")
        data = self._files.absolute(path).read_bytes()
        self._add_image(image_id, job.id, "raw" if is_bought else "result", path, (data, 0, 0))
        if job.result_use is ResultUse.NONE:
            self.set_result_use(job.id, ResultUse.WAITING)

    def _thumbnails(self, job_id: str) -> list[str]:
        return [image.thumbnail_path for image in self.images(job_id) if image.thumbnail_path]

    def _change_image(self, image_id: str, columns: Mapping[str, object]) -> None:
        with transaction(self._database):
            is_there = self._tables.change_image(image_id, columns)
        if not is_there:
            raise HistoryError(f"There is no picture {image_id} in the history.")

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


def _lost_job(job_id: str) -> JobRecord:
    return JobRecord(
        id=job_id,
        status=JobStatus.FAILED,
        step=JobStep.ENDED,
        operation="unknown",
        provider="unknown",
        model="unknown",
        error={
            "kind": "storage",
            "message": "What was asked for was lost with a damaged database.",
            "charged": "unknown",
            "hint": "Its pictures were found on the disk.",
        },
    )
