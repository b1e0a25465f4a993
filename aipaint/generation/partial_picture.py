"""`PartialPicture`: a picture on its way, as it would lie on the canvas. Never stored."""

from dataclasses import dataclass

import numpy as np

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.merge import masked_tiles
from aipaint.generation.compose import plan_for
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job
from aipaint.generation.never_send import hidden_in
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.coverage import feather_inside
from aipaint.pixels.decode import decode_image
from aipaint.pixels.fit import take_back
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_MOST_PIXELS = 4096 * 4096  # a larger one is worth waiting for


@dataclass(frozen=True, eq=False)
class PartialPicture:
    """`tiles` show through the feathered mask, on the canvas inside `rect`; `index` counts the
    pictures of a job from 0."""

    job_id: str
    index: int
    rect: Rect
    tiles: TileMap


def partial_picture(job: Job, data: bytes, index: int, desk: Desk) -> PartialPicture:
    """On a worker. Raises UnreadableFileError."""
    answer = decode_image(data, "A picture on its way", _MOST_PIXELS).rgba
    plan = plan_for(job.picture, job.options, desk.model(job.options))
    rect = plan.source
    fitted, _ = take_back(
        answer, (plan.sent.width, plan.sent.height), plan.inner, (rect.width, rect.height)
    )
    layer = Layer(tiles=TileMap.from_pixels(premultiplied(fitted), rect.x, rect.y))
    mask = _mask(job, rect)
    if mask is not None:
        layer = Layer(tiles=layer.tiles, mask=LayerMask(mask))
    return PartialPicture(job.id, index, rect, masked_tiles(layer))


def _mask(job: Job, rect: Rect) -> TileMap | None:
    hidden = hidden_in(job.picture, rect)
    if not len(job.picture.mask) and hidden is None:
        return None
    coverage = (
        job.picture.mask.read(rect)
        if len(job.picture.mask)
        else np.full((rect.height, rect.width), 255, np.uint8)
    )
    if hidden is not None:
        coverage = np.where(hidden > 0, 0, coverage).astype(np.uint8)
    soft = feather_inside(coverage, job.options.feather_pixels)
    return TileMap.from_pixels(soft, rect.x, rect.y)
