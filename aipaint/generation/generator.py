"""`Generator`: what the buttons talk to: quote, generate, cancel, apply, discard."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer_commands import AddLayer
from aipaint.document.together import Together
from aipaint.errors import AipaintError
from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, JobOutcome, JobView
from aipaint.generation.job_queue import JobQueue
from aipaint.generation.options import GenerateOptions
from aipaint.history.records import JobRecord
from aipaint.ledger.price import Estimate
from aipaint.ledger.status import BudgetStatus


@dataclass(frozen=True)
class Quote:
    """What Generate would cost now, or the sentence that says why it cannot be."""

    estimate: Estimate | None
    problem: str = ""


class Generator(QObject):
    """One document's main job. Main thread only."""

    job_changed = Signal(object)  # JobView
    job_done = Signal(object)  # JobOutcome
    candidates_changed = Signal()

    def __init__(self, document: Document, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._desk = desk
        self._candidates: list[Candidate] = []
        self._queue = JobQueue(desk, self)
        self._queue.job_changed.connect(self._on_job_changed)
        self._queue.job_done.connect(self._on_job_done)

    @property
    def is_busy(self) -> bool:
        return self._queue.is_busy

    def quote(self, options: GenerateOptions) -> Quote:
        """The price of the options on the picture as it is now; moves no money."""
        try:
            provider = self._desk.provider(options.provider)
            return Quote(self._desk.estimate(self._document.picture, options), provider.readiness())
        except AipaintError as error:
            return Quote(None, str(error))

    def generate(self, options: GenerateOptions) -> str:
        """Start a job and return its id; "" while one is under way, so that a double click buys
        once. Raises StorageError if its row cannot be written."""
        if self._queue.is_busy:
            return ""
        picture = self._document.picture.snapshot()
        job = Job(options, picture, waits_for_turn=True)
        self._queue.submit(job)
        return job.id

    def cancel(self, job_id: str) -> None:
        self._queue.cancel(job_id)

    def candidates(self) -> tuple[Candidate, ...]:
        """Results that wait for Apply or Discard, oldest first."""
        return tuple(self._candidates)

    def apply(self, candidate_id: str) -> None:
        """The candidate becomes a layer on top and the mask is used up, in one undoable step."""
        candidate = self._candidate(candidate_id)
        if candidate is None:
            return
        picture = self._document.picture
        add = AddLayer(candidate.as_layer(), index=len(picture.layers))
        unmask = EditTiles.replacing("Clear mask", picture, MASK, picture.mask.cleared())
        self._document.do(Together(f"Apply {candidate.label}", [add, unmask]))
        self._drop_job(candidate.job_id)

    def discard(self, candidate_id: str) -> None:
        """Take one candidate off the strip; its files stay in the history."""
        self._candidates = [kept for kept in self._candidates if kept.id != candidate_id]
        self.candidates_changed.emit()

    def budget(self) -> BudgetStatus:
        """Spent, reserved and left per cap. Raises StorageError."""
        return self._desk.ledger.status()

    def recent_jobs(self, limit: int = 50) -> list[JobRecord]:
        """The newest jobs first. Raises StorageError."""
        return self._desk.history.jobs(limit)

    def shut_down(self) -> bool:
        """Nothing paid starts after this. False if a worker would not end in time."""
        return self._queue.shut_down()

    def _candidate(self, candidate_id: str) -> Candidate | None:
        return next((one for one in self._candidates if one.id == candidate_id), None)

    def _drop_job(self, job_id: str) -> None:
        """The candidate was chosen from these: its sisters go with it, their files stay."""
        self._candidates = [kept for kept in self._candidates if kept.job_id != job_id]
        self.candidates_changed.emit()

    def _on_job_changed(self, view: JobView) -> None:
        self.job_changed.emit(view)

    def _on_job_done(self, outcome: JobOutcome) -> None:
        if outcome.candidates:
            self._candidates.extend(outcome.candidates)
            self.candidates_changed.emit()
        self.job_done.emit(outcome)
