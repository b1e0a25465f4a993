"""`PromptFlow`: what the prompt panel asks of services: words, models, what would be sent."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.panels.model_chooser import record_of
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.wish import takes_negative
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.outgoing import Outgoing
    from aipaint.generation.prompt_desk import PromptDesk
    from aipaint.generation.refine import RefineAsk, Refined
    from aipaint.settings.settings import Settings

_PATIENCE_MILLISECONDS = 200
_LOOK_UP_MILLISECONDS = 800  # names are typed; not every half of one is looked up
_UNHEARD = "This model takes no negative prompt: it is not sent."
_NOBODY = "Refine needs a provider with a key, or a server of your own: see Settings (Ctrl+,)."


class PromptFlow(QObject):
    """Refines, lists and describes models, says what would differ and shows what would be sent."""

    spent = Signal()  # money may have moved

    def __init__(self, window: QWidget, prompt: PromptPanel, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._prompt = prompt
        self._fields = prompt.fields
        self._background = background
        self._desk: PromptDesk | None = None
        self._instructions = ""
        self._ask: RefineAsk | None = None
        self._refining = threading.Event()
        self._leaving = threading.Event()
        self._looked_up: set[tuple[str, str]] = set()
        self._later = self._timer(_PATIENCE_MILLISECONDS, self._show_price)
        self._look_later = self._timer(_LOOK_UP_MILLISECONDS, self._look_up)
        self._fields.details.references.use(background)
        refine = self._fields.refine
        refine.intent_changed.connect(self._later.start)
        refine.refine_wanted.connect(self.refine)
        refine.cancel_wanted.connect(self._on_cancel)
        self._fields.chooser.list_wanted.connect(self._list_models)
        prompt.refreshed.connect(self._on_refreshed)
        prompt.lens_wanted.connect(self.show_lens)

    def connect_services(self, services: Services) -> None:
        self._desk = services.prompt_desk
        self._instructions = services.settings.refine_instructions
        self._on_refreshed()

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"generate.refine": self.refine, "generate.whatIsSent": self.show_lens}

    def show_settings(self, settings: "Settings") -> None:
        """What the model is told may be something else now."""
        self._instructions = settings.refine_instructions
        self._later.start()

    def shut_down(self) -> None:
        """What is on its way is given up; what was bought is in the history."""
        self._leaving.set()
        self._refining.set()

    def refine(self) -> None:
        """What the button does; what it costs stands on it."""
        self._show_price()
        desk, ask = self._desk, self._ask
        refine = self._fields.refine
        if desk is None or ask is None or not refine.can_refine:
            return
        refine.show_running(True)

        def looked(checkout: "Checkout") -> None:
            self._confirm(ask, checkout)

        self._background.start(Work(desk.refine_checkout(ask), looked, self._on_refused))

    def show_lens(self) -> None:
        """Everything that a click would send, as it is now."""
        self._prompt.refresh()
        options = self._prompt.options
        if self._desk is None or options is None:
            return

        def done(found: "Outgoing") -> None:
            # Imported when asked for: no start waits for a dialog.
            from aipaint.ui.dialogs.privacy_lens import PrivacyLens

            PrivacyLens(self._window, found).open()

        def failed(error: AipaintError) -> None:
            show_error(self._window, "Nothing would be sent", error)

        work = Work(self._desk.outgoing(options), done, failed, "Preparing what would be sent")
        self._background.start(work)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _on_refreshed(self) -> None:
        options = self._prompt.options
        sentences = self._desk.lint(options) if self._desk and options is not None else ()
        model = record_of(self._fields.chooser)
        is_unheard = model is not None and not takes_negative(model)
        if is_unheard and self._fields.words.negative.strip() and options is not None:
            sentences = (_UNHEARD, *sentences)
        self._fields.show_lint(sentences)
        self._later.start()
        self._look_later.start()

    def _show_price(self) -> None:
        self._later.stop()
        desk, refine = self._desk, self._fields.refine
        if desk is None:
            refine.show_quote(None, "There is no database: nothing can be refined.")
            return
        chosen = self._fields.chooser.provider
        provider = desk.refine_with(chosen.name if chosen is not None else "")
        if not provider:
            self._ask = None
            refine.show_quote(None, _NOBODY)
            return
        # Imported when asked for: it brings the history, which no window waits for.
        from aipaint.generation.refine import RefineAsk

        negative = self._fields.words.negative.strip()
        self._ask = RefineAsk(
            refine.intent, provider, negative_prompt=negative, instructions=self._instructions
        )
        refine.show_quote(desk.refine_quote(self._ask))

    def _confirm(self, ask: "RefineAsk", checkout: "Checkout") -> None:
        if not checkout.reasons:
            self._buy(ask)
            return
        from aipaint.ui.dialogs.cost_warning import CostDialog

        dialog = CostDialog(self._window, checkout)
        dialog.accepted.connect(lambda: self._buy(ask))
        dialog.rejected.connect(lambda: self._fields.refine.show_running(False))
        dialog.open()

    def _buy(self, ask: "RefineAsk") -> None:
        assert self._desk is not None  # it made the offer
        self._refining = threading.Event()
        work = Work(self._desk.refine(ask, self._refining), self._on_refined, self._on_refused)
        self._background.start(work)

    def _on_refined(self, refined: "Refined") -> None:
        refine = self._fields.refine
        refine.show_running(False)
        self.spent.emit()
        if refined.error is not None or not refined.prompt:
            refine.tell(str(refined.error or "The model answered with nothing."))
            return
        before = self._fields.words.prompt.strip() or refine.intent
        refine.tell("\n".join(refined.warnings))
        refine.result.show_result(refined, before)

    def _on_refused(self, error: AipaintError) -> None:
        self._fields.refine.show_running(False)
        self._fields.refine.tell(str(error))

    def _on_cancel(self) -> None:
        self._refining.set()

    def _list_models(self, provider: str) -> None:
        if self._desk is None:
            return
        button = self._fields.chooser.list_button
        button.setEnabled(False)

        def done(_: object) -> None:
            button.setEnabled(True)
            self._fields.chooser.show_models()

        def failed(error: AipaintError) -> None:
            button.setEnabled(True)
            show_error(self._window, "No list of models", error)

        call = self._desk.list_models(provider, self._leaving)
        self._background.start(Work(call, done, failed, "Asking for the models"))

    def _look_up(self) -> None:
        """A model nobody described yet: its service is asked once what it takes and costs; free."""
        chooser = self._fields.chooser
        provider, model = chooser.provider, record_of(chooser)
        if self._desk is None or provider is None or model is None:
            return
        if self._desk.is_described(provider.name, model):
            return
        asked = (provider.name, model.id)
        if asked in self._looked_up or not provider.host or provider.readiness():
            return
        self._looked_up.add(asked)

        def done(_: object) -> None:
            self._prompt.refresh()

        def failed(error: AipaintError) -> None:
            self._fields.show_lint((f"What {model.id} takes is not known: {error.message}",))

        call = self._desk.describe(provider.name, model.id, self._leaving)
        self._background.start(Work(call, done, failed, "Looking the model up"))
