"""`PromptFlow`: what the prompt panel asks of services: models, and what would be sent."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.panels.model_chooser import record_of
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.wish import takes_negative
from aipaint.ui.refine_flow import RefineFlow
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.generation.outgoing import Outgoing
    from aipaint.generation.prompt_desk import PromptDesk

_LOOK_UP_MILLISECONDS = 800  # names are typed; not every half of one is looked up
_UNHEARD = "This model takes no negative prompt: it is not sent."


class PromptFlow(QObject):
    """Lists and describes models, says what would differ and shows what would be sent; `refining`
    words ideas."""

    def __init__(self, window: QWidget, prompt: PromptPanel, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._prompt = prompt
        self._fields = prompt.fields
        self._background = background
        self._desk: PromptDesk | None = None
        self.refining = RefineFlow(window, prompt, background)
        self._leaving = threading.Event()
        self._looked_up: set[tuple[str, str]] = set()
        self._look_later = QTimer(self)
        self._look_later.setSingleShot(True)
        self._look_later.setInterval(_LOOK_UP_MILLISECONDS)
        self._look_later.timeout.connect(self._look_up)
        self._fields.details.references.use(background)
        self._fields.chooser.list_wanted.connect(self._list_models)
        prompt.refreshed.connect(self._on_refreshed)
        prompt.lens_wanted.connect(self.show_lens)
        prompt.ceiling_wanted.connect(self._on_ceiling_wanted)

    def connect_services(self, services: Services) -> None:
        self._desk = services.prompt_desk
        self.refining.connect_services(services)
        self._on_refreshed()

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"generate.refine": self.refining.refine, "generate.whatIsSent": self.show_lens}

    def shut_down(self) -> None:
        """What is on its way is given up; what was bought is in the history."""
        self._leaving.set()
        self.refining.shut_down()

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

    def _on_ceiling_wanted(self) -> None:
        provider, model = self._fields.chooser.provider, record_of(self._fields.chooser)
        if self._desk is None or provider is None or model is None:
            return
        from aipaint.ui.dialogs.ceiling import CeilingDialog

        desk = self._desk

        def agreed(micros: int) -> None:
            call = desk.set_ceiling(provider.name, model.id, micros)
            self._background.start(Work(call, lambda _: self._prompt.refresh(), failed))

        def failed(error: AipaintError) -> None:
            show_error(self._window, "The price was not kept", error)

        dialog = CeilingDialog(self._window, provider.label, model.id)
        dialog.agreed.connect(agreed)
        dialog.open()

    def _on_refreshed(self) -> None:
        options = self._prompt.options
        sentences = self._desk.lint(options) if self._desk and options is not None else ()
        model = record_of(self._fields.chooser)
        is_unheard = model is not None and not takes_negative(model)
        if is_unheard and self._fields.words.negative.strip() and options is not None:
            sentences = (_UNHEARD, *sentences)
        self._fields.show_lint(sentences)
        self._look_later.start()

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
