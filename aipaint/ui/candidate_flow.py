"""`CandidateFlow`: results from the generator to strip and canvas, and what is decided on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from aipaint.document.document import Document
from aipaint.money import format_usd
from aipaint.ui.actions import Actions
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.compare_flow import CompareFlow
from aipaint.ui.panels.candidate_strip import CandidateStrip
from aipaint.ui.purchase_flow import Purchase
from aipaint.ui.status_line import StatusLine

if TYPE_CHECKING:
    from aipaint.generation.candidate import Candidate
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.final_offer import FinalOffer
    from aipaint.generation.generator import Generator

Buy: TypeAlias = "Callable[[Purchase, Callable[[], Checkout], bool], None]"
"""Ask what there is to ask (on a worker, then a person), and do it; True for what is free."""


@dataclass(frozen=True, eq=False)
class CandidateStage:
    """Where results are seen."""

    document: Document
    actions: Actions
    canvas: CanvasView
    strip: CandidateStrip
    status: StatusLine


class CandidateFlow(QObject):
    """The canvas is never locked: a result is a picture over the picture, until it is applied."""

    arrived = Signal()
    decided = Signal()  # none waits any more
    applied = Signal()

    def __init__(self, stage: CandidateStage, buy: "Buy") -> None:
        super().__init__(stage.strip)
        self._stage = stage
        self._buy = buy
        self._generator: Generator | None = None
        self._offer: FinalOffer | None = None
        self._count = 0
        self.shows_local = False  # candidate 0 stands among the results
        actions, strip = stage.actions, stage.strip
        self.compare = CompareFlow(stage.document, stage.canvas, strip, actions)
        strip.preview_changed.connect(self._on_preview)
        strip.apply_requested.connect(self._on_apply)
        strip.discard_requested.connect(self._on_discard)
        strip.refit_wanted.connect(self._on_refit)
        actions.connect(
            {
                "generate.giveBack": self._on_give_back,
                "generate.discardAll": self._on_discard_all,
                "generate.star": self._on_star,
                "generate.nextResult": lambda: strip.step(1),
                "generate.previousResult": lambda: strip.step(-1),
                "generate.final": self._on_final,
                "generate.mix": self._on_mix,
            }
        )
        actions.enable("generate.giveBack generate.final", False)

    def connect_generator(self, generator: "Generator") -> None:
        """From now on there are results."""
        self._generator = generator
        generator.candidates_changed.connect(self._on_candidates_changed)

    def show_local(self) -> None:
        """Candidate 0 comes among the results, to be compared and applied like any other."""
        self.shows_local = True
        self._on_candidates_changed()

    def _on_candidates_changed(self) -> None:
        generator = self._generator
        assert generator is not None  # it sent the signal
        if not any(one.is_local for one in generator.candidates()):
            self.shows_local = False
        shown = self._shown(generator)
        self._stage.strip.show_candidates(shown)
        self._stage.actions.enable("generate.giveBack", generator.can_give_back)
        if len(shown) > self._count:
            self.arrived.emit()
        elif not shown:
            self.decided.emit()
        self._count = len(shown)

    def _shown(self, generator: "Generator") -> "list[Candidate]":
        return [one for one in generator.candidates() if self.shows_local or not one.is_local]

    def _on_preview(self, candidate: "Candidate | None") -> None:
        if candidate is None:
            self._stage.canvas.hide_candidate()
        else:
            self._stage.canvas.show_candidate(candidate.tiles)
        self.compare.show_result(candidate.rect if candidate is not None else None)
        self._show_final(candidate)

    def _on_apply(self, candidate_id: str) -> None:
        if self._generator is not None:
            self._generator.apply(candidate_id)
            self.applied.emit()

    def _on_discard(self, candidate_id: str) -> None:
        if self._generator is not None:
            self._generator.discard(candidate_id)
            self._stage.status.tell("Discarded. Generate > Bring Back shows it again.")

    def _on_discard_all(self) -> None:
        generator = self._generator
        if generator is not None:
            shown = self._shown(generator)
            for candidate in shown:
                generator.discard(candidate.id)
            self._stage.status.tell("All discarded. The gallery keeps them.")

    def _on_give_back(self) -> None:
        if self._generator is not None:
            self._generator.give_back()

    def _on_mix(self) -> None:
        """On top, hidden, with its mask under the brush."""
        candidate, stage = self._stage.strip.current, self._stage
        if self._generator is None or candidate is None:
            return
        stage.strip.rest()
        self._generator.apply(candidate.id, mixes=True)
        stage.document.set_active_layer(stage.document.picture.layers[-1].id, is_mask_active=True)
        stage.actions["tool.brush"].trigger()
        stage.status.tell("Paint it in with the brush; the eraser takes it away again.")

    def _on_star(self) -> None:
        candidate = self._stage.strip.current
        if self._generator is not None and candidate is not None:
            self._generator.edits.star(candidate.id, not candidate.is_starred)

    def _on_refit(self, candidate_id: str, seam: object, feather_pixels: int) -> None:
        if self._generator is not None:
            self._generator.edits.refit(candidate_id, seam, feather_pixels)  # type: ignore[arg-type]

    def _show_final(self, candidate: "Candidate | None") -> None:
        generator = self._generator
        self._offer = None
        if generator is not None and candidate is not None:
            self._offer = generator.edits.final_offer(candidate.id)
        offer = self._offer
        if offer is None:
            self._stage.strip.show_final("", "", is_shown=False, is_enabled=False)
            return
        price = _price(offer)
        tip = "\n".join(text for text in (offer.problem, offer.sentence) if text)
        is_ready = offer.estimate is not None and not offer.problem
        usual = "Paint the chosen draft out in full"
        self._stage.strip.show_final(price, tip or usual, is_shown=True, is_enabled=is_ready)

    def _on_final(self) -> None:
        generator, offer = self._generator, self._offer
        candidate = self._stage.strip.current
        if generator is None or offer is None or candidate is None or offer.estimate is None:
            return
        look = generator.edits.checkout_final(candidate.id, offer.options)
        if look is None:
            return
        purchase = Purchase(
            offer.options,
            is_queued=True,
            buy=lambda options: generator.edits.finalize(candidate.id, options),
        )
        self._buy(purchase, look, not offer.estimate.micros)


def _price(offer: "FinalOffer") -> str:
    if offer.estimate is None:
        return "&Final"
    micros = offer.estimate.micros
    return f"&Final — {format_usd(micros) if micros else 'free'}"
