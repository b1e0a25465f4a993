"""`Edits`: what can be done with results and with layers made by models, besides buying them."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError, UsageError
from aipaint.generation.apply_candidate import apply_command
from aipaint.generation.candidate import Candidate
from aipaint.generation.checkout import Checkout, check_out
from aipaint.generation.crop_choices import CropChoice, crop_choices
from aipaint.generation.desk import Desk
from aipaint.generation.final_offer import FinalOffer, final_offer, picture_of_draft
from aipaint.generation.free_candidate import FreeWish, free_candidate
from aipaint.generation.job import Job
from aipaint.generation.options import GenerateOptions
from aipaint.generation.recipe_of import picture_below
from aipaint.generation.refit import refit
from aipaint.generation.review import Review
from aipaint.generation.stale import StaleLayer, stale_layers
from aipaint.money import Micros
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.providers.request import Operation, Size

_REMEMBERED = 12
_FREE_FOR = (Operation.EDIT, Operation.REMOVE)

Then: TypeAlias = Callable[[], None]
"""Done on the main thread once the work behind it is."""


@dataclass(frozen=True, eq=False)
class EditStage:
    """`behind` does work on a worker, and on the main thread what that gives back, unless it is
    None; `changed` tells that the candidates did; `enqueue` adds a job and gives its id."""

    behind: Callable[[Callable[[], Then | None]], None]
    changed: Then
    enqueue: Callable[[Job], str]
    project: Callable[[], str]


class Edits:
    """Main thread only, but for what says that it is called on a worker."""

    def __init__(self, document: Document, desk: Desk, review: Review, stage: EditStage) -> None:
        self._document = document
        self._desk = desk
        self._review = review
        self._stage = stage
        self._own_workers: WorkerPool | None = None
        self._free: threading.Event | None = None  # of the newest wish for candidate 0

    def crop_choices(self, options: GenerateOptions) -> tuple[CropChoice, ...]:
        """How much of the picture could be sent; empty where nothing can be."""
        try:
            model = self._desk.model(options)
            return crop_choices(
                self._document.picture, options, model, lambda sent: self._price(options, sent)
            )
        except AipaintError:
            return ()

    def refit(self, candidate_id: str, seam: SeamFix, feather_pixels: int) -> None:
        """Fit a result again, for free. Again with what it had takes it back."""
        candidate = self._review.find(candidate_id)
        if candidate is None or not candidate.can_refit:
            return

        def work() -> Then:
            fitted = refit(candidate, seam, feather_pixels)
            return lambda: self._put(fitted)

        self._stage.behind(work)

    def star(self, candidate_id: str, is_starred: bool) -> None:
        """Mark a result as liked, for as long as its picture is kept."""
        candidate = self._review.find(candidate_id)
        if candidate is None or candidate.is_starred == is_starred:
            return
        self._put(replace(candidate, is_starred=is_starred))
        if not candidate.is_local:
            self._stage.behind(lambda: self._desk.history.star(candidate.id, is_starred))

    def warm_free(self) -> None:
        """Have a process ready for candidate 0."""

        def work() -> None:
            self._workers().warm_up()

        self._stage.behind(work)

    def offer_free(self, options: GenerateOptions | None) -> None:
        """Make candidate 0 for what is masked now, instead of an earlier one; take it away where
        there is no mask, or something else than a fill is meant."""
        if self._free is not None:
            self._free.set()
            self._free = None
        picture = self._document.picture
        if options is None or not len(picture.mask) or options.operation not in _FREE_FOR:
            if self._review.drop_local():
                self._stage.changed()
            return
        wish = FreeWish(picture.snapshot(), options, threading.Event())
        self._free = wish.cancelled

        def work() -> Then:
            made = free_candidate(wish, self._workers())
            return lambda: self._put_free(wish, made)

        self._stage.behind(work)

    def final_offer(self, candidate_id: str, quality: str = "") -> FinalOffer | None:
        """What it takes to paint a draft out, and what choosing among drafts has saved; None for
        what is no draft."""
        candidate = self._review.find(candidate_id)
        if candidate is None:
            return None
        return final_offer(candidate, self._review.candidates, self._desk, quality)

    def checkout_final(
        self, candidate_id: str, options: GenerateOptions
    ) -> Callable[[], Checkout] | None:
        """What should be asked before: call what this returns on a worker. It raises UsageError,
        UnpricedModel and StorageError. None for a candidate that is gone."""
        candidate = self._review.find(candidate_id)
        return None if candidate is None else self._checkout(picture_of_draft(candidate), options)

    def finalize(self, candidate_id: str, options: GenerateOptions) -> str:
        """Buy it: the draft is the picture to refine. The job's id, "" if the draft is gone."""
        candidate = self._review.find(candidate_id)
        if candidate is None:
            return ""
        return self._stage.enqueue(Job(options, picture_of_draft(candidate)))

    def stale_check(self) -> Callable[[], tuple[StaleLayer, ...]]:
        """Which layers were made from pixels that have changed since: call what this returns on a
        worker."""
        picture = self._document.picture.snapshot()
        return lambda: stale_layers(picture, self._desk)

    def checkout_again(self, layer_id: str, options: GenerateOptions) -> Callable[[], Checkout]:
        """As `checkout_final`, for running a layer again with a stale layer's options."""
        return self._checkout(picture_below(self._document.picture, layer_id), options)

    def run_again(self, layer_id: str, options: GenerateOptions) -> str:
        """Make a layer anew from what lies below it now, as a stale layer's options ask for; its
        results take its place. The job's id. Raises UsageError for a layer without a recipe."""
        if self._document.picture.layer(layer_id).recipe is None:
            raise UsageError("This layer was not made by a model.")
        picture = picture_below(self._document.picture, layer_id)
        return self._stage.enqueue(Job(options, picture, replaces=layer_id))

    def drift_words(self, provider: str, model: str) -> str:
        """How well a model left alone what was not masked; "" where nothing is known. On a worker.
        Raises StorageError."""
        drifts = self._desk.history.drifts(provider, model, _REMEMBERED)
        if not drifts:
            return ""
        share = sum(drifts) / len(drifts)
        edits = f"last {len(drifts)} edits" if len(drifts) > 1 else "last edit"
        return f"This model changed {share:.0%} outside the mask in your {edits}."

    def prepare_apply(self, candidate: Candidate, then: Callable[[], None]) -> None:
        """For an enlargement, whose step takes its time: work it out behind the window, do it if
        the picture is still the same, and call `then`; else work it out again."""
        picture, history = self._document.picture.snapshot(), self._document.undo_stack
        before = (history.index, history.undo_label, self._document.picture)

        def work() -> Then:
            command = apply_command(candidate, picture)

            def finish() -> None:
                now = (history.index, history.undo_label, self._document.picture)
                if self._review.find(candidate.id) is None:
                    return
                if now != before:
                    self.prepare_apply(candidate, then)
                    return
                self._review.applied(candidate, command)
                self._document.do(command)
                then()

            return finish

        self._stage.behind(work)

    def close(self) -> None:
        """Nobody waits for candidate 0 any more."""
        if self._free is not None:
            self._free.set()
        if self._own_workers is not None:
            self._own_workers.close()

    def _workers(self) -> WorkerPool:
        if self._desk.workers is not None:
            return self._desk.workers
        if self._own_workers is None:
            self._own_workers = WorkerPool()
        return self._own_workers

    def _price(self, options: GenerateOptions, sent: Size) -> Micros | None:
        try:
            return self._desk.known_price(options, self._desk.model(options), sent).micros
        except AipaintError:
            return None

    def _checkout(self, picture: Picture, options: GenerateOptions) -> Callable[[], Checkout]:
        project = self._stage.project()
        return lambda: check_out(picture, options, project, self._desk)

    def _put(self, candidate: Candidate) -> None:
        """In its place, if it still waits."""
        if self._review.find(candidate.id) is not None:
            self._review.put(candidate)
            self._stage.changed()

    def _put_free(self, wish: FreeWish, made: Candidate | None) -> None:
        if wish.cancelled.is_set():
            return  # a newer wish is under way, or nobody wants one
        if made is not None:
            self._review.put_first(made)
        elif not self._review.drop_local():
            return
        self._stage.changed()
