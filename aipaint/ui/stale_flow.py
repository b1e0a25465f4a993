"""`StaleFlow`: layers that a model made from pixels that have changed since, to be run again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import AipaintError
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background, Work
from aipaint.ui.panels.layers_panel import LayersPanel
from aipaint.ui.purchase_flow import Purchase

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator
    from aipaint.generation.stale import StaleLayer
    from aipaint.ui.candidate_flow import Buy

_PATIENCE_MILLISECONDS = 700
_ACTION = "layer.runAgain"


class StaleFlow(QObject):
    """Looks when changes have calmed down, and only where a layer was made by a model."""

    def __init__(
        self, document: Document, layers: LayersPanel, actions: Actions, buy: "Buy"
    ) -> None:
        super().__init__(layers)
        self._document = document
        self._layers = layers
        self._actions = actions
        self._buy = buy
        self._generator: Generator | None = None
        self._background: Background | None = None
        self._stale: dict[str, StaleLayer] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self._look)
        actions.connect({_ACTION: self.run_again})
        actions.enable(_ACTION, False)
        layers.stale_bar.button.clicked.connect(self.run_again)
        document.changed.connect(self._on_document_changed)

    def connect_generator(self, generator: "Generator", background: Background) -> None:
        self._generator, self._background = generator, background
        self._later.start()

    def run_again(self) -> None:
        """The active layer anew from what lies below it now, after the same questions as ever."""
        generator = self._generator
        layer_id = self._document.picture.active_layer_id
        stale = self._stale.get(layer_id)
        if generator is None or stale is None or stale.options is None:
            return
        purchase = Purchase(
            stale.options,
            is_queued=True,
            buy=lambda options: generator.edits.run_again(layer_id, options),
        )
        look = generator.edits.checkout_again(layer_id, stale.options)
        self._buy(purchase, look, not stale.cost_micros)

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & (Part.PIXELS | Part.LAYERS):
            self._show()
            if self._stale or any(layer.recipe for layer in self._document.picture.layers):
                self._later.start()

    def _look(self) -> None:
        if self._generator is None or self._background is None:
            return
        check: Callable[[], tuple[StaleLayer, ...]] = self._generator.edits.stale_check()
        self._background.start(Work(check, self._on_looked, self._on_failed))

    def _on_looked(self, stale: "tuple[StaleLayer, ...]") -> None:
        self._stale = {one.layer_id: one for one in stale}
        notes = {one.layer_id: f"Out of date. {one.sentence}" for one in stale}
        self._layers.show_notes(notes)
        self._show()

    def _on_failed(self, error: AipaintError) -> None:
        self._layers.stale_bar.show_text("")
        del error  # an old mark is worse than none; the next change looks again

    def _show(self) -> None:
        """For the active layer."""
        stale = self._stale.get(self._document.picture.active_layer_id)
        bar = self._layers.stale_bar
        self._actions.enable(_ACTION, stale is not None and stale.cost_micros is not None)
        if stale is None:
            bar.show_text("")
            return
        text = "What lies below this layer has changed."
        bar.show_text(text if stale.cost_micros is not None else stale.sentence)
        bar.button.setVisible(stale.cost_micros is not None)
        bar.button.setText(stale.sentence.replace("Run again", "&Run again"))
