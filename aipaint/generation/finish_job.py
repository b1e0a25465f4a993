"""The second half of a job: from returned bytes to candidates, composites and thumbnails."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aipaint.database import utc_micros
from aipaint.errors import StorageError, UnreadableFileError
from aipaint.generation.candidate import Candidate
from aipaint.generation.compose import Composed
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome
from aipaint.generation.make_candidate import Answer, CandidateMaker
from aipaint.history.records import ImageRecord, JobRecord, JobStatus
from aipaint.money import Micros
from aipaint.pixels.decode import MAX_PIXELS, decode_image
from aipaint.pixels.tile import Pixels
from aipaint.providers.prediction import Prediction

_LOG = logging.getLogger(__name__)
_MOST_ANSWER_PIXELS = 4096 * 4096  # some models always paint that large
_LARGEST_SCALE = 4


def candidates_of(
    job: Job, desk: Desk, composed: Composed, outcome: JobOutcome, prediction: Prediction
) -> JobOutcome:
    """Every returned picture that can be read becomes a candidate and a stored composite.

    Raises UnreadableFileError if not one can be read.
    """
    outcome = replace(outcome, warnings=outcome.warnings + prediction.warnings)
    return _finished(job, desk, composed, outcome, prediction)


def earlier_outcome(
    job: Job, desk: Desk, composed: Composed, outcome: JobOutcome
) -> JobOutcome | None:
    """The pictures of a recent purchase of the same thing, at no cost; None if there is none."""
    if job.options.is_fresh or not desk.provider(job.options.provider).is_paid:
        return None
    earlier = recent_purchase(outcome.fingerprint, desk)
    if earlier is None:
        return None
    kept = [desk.history.absolute(image) for image in desk.history.images(earlier.id, "raw")]
    images = [path.read_bytes() for path in kept if path.is_file()]
    if not images:
        return None
    outcome = replace(outcome, duplicate_of=earlier.id, actual_micros=0)
    return _finished(job, desk, composed, outcome, Prediction(tuple(images)))


def recent_purchase(fingerprint: str, desk: Desk) -> JobRecord | None:
    """The job that bought the same a short while ago."""
    since = desk.clock() - timedelta(seconds=desk.ledger.guard.dedupe_ttl_seconds)
    return desk.history.find_success(fingerprint, utc_micros(since))


def reopened(
    job: Job, desk: Desk, composed: Composed, outcome: JobOutcome, prediction: Prediction
) -> JobOutcome:
    """The candidates of pictures that wait in the inbox; composites stored before are used again.

    Raises UnreadableFileError if not one can be read.
    """
    stored = desk.history.images(job.id, "result")
    return _finished(job, desk, composed, outcome, prediction, stored)


def _finished(  # noqa: PLR0913 - the state of one job
    job: Job,
    desk: Desk,
    composed: Composed,
    outcome: JobOutcome,
    prediction: Prediction,
    stored: Sequence[ImageRecord] = (),
) -> JobOutcome:
    maker = CandidateMaker(job, desk, composed, outcome.model)
    candidates: list[Candidate] = []
    records: list[ImageRecord] = []
    warnings = list(outcome.warnings)
    unreadable: UnreadableFileError | None = None
    cost = outcome.actual_micros or 0
    most_pixels = _most_pixels(job, desk, composed)
    for number, data in enumerate(prediction.images):
        try:
            rgba = decode_image(data, f"Picture {number + 1}", most_pixels).rgba
        except UnreadableFileError as error:
            unreadable = error
            warnings.append(error.message)
            continue
        if outcome.duplicate_of is None:
            _note_size(job, desk, data, rgba)
        before = stored[len(records)] if len(records) < len(stored) else None
        label = prediction.labels[number] if number < len(prediction.labels) else ""
        candidate, record, notes = maker.make(Answer(rgba, label), cost, before)
        warnings.extend(note for note in notes if note not in warnings)
        candidates.append(candidate)
        records.append(record)
    if unreadable is not None and not candidates:
        raise unreadable
    return replace(
        outcome,
        status=JobStatus.SUCCEEDED,
        candidates=_with_sisters(candidates, job.id, cost),
        images=tuple(records),
        warnings=tuple(warnings),
    )


def _note_size(job: Job, desk: Desk, data: bytes, rgba: Pixels) -> None:
    """For scripts that read the rows; a disk that refuses must not hide the picture."""
    height, width = rgba.shape[:2]
    try:
        desk.history.set_raw_size(job.id, data, width, height)
    except StorageError as error:
        _LOG.info("The size of a picture could not be noted: %s", error)


def _most_pixels(job: Job, desk: Desk, composed: Composed) -> int:
    """A server may answer with more than was asked for, but not with what fills the memory."""
    if not desk.provider(job.options.provider).is_paid:
        return MAX_PIXELS
    sent = composed.plan.sent
    return max(_MOST_ANSWER_PIXELS, _LARGEST_SCALE**2 * sent.width * sent.height)


def _with_sisters(
    candidates: Sequence[Candidate], job_id: str, cost_micros: Micros
) -> tuple[Candidate, ...]:
    """Each recipe names all pictures of the job."""
    ids = tuple(candidate.id for candidate in candidates)
    return tuple(
        replace(
            candidate,
            recipe=replace(
                candidate.recipe, job_id=job_id, candidate_ids=ids, cost_micros=cost_micros
            ),
        )
        for candidate in candidates
        if candidate.recipe is not None
    )
