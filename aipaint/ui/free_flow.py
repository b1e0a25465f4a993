"""`FreeFlow`: what the surroundings alone make of the mask, offered while a model would cost."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.ui.candidate_flow import CandidateFlow
from aipaint.ui.canvas.free_bar import FreeBar
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.panels.prompt_panel import PromptPanel

if TYPE_CHECKING:
    from aipaint.generation.candidate import Candidate
    from aipaint.generation.generator import Generator

_PATIENCE_MILLISECONDS = 150


class FreeFlow(QObject):
    """Nothing is asked of a free provider: its own result is the same. Put away, the offer comes
    back with the next mask."""

    def __init__(
        self, document: Document, canvas: CanvasView, prompt: PromptPanel, results: CandidateFlow
    ) -> None:
        super().__init__(canvas)
        self._document = document
        self._prompt = prompt
        self._results = results
        self._generator: Generator | None = None
        self._is_warm = False
        self._is_put_away = False
        self._has_asked = False
        self.bar = FreeBar(canvas)
        self.bar.look_wanted.connect(self._on_look)
        self.bar.apply_wanted.connect(self._on_apply)
        self.bar.closed.connect(self._on_closed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self._ask)
        document.changed.connect(self._on_document_changed)
        prompt.chooser.changed.connect(self._later.start)

    def connect_generator(self, generator: "Generator") -> None:
        self._generator = generator
        generator.candidates_changed.connect(self._on_candidates_changed)

    def _on_document_changed(self, change: Change) -> None:
        generator = self._generator
        if generator is None or not change.parts & (Part.MASK | Part.PIXELS):
            return
        if not len(self._document.picture.mask):
            self._is_put_away = False
        if change.parts & Part.MASK and not self._is_warm and self._is_paid():
            self._is_warm = True
            generator.edits.warm_free()
        self._later.start()

    def _is_paid(self) -> bool:
        provider = self._prompt.chooser.provider
        return provider is not None and provider.is_paid

    def _ask(self) -> None:
        generator = self._generator
        if generator is None:
            return
        has_mask = len(self._document.picture.mask) > 0
        is_wanted = has_mask and self._is_paid() and not self._is_put_away
        if is_wanted or self._has_asked:
            self._has_asked = is_wanted
            generator.edits.offer_free(self._prompt.options if is_wanted else None)

    def _local(self) -> "Candidate | None":
        candidates = self._generator.candidates() if self._generator is not None else ()
        return next((one for one in candidates if one.is_local), None)

    def _on_candidates_changed(self) -> None:
        local = self._local()
        assert self._generator is not None  # it sent the signal
        has_others = any(not one.is_local for one in self._generator.candidates())
        if local is None or has_others or self._results.shows_local:
            self.bar.setVisible(False)  # what was bought is looked at first
        elif not self._is_put_away:
            self.bar.show_picture(local.thumbnail)

    def _on_look(self) -> None:
        self._results.show_local()
        self.bar.setVisible(False)

    def _on_apply(self) -> None:
        local = self._local()
        if self._generator is not None and local is not None:
            self._generator.apply(local.id)

    def _on_closed(self) -> None:
        self._is_put_away = True
        self.bar.setVisible(False)
        self._ask()
