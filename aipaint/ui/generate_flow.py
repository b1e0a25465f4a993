"""`GenerateFlow`: from the Generate button to the canvas and back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from aipaint.errors import AipaintError
from aipaint.generation.options import GenerateOptions
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.money_flow import MoneyFlow
from aipaint.ui.panels.budget_panel import BudgetPanel
from aipaint.ui.panels.candidate_strip import CandidateStrip
from aipaint.ui.panels.jobs_panel import JobsPanel
from aipaint.ui.panels.model_chooser import record_of
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.refill import set_quality
from aipaint.ui.purchase_flow import Purchase, PurchaseFlow
from aipaint.ui.queue_flow import QueueFlow
from aipaint.ui.services import Services
from aipaint.ui.status_line import StatusLine
from aipaint.ui.widgets.plain_label import Tone

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.generation.generator import Generator
    from aipaint.generation.job import Job, JobOutcome
    from aipaint.generation.queue_view import QueueView
    from aipaint.ledger.price import Estimate


@dataclass(frozen=True, eq=False)
class GenerateStage:
    """The widgets that show a job."""

    window: QWidget
    actions: Actions
    canvas: CanvasView
    prompt: PromptPanel
    strip: CandidateStrip
    jobs: JobsPanel
    budget: BudgetPanel
    status: StatusLine


class GenerateFlow(QObject):
    """Clicks that make pictures, and the pictures; `queue` and `money` do the rest."""

    candidates_arrived = Signal()
    candidates_decided = Signal()  # none waits any more
    is_running_changed = Signal(bool)

    def __init__(self, stage: GenerateStage, background: Background) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self.background = background
        self.queue = QueueFlow(stage.actions, stage.prompt, stage.jobs, stage.status)
        self.money = MoneyFlow(stage.window, stage.actions, stage.budget, background)
        self.money.show_on(stage.prompt, stage.jobs, stage.status)
        self._purchase = PurchaseFlow(stage.window, background)
        self._generator: Generator | None = None
        self._clicked = ""  # the job of the Generate button, until it ends
        self._asked: dict[str, GenerateOptions] = {}
        self._draft: GenerateOptions | None = None
        self._trouble = ""  # told while something runs; it is over with it
        stage.actions.connect({"generate.enqueue": stage.prompt.enqueue})
        stage.actions.enable("generate.enqueue", False)
        self._connect_widgets()

    def _connect_widgets(self) -> None:
        stage = self._stage
        stage.prompt.generate_requested.connect(self._on_generate)
        stage.prompt.enqueue_requested.connect(self._on_enqueue)
        stage.prompt.remedies.draft_wanted.connect(self._on_draft)
        stage.strip.apply_requested.connect(lambda _: stage.prompt.show_notice(""))
        self._purchase.agreed.connect(self._on_agreed)
        self._purchase.given_up.connect(self._refresh)
        self._purchase.failed.connect(self._on_refused)

    def connect_services(self, services: Services) -> None:
        generator = self._generator = services.generator
        self._stage.prompt.connect_services(services)
        self.queue.connect_services(services, self.background)
        self.money.connect_services(services)
        if generator is None:
            return
        self._stage.actions.enable("generate.enqueue", True)
        generator.job_done.connect(self._on_job_done)
        generator.queue_changed.connect(self._refresh)
        generator.trouble.connect(self._on_trouble)
        generator.recover()

    def cancel(self) -> None:
        """Stop the job that is shown."""
        self.queue.cancel(self._stage.prompt.progress.job_id)

    def shut_down(self) -> None:
        """Nothing paid starts after this."""
        if self._generator is not None:
            self._generator.shut_down()

    def _on_generate(self, options: GenerateOptions, estimate: "Estimate") -> None:
        self._start(Purchase(options), is_free=not estimate.micros)

    def _on_enqueue(self, options: GenerateOptions, estimate: "Estimate") -> None:
        self._start(Purchase(options, is_queued=True), is_free=not estimate.micros)

    def rerun(self, job: "Job") -> None:
        """A job of the gallery once more, on the picture it was done on, after what runs."""
        generator = self._generator
        if generator is None:
            return
        estimate = generator.quote(job.options, job.picture).estimate
        is_free = estimate is not None and not estimate.micros
        look = generator.checkout(job.options, job.picture)

        def again(options: GenerateOptions) -> str:
            return generator.enqueue(options, job)

        self.buy(Purchase(job.options, is_queued=True, buy=again), look, is_free)

    def buy(
        self, purchase: Purchase, look: "Callable[[], Checkout]", is_free: bool = False
    ) -> None:
        """Ask what there is to ask, if it costs anything, and do it."""
        if self._generator is None or self._purchase.is_asking:
            return
        self._stage.prompt.show_notice("")
        if self._stage.prompt.generate_button.hasFocus():
            # Qt would hand the focus of a resting button to whatever comes next.
            self._stage.canvas.setFocus()
        if is_free:
            self._on_agreed(purchase)
        else:
            self._purchase.ask(purchase, look)
            # At once, not when the worker answers: a double click must find the button resting.
            self._refresh()

    def _start(self, purchase: Purchase, *, is_free: bool) -> None:
        if self._generator is not None and not self._purchase.is_asking:
            self.buy(purchase, self._generator.checkout(purchase.options), is_free)

    def _on_agreed(self, purchase: Purchase) -> None:
        generator = self._generator
        if generator is None:
            return
        try:
            if purchase.buy is not None:
                job_id = purchase.buy(purchase.options)
            elif purchase.is_queued:
                job_id = generator.enqueue(purchase.options)
            else:
                job_id = self._clicked = generator.generate(purchase.options) or self._clicked
        except AipaintError as error:
            self._on_refused(error)
            return
        self._asked[job_id] = purchase.options
        self._refresh()

    def _on_refused(self, error: AipaintError) -> None:
        self._stage.prompt.show_notice(str(error), Tone.DANGER)
        self._refresh()

    def _on_trouble(self, error: AipaintError) -> None:
        self._trouble = str(error)
        self._stage.prompt.show_notice(str(error), Tone.WARNING)

    def _refresh(self, _: object = None) -> None:
        """The button rests while its job is under way, or anything runs; more can be queued."""
        if self._generator is None:
            return
        view = self._generator.queue()
        is_asking = self._purchase.is_asking
        is_running = bool(self._clicked) or _moves(view)
        can_queue = (is_running or bool(view.waiting)) and not is_asking
        self._stage.prompt.set_job_running(is_running or is_asking, can_queue=can_queue)
        self.is_running_changed.emit(bool(view.running))

    def _on_job_done(self, outcome: "JobOutcome") -> None:
        if outcome.job_id == self._clicked:
            self._clicked = ""
        options = self._asked.pop(outcome.job_id, None)
        self._refresh()
        if outcome.error is not None:
            is_budget = outcome.error.kind == "budget" and options is not None
            # What to do about a limit is said by buttons.
            text = outcome.error.message if is_budget else str(outcome.error)
            self._stage.prompt.show_notice(text, Tone.DANGER)
            if is_budget and options is not None:
                self._offer_remedies(options, outcome)
        elif outcome.duplicate_of:
            self._stage.prompt.show_notice(
                "The same request succeeded before: its pictures are shown, nothing was bought.",
                Tone.MUTED,
            )
        elif outcome.warnings:
            self._stage.prompt.show_notice("\n".join(outcome.warnings), Tone.MUTED)
        elif self._trouble and self._stage.prompt.notice.text() == self._trouble:
            self._stage.prompt.show_notice("")
        QApplication.alert(self._stage.window)

    def _offer_remedies(self, options: GenerateOptions, outcome: "JobOutcome") -> None:
        """Edit the limit; or a draft, where one is cheaper and fits into what is left."""
        left = getattr(outcome.error, "left_micros", None)
        if left is None:  # no limit: everything is paused
            self._stage.prompt.remedies.offer(None, is_paused=True)
            return
        self._draft = self._cheapest(options)
        micros = self._price(self._draft)
        if not micros or micros > left or micros >= (outcome.estimated_micros or 0):
            micros = None
        self._stage.prompt.remedies.offer(micros)

    def _cheapest(self, options: GenerateOptions) -> GenerateOptions:
        model = record_of(self._stage.prompt.chooser)
        words = (model.qualities if model is not None else ()) or ("",)
        drafts = [replace(options, quality=word, count=1) for word in words]
        priced = [draft for draft in drafts if self._price(draft) is not None]
        return min(priced, key=lambda draft: self._price(draft) or 0, default=options)

    def _price(self, options: GenerateOptions) -> int | None:
        estimate = self._generator.quote(options).estimate if self._generator else None
        return estimate.micros if estimate is not None else None

    def _on_draft(self) -> None:
        """The fields are set; nothing is bought until Generate is pressed."""
        if self._draft is not None:
            set_quality(self._stage.prompt, self._draft.quality, self._draft.count)
            self._stage.prompt.show_notice("")


def _moves(view: "QueueView") -> bool:
    """Something runs, or will without another word."""
    is_held = view.is_paused or all(job.is_paused for job in view.waiting)
    return bool(view.running) or not is_held
