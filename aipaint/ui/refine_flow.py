"""`RefineFlow`: a model words an idea: its price, what is asked before, its way, its words."""

import threading
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.job import JobView
    from aipaint.generation.prompt_desk import PromptDesk
    from aipaint.generation.refine import RefineAsk, Refined
    from aipaint.settings.settings import Settings
    from aipaint.ui.dialogs.duplicate_dialog import DuplicateAnswer

_PATIENCE_MILLISECONDS = 200
_NOBODY = "Refine needs a provider with a key, or a server of your own: see Settings (Ctrl+,)."
_ON_ITS_WAY = "Waiting for the words"


class RefineFlow(QObject):
    """One question at a time. It is a job like any other: `job_changed` says how it goes."""

    spent = Signal()  # money may have moved
    job_changed = Signal(object)  # JobView

    def __init__(self, window: QWidget, prompt: PromptPanel, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._fields = prompt.fields
        self._box = prompt.fields.refine
        self._background = background
        self._desk: PromptDesk | None = None
        self._instructions = ""
        self._ask: RefineAsk | None = None
        self._cancelled = threading.Event()
        self._running_id = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE_MILLISECONDS)
        self._later.timeout.connect(self._show_price)
        self._box.intent_changed.connect(self._later.start)
        self._box.refine_wanted.connect(self.refine)
        self._box.cancel_wanted.connect(self._cancelled_by_button)
        prompt.refreshed.connect(self._later.start)

    def connect_services(self, services: Services) -> None:
        self._desk = services.prompt_desk
        self._instructions = services.settings.refine_instructions

    def show_settings(self, settings: "Settings") -> None:
        """What the model is told may be something else now."""
        self._instructions = settings.refine_instructions
        self._later.start()

    def shut_down(self) -> None:
        """What is on its way is given up; what was bought is in the history."""
        self._cancelled.set()

    def cancel(self, job_id: str) -> None:
        """As its button does, if this is the job that runs."""
        if job_id and job_id == self._running_id:
            self._cancelled.set()

    def refine(self) -> None:
        """What the button does; what it costs stands on it."""
        self._show_price()
        desk, ask = self._desk, self._ask
        if desk is None or ask is None or not self._box.can_refine:
            return
        self._box.show_running(True)

        def looked(checkout: "Checkout") -> None:
            self._ask_about_duplicate(ask, checkout)

        self._background.start(Work(desk.refine_checkout(ask), looked, self._on_refused))

    def _show_price(self) -> None:
        self._later.stop()
        desk = self._desk
        if desk is None:
            self._box.show_quote(None, "There is no database: nothing can be refined.")
            return
        chosen = self._fields.chooser.provider
        provider = desk.refine_with(chosen.name if chosen is not None else "")
        if not provider:
            self._ask = None
            self._box.show_quote(None, _NOBODY)
            return
        # Imported when asked for: it brings the history, which no window waits for.
        from aipaint.generation.refine import RefineAsk

        negative = self._fields.words.negative.strip()
        self._ask = RefineAsk(
            self._box.intent, provider, negative_prompt=negative, instructions=self._instructions
        )
        self._box.show_quote(desk.refine_quote(self._ask))

    def _ask_about_duplicate(self, ask: "RefineAsk", checkout: "Checkout") -> None:
        if checkout.offer is None:
            self._ask_about_cost(ask, checkout)
            return
        from aipaint.ui.dialogs.duplicate_dialog import DuplicateAnswer, DuplicateDialog

        def answered(answer: "DuplicateAnswer") -> None:
            if answer is DuplicateAnswer.BUY_AGAIN:
                self._ask_about_cost(replace(ask, is_fresh=True), checkout)
            else:
                self._start(ask, checkout)

        dialog = DuplicateDialog(self._window, checkout)
        dialog.answered.connect(answered)
        dialog.rejected.connect(self._give_up)
        dialog.open()

    def _ask_about_cost(self, ask: "RefineAsk", checkout: "Checkout") -> None:
        if not checkout.reasons:
            self._start(ask, checkout)
            return
        from aipaint.ui.dialogs.cost_warning import CostDialog

        dialog = CostDialog(self._window, checkout)
        dialog.accepted.connect(lambda: self._start(ask, checkout))
        dialog.rejected.connect(self._give_up)
        dialog.open()

    def _give_up(self) -> None:
        self._box.show_running(False)

    def _start(self, ask: "RefineAsk", checkout: "Checkout") -> None:
        assert self._desk is not None  # it made the offer
        from aipaint.generation.job import JobView, label_of
        from aipaint.history.records import JobStatus

        self._cancelled = threading.Event()
        self._running_id = uuid.uuid4().hex
        ask = replace(ask, job_id=self._running_id)
        most = checkout.estimate.micros
        view = JobView(
            self._running_id,
            "refine",
            label_of("refine", ask.intent),
            JobStatus.RUNNING,
            _ON_ITS_WAY,
            estimated_micros=most,
        )
        self.job_changed.emit(view)

        def done(refined: "Refined") -> None:
            self._on_refined(refined, view)

        def failed(error: AipaintError) -> None:
            self._end(replace(view, status=JobStatus.FAILED, message=error.message))
            self._on_refused(error)

        self._background.start(Work(self._desk.refine(ask, self._cancelled), done, failed))

    def _on_refined(self, refined: "Refined", view: "JobView") -> None:
        message = refined.error.message if refined.error is not None else ""
        self._end(
            replace(
                view,
                status=refined.status,
                message=message,
                fraction=1.0,
                estimated_micros=refined.estimated_micros,
                actual_micros=refined.actual_micros,
            )
        )
        self._box.show_running(False)
        self.spent.emit()
        if refined.error is not None or not refined.prompt:
            self._box.tell(str(refined.error or "The model answered with nothing."))
            return
        before = self._fields.words.prompt.strip() or self._box.intent
        self._box.tell("\n".join(refined.warnings))
        self._box.result.show_result(refined, before)

    def _end(self, view: "JobView") -> None:
        self._running_id = ""
        self.job_changed.emit(view)

    def _on_refused(self, error: AipaintError) -> None:
        self._box.show_running(False)
        self._box.tell(str(error))

    def _cancelled_by_button(self) -> None:
        self._cancelled.set()
