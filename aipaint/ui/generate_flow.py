"""`GenerateFlow`: from the Generate button to the canvas and back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from aipaint.errors import AipaintError
from aipaint.generation.options import GenerateOptions
from aipaint.ui.background import Background, Work
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.cost_warning import confirm_cost
from aipaint.ui.panels.budget_panel import BudgetPanel
from aipaint.ui.panels.candidate_strip import CandidateStrip
from aipaint.ui.panels.jobs_panel import OVER, JobsPanel
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.services import Services
from aipaint.ui.status_line import StatusLine
from aipaint.ui.widgets.plain_label import Tone

if TYPE_CHECKING:
    from aipaint.generation.candidate import Candidate
    from aipaint.generation.generator import Generator
    from aipaint.generation.job import JobOutcome, JobView
    from aipaint.ledger.price import Estimate
    from aipaint.ledger.status import BudgetStatus

_HIGH_TIER = "high"


@dataclass(frozen=True, eq=False)
class GenerateStage:
    """The widgets that show a job."""

    window: QWidget
    canvas: CanvasView
    prompt: PromptPanel
    strip: CandidateStrip
    jobs: JobsPanel
    budget: BudgetPanel
    status: StatusLine


class GenerateFlow(QObject):
    """The only one that talks to the generator, but for the price that the prompt panel asks."""

    candidates_arrived = Signal()
    candidates_decided = Signal()  # none waits any more
    is_running_changed = Signal(bool)

    def __init__(self, stage: GenerateStage, background: Background) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._background = background
        self._generator: Generator | None = None
        self._count = 0
        stage.prompt.generate_requested.connect(self._on_generate)
        stage.prompt.progress.cancel_requested.connect(self._on_cancel)
        stage.strip.preview_changed.connect(self._on_preview)
        stage.strip.apply_requested.connect(self._on_apply)
        stage.strip.discard_requested.connect(self._on_discard)

    def connect_services(self, services: Services) -> None:
        generator = self._generator = services.generator
        self._stage.prompt.connect_services(services)
        if generator is None:
            self._stage.budget.show_problem(str(services.problem))
            self._stage.status.show_no_budget()
            return
        generator.job_changed.connect(self._on_job_changed)
        generator.job_done.connect(self._on_job_done)
        generator.candidates_changed.connect(self._on_candidates_changed)
        generator.recovered.connect(self._on_recovered)
        generator.recover()
        self._background.start(
            Work(generator.recent_jobs, self._stage.jobs.show_history, self._on_budget_problem)
        )
        self._ask_budget()

    def cancel(self) -> None:
        """Stop the job that is shown."""
        self._on_cancel(self._stage.prompt.progress.job_id)

    def shut_down(self) -> None:
        """Nothing paid starts after this."""
        if self._generator is not None:
            self._generator.shut_down()

    def _on_generate(self, options: GenerateOptions, estimate: "Estimate") -> None:
        if self._generator is None:
            return
        if estimate.tier.value == _HIGH_TIER and not confirm_cost(self._stage.window, estimate):
            return
        self._stage.prompt.show_notice("")
        if self._stage.prompt.generate_button.hasFocus():
            # Qt would hand the focus of a resting button to whatever comes next.
            self._stage.canvas.setFocus()
        # At once, not when the queue answers: a double click must find the button resting.
        self._set_running(True)
        try:
            job_id = self._generator.generate(options)
        except AipaintError as error:
            self._set_running(False)
            self._stage.prompt.show_notice(str(error), Tone.DANGER)
            return
        if not job_id:
            self._stage.prompt.show_notice("A job is still running.", Tone.MUTED)

    def _on_cancel(self, job_id: str) -> None:
        if self._generator is not None and job_id:
            self._generator.cancel(job_id)

    def _on_job_changed(self, view: "JobView") -> None:
        is_over = view.status.value in OVER
        self._stage.jobs.show_job(view)
        self._stage.prompt.progress.show_job(view, is_over=is_over)
        self._stage.status.show_queue(self._stage.jobs.running_count)
        self._set_running(self._generator is not None and self._generator.is_generating)
        if is_over:
            self._ask_budget()

    def _on_job_done(self, outcome: "JobOutcome") -> None:
        if outcome.error is not None:
            self._stage.prompt.show_notice(str(outcome.error), Tone.DANGER)
        elif outcome.duplicate_of:
            self._stage.prompt.show_notice(
                "The same request succeeded before: its pictures are shown, nothing was bought.",
                Tone.MUTED,
            )
        elif outcome.warnings:
            self._stage.prompt.show_notice("\n".join(outcome.warnings), Tone.MUTED)
        QApplication.alert(self._stage.window)

    def _on_recovered(self, sentence: str) -> None:
        self._stage.prompt.show_notice(sentence, Tone.MUTED)
        self._ask_budget()

    def _on_candidates_changed(self) -> None:
        assert self._generator is not None  # it sent the signal
        candidates = self._generator.candidates()
        self._stage.strip.show_candidates(candidates)
        if len(candidates) > self._count:
            self.candidates_arrived.emit()
        elif not candidates:
            self.candidates_decided.emit()
        self._count = len(candidates)

    def _on_preview(self, candidate: "Candidate | None") -> None:
        if candidate is None:
            self._stage.canvas.hide_candidate()
        else:
            self._stage.canvas.show_candidate(candidate.tiles)

    def _on_apply(self, candidate_id: str) -> None:
        if self._generator is not None:
            self._generator.apply(candidate_id)
            self._stage.prompt.show_notice("")

    def _on_discard(self, candidate_id: str) -> None:
        if self._generator is not None:
            self._generator.discard(candidate_id)

    def _set_running(self, is_running: bool) -> None:
        self._stage.prompt.set_job_running(is_running)
        self.is_running_changed.emit(is_running)

    def _ask_budget(self) -> None:
        assert self._generator is not None  # asked for after connecting only
        self._background.start(
            Work(self._generator.budget, self._on_budget, self._on_budget_problem)
        )

    def _on_budget(self, status: "BudgetStatus") -> None:
        self._stage.budget.show_status(status)
        self._stage.status.show_budget(status)

    def _on_budget_problem(self, error: AipaintError) -> None:
        self._stage.budget.show_problem(str(error))
