"""The second half of a job: from returned bytes to candidates, composites and thumbnails."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from aipaint.database import utc_micros
from aipaint.document.layer import Layer, LayerMask
from aipaint.document.merge import masked_tiles
from aipaint.document.render import render_straight
from aipaint.errors import UnreadableFileError
from aipaint.generation.candidate import Candidate
from aipaint.generation.compose import Composed
from aipaint.generation.composite import Fitted, fit_answer
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome
from aipaint.history.records import ImageRecord, JobRecord, JobStatus
from aipaint.pixels.decode import decode_image
from aipaint.pixels.encode import encode_image, thumbnail_jpeg
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.prediction import Prediction


def candidates_of(
    job: Job, desk: Desk, composed: Composed, outcome: JobOutcome, prediction: Prediction
) -> JobOutcome:
    """Every returned picture that can be read becomes a candidate and a stored composite.

    Raises UnreadableFileError if not one can be read.
    """
    outcome = replace(outcome, warnings=outcome.warnings + prediction.warnings)
    return _finished(job, desk, composed, outcome, prediction.images)


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
    return _finished(job, desk, composed, outcome, images)


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
    return _finished(job, desk, composed, outcome, prediction.images, stored)


def _finished(  # noqa: PLR0913 - the state of one job
    job: Job,
    desk: Desk,
    composed: Composed,
    outcome: JobOutcome,
    images: Sequence[bytes],
    stored: Sequence[ImageRecord] = (),
) -> JobOutcome:
    candidates: list[Candidate] = []
    records: list[ImageRecord] = []
    warnings = list(outcome.warnings)
    unreadable: UnreadableFileError | None = None
    for number, data in enumerate(images, 1):
        try:
            answer = decode_image(data, f"Picture {number}").rgba
        except UnreadableFileError as error:
            unreadable = error
            warnings.append(error.message)
            continue
        fitted = fit_answer(composed, answer, job.options.feather_pixels)
        warnings.extend(note for note in fitted.warnings if note not in warnings)
        before = stored[len(records)] if len(records) < len(stored) else None
        candidate, record = _stored(job, desk, composed, outcome, fitted, before)
        candidates.append(candidate)
        records.append(record)
    if unreadable is not None and not candidates:
        raise unreadable
    return replace(
        outcome,
        status=JobStatus.SUCCEEDED,
        candidates=tuple(candidates),
        images=tuple(records),
        warnings=tuple(warnings),
    )


def _stored(  # noqa: PLR0913 - the state of one job
    job: Job,
    desk: Desk,
    composed: Composed,
    outcome: JobOutcome,
    fitted: Fitted,
    before: ImageRecord | None,
) -> tuple[Candidate, ImageRecord]:
    rect = composed.plan.source
    layer = _layer(fitted, rect)
    tiles = masked_tiles(layer)
    whole = _whole(job, layer, tiles)
    thumbnail = thumbnail_jpeg(whole)
    record = before or _store_composite(job, desk, whole, thumbnail)
    candidate = Candidate(
        id=record.id,
        job_id=job.id,
        rect=rect,
        tiles=tiles,
        unmasked=layer.tiles,
        mask=layer.mask.tiles if layer.mask is not None else None,
        drift=fitted.drift,
        label=job.label,
        cost_micros=outcome.actual_micros or 0,
        path=desk.history.absolute(record),
        thumbnail=thumbnail,
    )
    return candidate, record


def _store_composite(job: Job, desk: Desk, whole: Pixels, thumbnail: bytes) -> ImageRecord:
    height, width = whole.shape[:2]
    png = encode_image(whole, ".png")
    record = desk.history.store_image(job.id, "result", png, "png", width, height)
    desk.history.store_thumbnail(record.id, thumbnail)
    return record


def _layer(fitted: Fitted, rect: Rect) -> Layer:
    tiles = TileMap.from_pixels(fitted.layer, rect.x, rect.y)
    if fitted.coverage is None:
        return Layer(tiles=tiles)
    return Layer(tiles=tiles, mask=LayerMask(TileMap.from_pixels(fitted.coverage, rect.x, rect.y)))


def _whole(job: Job, layer: Layer, tiles: TileMap) -> Pixels:
    """The whole frame with the candidate on top, (h, w, 4) straight RGBA.

    Where the candidate, as it shows in `tiles`, is transparent the picture's own bytes are taken,
    so that half-transparent pixels, which premultiplying rounds, stay as they were, too.
    """
    picture = job.picture.snapshot()
    frame = picture.frame
    before = job.original if job.original is not None else render_straight(picture, frame)
    picture.layers.append(layer)
    after = render_straight(picture, frame)
    untouched = tiles.read(frame)[..., 3] == 0
    return np.where(untouched[..., None], before, after)
