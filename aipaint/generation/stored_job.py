"""What a waiting job needs to run without its document: kept on disk, and made a job again."""

import threading
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.errors import StorageError
from aipaint.generation.desk import Desk
from aipaint.generation.enter_job import enter_job
from aipaint.generation.job import Job
from aipaint.generation.kept_references import keep_references, kept_references
from aipaint.generation.never_send import NEVER_SEND
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recipe_of import with_params
from aipaint.history.records import JobRecord, JobStep
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import read_coverage, read_image
from aipaint.pixels.encode import encode_coverage, encode_image
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import Operation


def store_job(job: Job, desk: Desk) -> None:
    """Keep the job's picture, its mask and its plan, unless that was done; in its row, which is
    written here if there is none. Raises StorageError.

    On a worker, and before the job waits: a picture of many megapixels takes a moment.
    """
    if job.is_stored:
        return
    frame = job.picture.frame
    pixels = job.original
    if pixels is None:
        pixels = render_straight(job.picture, frame)
    plan = {
        "frame": _numbers(frame),
        "picture": _kept_picture(pixels, desk),
        "is_original": job.original is not None,
        "is_fresh": job.options.is_fresh,
        "waits_for_turn": job.waits_for_turn,
        "replaces": job.replaces,
        "document": job.document,
        **_kept_mask(job.picture.mask, desk),
        **_kept_hidden(job.picture, desk),
        **keep_references(job.options, desk),
    }
    if job.is_entered:
        desk.history.set_plan(job.id, plan)
        desk.history.step(job.id, JobStep.PREPARED)
    else:
        enter_job(job, desk, plan)
    job.is_stored = True
    desk.reached(JobStep.PREPARED.value)


def stored_job(record: JobRecord, desk: Desk, cancelled: threading.Event | None = None) -> Job:
    """The job of a row, its picture as one layer. Raises StorageError if it was not kept."""
    plan = record.plan
    if plan is None or "frame" not in plan:
        raise StorageError(
            "The picture of this job was not stored before the program ended.",
            "Open the picture and start it again. Nothing was charged for it.",
        )
    frame = _rect(plan["frame"])
    pixels = _read_picture(plan["picture"], frame, desk)
    picture = Picture(
        [Layer(tiles=TileMap.from_pixels(premultiplied(pixels), frame.x, frame.y))],
        frame,
        _read_mask(plan, desk),
    )
    if "never_send" in plan:
        picture.kept[NEVER_SEND] = _read_area(plan["never_send"], plan["never_send_area"], desk)
    return Job(
        replace(options_of(record), references=kept_references(plan, desk)),
        picture,
        original=pixels if plan.get("is_original") else None,
        waits_for_turn=bool(plan.get("waits_for_turn")),
        project=record.project,
        replaces=str(plan.get("replaces") or ""),
        document=str(plan.get("document") or ""),
        id=record.id,
        cancelled=cancelled or threading.Event(),
        is_entered=True,
        is_stored=True,
    )


def options_of(record: JobRecord) -> GenerateOptions:
    """What was asked for, as the row holds it."""
    options = GenerateOptions(
        operation=Operation(record.operation),
        provider=record.provider,
        model=record.model,
        prompt=record.prompt,
        negative_prompt=record.negative_prompt,
        is_fresh=bool((record.plan or {}).get("is_fresh")),
    )
    return with_params(options, record.params)


def _kept_picture(pixels: Pixels, desk: Desk) -> str:
    """The path of the stored frame, "" for one that is empty: nothing is kept of nothing."""
    if not pixels.any():
        return ""
    return desk.history.keep_input(encode_image(pixels, ".png"), "png")


def _kept_mask(mask: TileMap, desk: Desk) -> dict[str, object]:
    bounds = mask.bounds()
    if bounds.is_empty:
        return {}
    path = desk.history.keep_input(encode_coverage(mask.read(bounds)), "png")
    return {"mask": path, "mask_area": _numbers(bounds)}


def _kept_hidden(picture: Picture, desk: Desk) -> dict[str, object]:
    """What must not be sent later either."""
    area = picture.kept.get(NEVER_SEND)
    if area is None or (bounds := area.bounds()).is_empty:
        return {}
    path = desk.history.keep_input(encode_coverage(area.read(bounds)), "png")
    return {"never_send": path, "never_send_area": _numbers(bounds)}


def _read_picture(path: object, frame: Rect, desk: Desk) -> Pixels:
    if not path:
        return np.zeros((frame.height, frame.width, 4), np.uint8)
    pixels = read_image(desk.history.kept_input(str(path))).rgba
    if pixels.shape[:2] != (frame.height, frame.width):
        raise StorageError(f"The stored picture {path} is not the one that was kept.")
    return pixels


def _read_mask(plan: Mapping[str, object], desk: Desk) -> TileMap | None:
    if "mask" not in plan:
        return None
    return _read_area(plan["mask"], plan["mask_area"], desk)


def _read_area(path: object, numbers: object, desk: Desk) -> TileMap:
    area = _rect(numbers)
    coverage = read_coverage(desk.history.kept_input(str(path)))
    return TileMap.from_pixels(coverage, area.x, area.y)


def _numbers(rect: Rect) -> list[int]:
    return [rect.x, rect.y, rect.width, rect.height]


def _rect(numbers: object) -> Rect:
    if not isinstance(numbers, list) or len(numbers) != 4:
        raise StorageError("The stored plan of this job cannot be read.")
    return Rect(*(int(number) for number in numbers))
