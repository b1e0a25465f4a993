"""`QueueFlow`: the queue as panels show it, and what is done to it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from aipaint.ui.actions import Actions
from aipaint.ui.background import Background, Work
from aipaint.ui.panels.jobs_panel import OVER, JobsPanel
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.refill import refill
from aipaint.ui.services import Services
from aipaint.ui.status_line import StatusLine
from aipaint.ui.widgets.plain_label import Tone

if TYPE_CHECKING:
    from aipaint.errors import AipaintError
    from aipaint.generation.generator import Generator
    from aipaint.generation.job import JobView
    from aipaint.generation.queue_view import QueuedJob, QueueView

_ACTIONS = "generate.pauseQueue generate.cancelWaiting"


class QueueMemory(Protocol):
    """What is kept from one start to the next."""

    is_queue_paused: bool


class QueueFlow(QObject):
    """Which jobs wait, run and have run; order, pauses, ends. One more may run that the queue does
    not hold, because its answer is no picture."""

    outside_cancelled = Signal(str)  # job id: whoever runs it ends it

    def __init__(
        self, actions: Actions, prompt: PromptPanel, jobs: JobsPanel, status: StatusLine
    ) -> None:
        super().__init__(prompt)
        self._actions = actions
        self._prompt = prompt
        self._jobs = jobs
        self._status = status
        self._generator: Generator | None = None
        self._outside: QueuedJob | None = None
        self._memory: QueueMemory | None = None
        queue = jobs.queue
        queue.move_wanted.connect(self._on_move)
        queue.pause_wanted.connect(self._on_pause)
        queue.edit_wanted.connect(self._on_edit)
        queue.cancel_wanted.connect(self.cancel)
        queue.pause_all_wanted.connect(self.pause_all)
        prompt.progress.cancel_requested.connect(self.cancel)
        actions.connect({"generate.cancelWaiting": self._on_cancel_waiting})
        actions["generate.pauseQueue"].toggled.connect(self.pause_all)
        actions.enable(_ACTIONS, False)

    def remember_in(self, memory: QueueMemory) -> None:
        """Whether the queue is stopped, from one start to the next."""
        self._memory = memory

    def connect_services(self, services: Services, background: Background) -> None:
        generator = self._generator = services.generator
        if generator is None:
            return
        generator.job_changed.connect(self._on_job_changed)
        generator.queue_changed.connect(self._on_queue)
        generator.recovered.connect(self._on_recovered)
        self._actions.enable(_ACTIONS, True)
        if self._memory is not None and self._memory.is_queue_paused:
            generator.pause()
            self._status.tell("The queue is paused, as you left it.")
        background.start(Work(generator.recent_jobs, self._on_history, self._on_problem))

    def show_outside(self, view: "JobView") -> None:
        """A job that no queue holds began, or ended."""
        from aipaint.generation.queue_view import QueuedJob

        is_over = view.status.value in OVER
        self._outside = (
            None
            if is_over
            else QueuedJob(
                view.id,
                view.label,
                view.operation,
                "",
                estimated_micros=view.estimated_micros,
                message=view.message,
            )
        )
        self._jobs.show_job(view)
        if self._generator is not None:
            self._on_queue(self._generator.queue())

    def cancel(self, job_id: str) -> None:
        if self._outside is not None and job_id == self._outside.id:
            self.outside_cancelled.emit(job_id)
            return
        if self._generator is not None and job_id:
            self._generator.cancel(job_id)

    def pause_all(self, is_paused: bool) -> None:
        """Nothing new starts; what runs goes on."""
        generator = self._generator
        if generator is None or generator.queue().is_paused == is_paused:
            return
        if self._memory is not None:
            self._memory.is_queue_paused = is_paused
        if is_paused:
            generator.pause()
        else:
            generator.unpause()

    def _on_job_changed(self, view: "JobView") -> None:
        assert self._generator is not None  # it sent the signal
        self._jobs.show_job(view)
        self._on_queue(self._generator.queue())

    def _on_queue(self, view: "QueueView") -> None:
        self._prompt.progress.show_queue(view)
        shown = self._with_outside(view)
        self._jobs.show_queue(shown)
        self._status.show_queue(shown)
        self._actions["generate.pauseQueue"].setChecked(view.is_paused)
        self._actions.enable("generate.cancelWaiting", bool(view.waiting))

    def _on_history(self, records: object) -> None:
        self._jobs.show_history(records)  # type: ignore[arg-type] # as `recent_jobs` answers
        if self._generator is not None:
            self._jobs.show_queue(self._with_outside(self._generator.queue()))

    def _with_outside(self, view: "QueueView") -> "QueueView":
        if self._outside is None:
            return view
        return replace(view, running=(*view.running, self._outside))

    def _on_problem(self, error: "AipaintError") -> None:
        self._status.tell(str(error))

    def _on_recovered(self, sentence: str) -> None:
        self._jobs.recovered_bar.show_text(sentence)
        self._prompt.show_notice(sentence, Tone.MUTED)

    def _on_move(self, job_id: str, place: int) -> None:
        if self._generator is not None:
            self._generator.move(job_id, place)

    def _on_pause(self, job_id: str, is_held: bool) -> None:
        if self._generator is None:
            return
        if is_held:
            self._generator.pause_job(job_id)
        else:
            self._generator.unpause_job(job_id)

    def _on_edit(self, job_id: str) -> None:
        """Its options go back to the fields; it is started again from there."""
        options = self._generator.take_out(job_id) if self._generator is not None else None
        if options is not None:
            refill(self._prompt, options)
            self._prompt.show_notice(
                "The job was taken out of the queue: change it and start it again.", Tone.MUTED
            )
            self._prompt.prompt_edit.setFocus()

    def _on_cancel_waiting(self) -> None:
        if self._generator is not None:
            self._generator.cancel_waiting()
