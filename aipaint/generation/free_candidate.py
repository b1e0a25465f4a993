"""Candidate 0: what the surroundings alone make of a masked place, at once and for free."""

import threading
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.merge import masked_tiles
from aipaint.document.picture import Picture
from aipaint.document.render import render, render_straight
from aipaint.errors import AipaintError
from aipaint.generation.candidate import Candidate
from aipaint.generation.composite import Fit, shown_fit
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recipe_of import recipe_of
from aipaint.pixels.alpha import straight
from aipaint.pixels.encode import thumbnail_jpeg
from aipaint.pixels.inpaint import quick_fill
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing
from aipaint.providers.request import Operation

_LABEL = "Content-aware fill"
_LEAST_CONTEXT_PIXELS = 96
_MOST_PIXELS = 6_000_000  # of the part that is looked at: more takes longer than "at once"


@dataclass(frozen=True, eq=False)
class FreeWish:
    """`picture` is a snapshot; `cancelled`, set by whoever has a newer wish."""

    picture: Picture
    options: GenerateOptions
    cancelled: threading.Event


def free_candidate(wish: FreeWish, pool: WorkerPool) -> Candidate | None:
    """On a worker. None where there is nothing to offer, or a newer wish came."""
    rect = _part(wish.picture)
    if rect.is_empty or rect.area > _MOST_PIXELS:
        return None
    source = render_straight(wish.picture, rect)
    coverage = wish.picture.mask.read(rect)
    try:
        rgb = np.ascontiguousarray(source[..., :3])
        filled = quick_fill(rgb, coverage > 0, Hearing(wish.cancelled, _nobody), pool)
    except AipaintError:
        return None  # cancelled, or nothing around it to fill it from: then there is no offer
    if wish.cancelled.is_set():
        return None
    answer = np.dstack([filled.rgb, source[..., 3]])
    return _candidate(wish, rect, Fit(answer, source, coverage))


def _part(picture: Picture) -> Rect:
    """The mask and as much around it on each side as it is large itself, inside the frame."""
    area = picture.mask.bounds().intersected(picture.frame)
    if area.is_empty:
        return area
    margin = max(_LEAST_CONTEXT_PIXELS, area.width, area.height)
    return area.expanded(margin).intersected(picture.frame)


def _candidate(wish: FreeWish, rect: Rect, fit: Fit) -> Candidate:
    options = replace(
        wish.options, operation=Operation.REMOVE, provider="offline", model="", prompt="", extra=()
    )
    shown = shown_fit(fit, options.seam, options.feather_pixels)
    mask = TileMap.from_pixels(shown.coverage, rect.x, rect.y)
    layer = Layer(tiles=TileMap.from_pixels(shown.layer, rect.x, rect.y), mask=LayerMask(mask))
    tiles = masked_tiles(layer)
    name = uuid.uuid4().hex
    recipe = recipe_of(options, wish.picture, (rect, fit.source), "")
    return Candidate(
        id=name,
        job_id="",
        rect=rect,
        tiles=tiles,
        unmasked=layer.tiles,
        mask=mask,
        drift=0.0,
        label=_LABEL,
        cost_micros=0,
        path=Path(),
        thumbnail=_thumbnail(wish.picture, layer, rect),
        options=options,
        picture=wish.picture,
        edge_before=shown.edge_before,
        edge_after=shown.edge_after,
        seam=options.seam,
        feather_pixels=options.feather_pixels,
        is_local=True,
        recipe=replace(recipe, candidate_id=name, candidate_ids=(name,)),
        fit=fit,
    )


def _thumbnail(picture: Picture, layer: Layer, rect: Rect) -> bytes:
    """Of the part alone: composing a large picture would take longer than filling the hole."""
    with_it = picture.snapshot()
    with_it.layers.append(layer)
    return thumbnail_jpeg(straight(render(with_it, rect)))


def _nobody(fraction: float | None, message: str) -> None:
    """It is there before anybody could read how far it is."""
    del fraction, message
