"""The inbox: pictures that were bought and that nobody has applied or discarded yet."""

from dataclasses import dataclass
from pathlib import Path

from aipaint.errors import AipaintError, UsageError
from aipaint.generation.candidate import Candidate
from aipaint.generation.compose import compose_request
from aipaint.generation.desk import Desk
from aipaint.generation.finish_job import reopened
from aipaint.generation.job import JobOutcome, label_of
from aipaint.generation.kept_answer import kept_answer
from aipaint.generation.stored_job import stored_job
from aipaint.history.records import ImageRecord, JobRecord, JobStatus, ResultUse
from aipaint.money import Micros
from aipaint.pixels.decode import decode_image
from aipaint.pixels.encode import thumbnail_jpeg

_WHY = {
    JobStatus.SUCCEEDED: "Bought, and not used yet.",
    JobStatus.CANCELLED: "It came after the cancel.",
    JobStatus.FAILED: "It could not be used as it came.",
}


@dataclass(frozen=True)
class InboxItem:
    """One job's bought pictures. `can_open`: at least one is of a kind that can be read; `pictures`
    are the files as they came."""

    job_id: str
    label: str
    operation: str
    status: JobStatus
    why: str
    cost_micros: Micros
    when_micros: int
    pictures: tuple[Path, ...]
    thumbnail: Path | None
    can_open: bool


def inbox_items(desk: Desk) -> tuple[InboxItem, ...]:
    """Newest first. Raises StorageError."""
    return tuple(_item(record, desk) for record in desk.history.inbox())


def open_item(job_id: str, desk: Desk) -> tuple[Candidate, ...]:
    """The candidates of a job in the inbox, on its own picture as it was. On a worker.

    Raises UsageError for a job that bought nothing, StorageError and UnreadableFileError.
    """
    record = desk.history.job(job_id)
    prediction = kept_answer(record, desk) if record is not None else None
    if record is None or prediction is None:
        raise UsageError("There is no picture of this job that can be opened.")
    job = stored_job(record, desk)
    composed = compose_request(job.picture, job.options, desk.model(job.options))
    outcome = JobOutcome(record.id, record.status, actual_micros=record.actual_micros)
    return reopened(job, desk, composed, outcome, prediction).candidates


def discard_item(job_id: str, desk: Desk) -> None:
    """Nobody wants it; its files stay with the job in the history. Raises StorageError."""
    desk.history.set_result_use(job_id, ResultUse.DISCARDED)


def _item(record: JobRecord, desk: Desk) -> InboxItem:
    images = desk.history.images(record.id)
    raws = [image for image in images if image.role == "raw"]
    readable = [image for image in raws if not image.path.endswith(".bin")]
    thumbnail = next((image.thumbnail_path for image in images if image.thumbnail_path), None)
    if thumbnail is None and readable:
        thumbnail = _made_thumbnail(readable[0], desk)
    return InboxItem(
        job_id=record.id,
        label=label_of(record.operation, record.prompt),
        operation=record.operation,
        status=record.status,
        why=_WHY.get(record.status, ""),
        cost_micros=record.actual_micros or 0,
        when_micros=record.completed_at or record.created_at,
        pictures=tuple(desk.history.absolute(image) for image in raws),
        thumbnail=desk.history.kept_input(thumbnail) if thumbnail is not None else None,
        can_open=bool(readable),
    )


def _made_thumbnail(raw: ImageRecord, desk: Desk) -> str | None:
    """Of a picture that came and was never composited; kept, so that it is made once. None where
    it cannot be read or kept."""
    try:
        data = desk.history.absolute(raw).read_bytes()
        jpeg = thumbnail_jpeg(decode_image(data, "The picture").rgba)
        return desk.history.store_thumbnail(raw.id, jpeg).thumbnail_path
    except (OSError, AipaintError):
        return None
