"""`PartialFlow`: pictures that are still being painted, shown in their place on the canvas."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.panels.candidate_strip import CandidateStrip

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator
    from aipaint.generation.job import JobOutcome
    from aipaint.generation.partial_picture import PartialPicture


class PartialFlow(QObject):
    """Never in the way of a bought candidate that is looked at, nor on another document; gone when
    its job ends."""

    def __init__(self, canvas: CanvasView, strip: CandidateStrip) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._strip = strip
        self._shown = ""  # the job whose picture is on the canvas
        self._generator: Generator | None = None

    def connect_generator(self, generator: "Generator") -> None:
        self._generator = generator
        generator.partial_arrived.connect(self._on_partial)
        generator.job_done.connect(self._on_done)
        self._strip.preview_changed.connect(self._on_preview)

    def _on_partial(self, partial: "PartialPicture") -> None:
        looked_at = self._strip.current
        is_here = self._generator is not None and self._generator.is_here(partial.job_id)
        if is_here and (looked_at is None or looked_at.is_local):
            self._shown = partial.job_id
            self._canvas.show_candidate(partial.tiles)

    def _on_done(self, outcome: "JobOutcome") -> None:
        if outcome.job_id == self._shown:
            self._shown = ""
            looked_at = self._strip.current
            if looked_at is None:
                self._canvas.hide_candidate()
            else:
                self._canvas.show_candidate(looked_at.tiles)

    def _on_preview(self, _: object) -> None:
        """A candidate took the place, or left it empty."""
        self._shown = ""
