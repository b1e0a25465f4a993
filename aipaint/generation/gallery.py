"""`Gallery`: every job ever, with its pictures: to be looked at, opened, done again or deleted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from aipaint.errors import UsageError
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, label_of
from aipaint.generation.stored_job import stored_job
from aipaint.history.records import OPEN, ImageRecord, JobRecord, JobStatus
from aipaint.money import Micros

_RESULT, _RAW = "result", "raw"


class GalleryFilter(Enum):
    """Which jobs are shown. FAILED are all that ended without a picture."""

    ALL = "all"
    SUCCEEDED = "succeeded"
    FAILED = "failed"

    @property
    def statuses(self) -> tuple[JobStatus | None, ...]:
        if self is GalleryFilter.ALL:
            return (None,)
        if self is GalleryFilter.SUCCEEDED:
            return (JobStatus.SUCCEEDED,)
        return (
            JobStatus.FAILED,
            JobStatus.BLOCKED_BUDGET,
            JobStatus.CANCELLED,
            JobStatus.UNKNOWN,
        )


@dataclass(frozen=True)
class GalleryItem:
    """One job. `pictures` are its composites, or what was bought where none were made; files that
    are gone are left out. `thumbnail` is None where there is no picture."""

    job_id: str
    label: str
    prompt: str
    operation: str
    provider: str
    model: str
    status: JobStatus
    message: str
    when_micros: int
    cost_micros: Micros | None
    pictures: tuple[Path, ...]
    thumbnail: Path | None
    picture_hash: str = ""  # of the first: another one looks different

    @property
    def is_open(self) -> bool:
        """It waits, runs, or may yet turn out to cost something: it cannot be deleted."""
        return self.status in OPEN


class Gallery:
    """Every method is called on a worker and raises StorageError. Deleting spends and frees no
    money: what was paid stays in the ledger."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed

    def items(self, shown: GalleryFilter, limit: int, words: str = "") -> tuple[GalleryItem, ...]:
        """The newest first; with `words`, those that have each of them in the prompt or in the
        names of model, provider and operation."""
        history = self._desk.history
        records = [job for status in shown.statuses for job in history.jobs(limit, status, words)]
        records.sort(key=lambda job: job.created_at, reverse=True)  # those of one moment stay
        del records[limit:]
        images = history.images_of([record.id for record in records])
        return tuple(self._item(record, images[record.id]) for record in records)

    def delete(self, job_id: str) -> None:
        """Its pictures go to the trash. Raises HistoryError for one that is still open."""
        self._desk.history.delete(job_id)
        self._changed()

    def clear(self) -> tuple[str, ...]:
        """Delete every job that is not open; their ids, for `bring_back`."""
        history = self._desk.history
        jobs: list[JobRecord] = []
        limit = 1000
        while len(jobs := history.jobs(limit)) == limit:
            limit *= 10
        closed = tuple(job.id for job in jobs if job.status not in OPEN)
        for job_id in closed:
            history.delete(job_id)
        self._changed()
        return closed

    def bring_back(self, job_ids: tuple[str, ...]) -> None:
        """Take a deletion back. Raises HistoryError where the trash was emptied since."""
        for job_id in job_ids:
            self._desk.history.undelete(job_id)
        self._changed()

    def price(self, job_id: str) -> Micros:
        """What doing it again may cost. Raises UsageError and UnpricedModel with the reason why
        it cannot be done again."""
        job = self.again(job_id)
        return self._desk.estimate(job.picture, job.options).micros

    def again(self, job_id: str) -> Job:
        """A new job that asks for the same on the same picture; it is in no list yet.

        Raises UsageError where its provider is not ready, StorageError if its picture was not kept.
        """
        record = self._desk.history.job(job_id)
        if record is None:
            raise UsageError("There is no such job any more.")
        kept = stored_job(record, self._desk)
        missing = self._desk.provider(kept.options.provider).readiness()
        if missing:
            raise UsageError(missing)
        return Job(
            replace(kept.options, is_fresh=False),
            kept.picture,
            original=kept.original,
            waits_for_turn=True,
            project=kept.project,
        )

    def _item(self, record: JobRecord, images: Sequence[ImageRecord]) -> GalleryItem:
        shown = [image for image in images if image.role == _RESULT]
        shown = shown or [image for image in images if image.role == _RAW]
        thumbnail = next((image.thumbnail_path for image in shown if image.thumbnail_path), None)
        return GalleryItem(
            job_id=record.id,
            label=label_of(record.operation, record.prompt),
            prompt=record.prompt,
            operation=record.operation,
            provider=record.provider,
            model=record.model,
            status=record.status,
            message=(record.error or {}).get("message", ""),
            when_micros=record.completed_at or record.created_at,
            cost_micros=record.actual_micros,
            pictures=tuple(path for image in shown if (path := self._file(image)).is_file()),
            thumbnail=self._desk.history.kept_input(thumbnail) if thumbnail else None,
            picture_hash=shown[0].sha256 if shown else "",
        )

    def _file(self, image: ImageRecord) -> Path:
        return self._desk.history.absolute(image)
