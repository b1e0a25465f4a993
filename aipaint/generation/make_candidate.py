"""From a returned picture to a candidate: how it is shown, stored, and made of it a layer."""

from dataclasses import dataclass, replace

import numpy as np

from aipaint.document.layer import Layer, LayerMask
from aipaint.document.merge import masked_tiles
from aipaint.document.render import render_straight
from aipaint.generation.candidate import Candidate
from aipaint.generation.compose import Composed
from aipaint.generation.composite import Fitted, fit_answer
from aipaint.generation.desk import Desk
from aipaint.generation.fit_whole import fit_cut_out, fit_enlarged, growth_of
from aipaint.generation.job import Job
from aipaint.generation.recipe_of import recipe_of
from aipaint.generation.whole_picture import whole_picture
from aipaint.history.records import ImageRecord
from aipaint.money import Micros
from aipaint.pixels.alpha import premultiplied, straight
from aipaint.pixels.encode import encode_image, thumbnail_jpeg
from aipaint.pixels.fit import scale_to
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.providers.request import Operation


@dataclass(frozen=True, eq=False)
class Answer:
    """One returned picture: `rgba` (h, w, 4) straight, and what it is called beside its sisters."""

    rgba: Pixels
    label: str = ""


@dataclass(frozen=True, eq=False)
class _Drawing:
    """A candidate's pixels: `layer` as Apply adds it, `tiles` as it shows meanwhile, `whole` the
    finished picture, (h, w, 4) straight RGBA."""

    layer: Layer
    tiles: TileMap
    whole: Pixels
    growth: float = 1.0
    is_alone: bool = False


class CandidateMaker:
    """Makes the candidates of one job, which share what they were made of."""

    def __init__(self, job: Job, desk: Desk, composed: Composed, model: str) -> None:
        self._job = job
        self._desk = desk
        self._composed = composed
        source = (composed.plan.source, composed.source)
        self._recipe = recipe_of(job.options, job.picture, source, model)

    def make(
        self, answer: Answer, cost_micros: Micros, before: ImageRecord | None
    ) -> tuple[Candidate, ImageRecord, tuple[str, ...]]:
        """The candidate, the row of its composite (`before` where that is stored), and what is to
        be said about it."""
        fitted, drawing = self._drawn(answer.rgba)
        thumbnail = thumbnail_jpeg(drawing.whole)
        record = before or self._stored(drawing.whole, thumbnail, fitted)
        label = self._job.label
        candidate = Candidate(
            id=record.id,
            job_id=self._job.id,
            rect=self._composed.plan.source,
            tiles=drawing.tiles,
            unmasked=drawing.layer.tiles,
            mask=drawing.layer.mask.tiles if drawing.layer.mask is not None else None,
            drift=fitted.drift,
            changed_levels=fitted.changed_levels,
            edge_before=fitted.edge_before,
            edge_after=fitted.edge_after,
            seam=self._job.options.seam,
            feather_pixels=self._job.options.feather_pixels,
            moved=fitted.moved,
            label=f"{label} · {answer.label}" if answer.label else label,
            cost_micros=cost_micros,
            path=self._desk.history.absolute(record),
            thumbnail=thumbnail,
            is_starred=record.is_starred,
            growth=drawing.growth,
            is_alone=drawing.is_alone,
            replaces=self._job.replaces,
            options=self._job.options,
            picture=self._job.picture,
            recipe=replace(self._recipe, candidate_id=record.id),
            fit=fitted.fit,
            is_kept=before is None,
        )
        return candidate, record, fitted.warnings

    def _drawn(self, rgba: Pixels) -> tuple[Fitted, _Drawing]:
        options, composed = self._job.options, self._composed
        if options.operation is Operation.UPSCALE:
            growth = growth_of(composed, rgba)
            fitted = fit_enlarged(composed, rgba, growth)
            return fitted, _enlarged(fitted, composed.plan.source, growth)
        if options.operation is Operation.CUTOUT:
            fitted = fit_cut_out(composed, rgba)
            return fitted, self._cut_out(fitted)
        fitted = fit_answer(composed, rgba, options.feather_pixels, options.seam)
        layer = _layer(fitted, composed.plan.source)
        tiles = masked_tiles(layer)
        whole = whole_picture(self._job.picture, self._before(), layer, tiles)
        return fitted, _Drawing(layer, tiles, whole)

    def _stored(self, whole: Pixels, thumbnail: bytes, fitted: Fitted) -> ImageRecord:
        height, width = whole.shape[:2]
        history = self._desk.history
        png = encode_image(whole, ".png")
        record = history.store_image(self._job.id, "result", png, "png", width, height)
        history.store_thumbnail(record.id, thumbnail)
        if fitted.edge_before is not None:
            history.set_drift(record.id, fitted.drift)
        return record

    def _before(self) -> Pixels:
        """The frame as it was, (h, w, 4) straight RGBA."""
        if self._job.original is not None:
            return self._job.original
        return render_straight(self._job.picture, self._job.picture.frame)

    def _cut_out(self, fitted: Fitted) -> _Drawing:
        """The picture's own colors; only alpha is new."""
        assert fitted.coverage is not None
        layer = _layer(fitted, self._composed.plan.source)
        whole = self._before().copy()
        alpha = whole[..., 3].astype(np.uint16) * fitted.coverage
        whole[..., 3] = (alpha + 127) // 255
        return _Drawing(layer, masked_tiles(layer), whole, is_alone=True)


def _layer(fitted: Fitted, rect: Rect) -> Layer:
    tiles = TileMap.from_pixels(fitted.layer, rect.x, rect.y)
    if fitted.coverage is None:
        return Layer(tiles=tiles)
    return Layer(tiles=tiles, mask=LayerMask(TileMap.from_pixels(fitted.coverage, rect.x, rect.y)))


def _enlarged(fitted: Fitted, frame: Rect, growth: float) -> _Drawing:
    whole = straight(fitted.layer)
    small = premultiplied(scale_to(whole, frame.width, frame.height))
    tiles = TileMap.from_pixels(small, frame.x, frame.y)
    return _Drawing(_layer(fitted, frame), tiles, whole, growth=growth)
