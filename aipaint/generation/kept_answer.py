"""What an answer said beside its pictures: kept until it is settled, so that a crash between the
two does not cost the exact figure."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aipaint.generation.desk import Desk
from aipaint.history.records import JobRecord, JobStep
from aipaint.money import Usage
from aipaint.providers.prediction import Prediction

_ANSWER = "answer"


def keep_answer(job_id: str, prediction: Prediction, desk: Desk) -> None:
    """Into the job's plan; its pictures are stored already. Raises StorageError."""
    record = desk.history.job(job_id)
    plan = dict(record.plan or {}) if record is not None else {}
    usage = prediction.usage
    plan[_ANSWER] = {
        "cost_micros": prediction.cost_micros,
        "usage": None if usage is None else asdict(usage),
        "count": len(prediction.images),
    }
    desk.history.set_plan(job_id, plan)
    desk.history.step(job_id, JobStep.FETCHED)


def kept_answer(record: JobRecord, desk: Desk) -> Prediction | None:
    """The pictures of a job that are on disk, with what is known of their cost; None without."""
    raws = desk.history.images(record.id, "raw")
    paths = [desk.history.absolute(image) for image in raws if not image.path.endswith(".bin")]
    images = tuple(path.read_bytes() for path in paths if path.is_file())
    if not images:
        return None
    said: Mapping[str, Any] = (record.plan or {}).get(_ANSWER) or {}  # type: ignore[assignment]
    usage = said.get("usage")
    return Prediction(
        images=images,
        usage=None if usage is None else Usage(**usage),
        cost_micros=said.get("cost_micros"),
    )


def is_complete(record: JobRecord) -> bool:
    """Whether the whole answer was on disk before the program ended."""
    return _ANSWER in (record.plan or {})
