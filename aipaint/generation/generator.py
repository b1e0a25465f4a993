"""`Generator`: what the buttons talk to: quote, generate, queue, apply, discard, inbox."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.generation.apply_candidate import apply_command
from aipaint.generation.candidate import Candidate
from aipaint.generation.checkout import Checkout, check_out
from aipaint.generation.desk import Desk
from aipaint.generation.duplicate_offer import DuplicateOffer, duplicate_offer
from aipaint.generation.edits import Edits, EditStage
from aipaint.generation.gallery import Gallery
from aipaint.generation.inbox import InboxItem, discard_item, inbox_items, open_item
from aipaint.generation.job import Job, JobOutcome, JobView
from aipaint.generation.job_queue import JobQueue
from aipaint.generation.mix_candidate import mix_command
from aipaint.generation.options import GenerateOptions
from aipaint.generation.partial_picture import partial_picture
from aipaint.generation.queue_view import QueueView
from aipaint.generation.quote import Quote as Quote
from aipaint.generation.quote import quote
from aipaint.generation.recover_jobs import Recovered, recover_jobs
from aipaint.generation.returning_results import ReturningResults
from aipaint.generation.review import Review
from aipaint.generation.unknown_outcomes import (
    UnknownOutcome,
    look_up_unknown,
    resolve_unknown,
    unknown_outcomes,
)
from aipaint.generation.whole_picture import keep_shown
from aipaint.history.records import JobRecord, ResultUse
from aipaint.history.transitions import is_final
from aipaint.ledger.status import BudgetStatus


class Generator(QObject):
    """One document's main job. Main thread only, but for what says that it is asked on workers."""

    job_changed = Signal(object)  # JobView
    job_done = Signal(object)  # JobOutcome
    candidates_changed = Signal()
    queue_changed = Signal(object)  # QueueView
    tray_changed = Signal()  # the inbox or the unknown outcomes may differ
    recovered = Signal(str)  # what an earlier session left behind
    partial_arrived = Signal(object)  # PartialPicture: to be looked at until its job ends
    trouble = Signal(object)  # AipaintError of something that ran behind the window
    _found = Signal(object)  # Recovered
    _looked_up = Signal(object)  # tuple[JobOutcome, ...]
    _opened = Signal(object)  # tuple[Candidate, ...]
    _delivered = Signal(object)  # what is to be done here with what a worker made

    def __init__(
        self,
        document: Document,
        desk: Desk,
        parent: QObject | None = None,
        *,
        most_at_once: int = 2,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._desk = desk
        self._review = Review()
        self._clicked: set[str] = set()  # those by generate, until they end
        self._earlier: dict[str, str] = {}  # job -> the job that bought its pictures
        self._project = ""
        self._leaving = threading.Event()
        self.gallery = Gallery(desk, self.tray_changed.emit)
        queue = self._queue = JobQueue(desk, self, most_at_once)
        queue.job_changed.connect(self._on_job_changed)
        queue.job_done.connect(self._on_job_done)
        queue.queue_changed.connect(self.queue_changed)
        queue.trouble.connect(self.trouble)
        self._found.connect(self._on_found)
        self._looked_up.connect(self.tray_changed)
        self._opened.connect(self._on_opened)
        self._delivered.connect(self._on_delivered)
        stage = EditStage(
            behind=lambda work: queue.in_background(self._safely(work), self._delivered),
            changed=self.candidates_changed.emit,
            enqueue=lambda job: self.enqueue(job.options, job),
            project=lambda: self._project,
        )
        self.edits = Edits(document, desk, self._review, stage)
        self._returning = ReturningResults(self._review, desk, stage.behind, self._on_opened)
        document.changed.connect(self._on_document_changed)

    @property
    def is_busy(self) -> bool:
        return self._queue.is_busy

    @property
    def is_generating(self) -> bool:
        """A job of the button is under way, which therefore rests."""
        return bool(self._clicked)

    def quote(self, options: GenerateOptions, picture: Picture | None = None) -> Quote:
        """The price of the options, on the picture as it is now if none is named; moves no
        money."""
        on = picture if picture is not None else self._document.picture
        return quote(options, on, self._desk)

    def generate(self, options: GenerateOptions) -> str:
        """Start a job and return its id; "" while an earlier one of this button is under way, so
        that a double click buys once."""
        if self._clicked:
            return ""
        job_id = self.enqueue(options)
        if job_id:
            self._clicked.add(job_id)
        return job_id

    def enqueue(self, options: GenerateOptions, again: Job | None = None) -> str:
        """Add a job on the picture as it is now, also while others run; its id, "" after
        `shut_down`. A disk that refuses ends the job with the reason. `again` is one of the
        gallery's, on the picture it was done on."""
        if self._leaving.is_set():
            return ""
        picture = again.picture if again is not None else self._document.picture.snapshot()
        original = again.original if again is not None else None
        job = Job(options, picture, original, waits_for_turn=True, project=self._project)
        job.replaces = again.replaces if again is not None else ""
        job.document = self._review.document
        job.show_partial = partial(self._show_partial, job)
        estimate = self.quote(options, picture).estimate
        self._queue.submit(job, estimate.micros if estimate is not None else None)
        self._review.expect(job.id)
        return job.id

    def _show_partial(self, job: Job, data: bytes, index: int) -> None:
        """On the job's worker. Raises UnreadableFileError."""
        self.partial_arrived.emit(partial_picture(job, data, index, self._desk))

    def set_project(self, name: str) -> None:
        """Whose money the next jobs spend: envelopes and reports go by it. "" is nobody's."""
        self._project = name

    def turn_to(self, document: str) -> None:
        """Another document is open, or the same anew: its own results are to be seen, the others
        wait until theirs is open again, in the inbox meanwhile."""
        self._review.turn_to(document)
        self._returning.look()
        self.candidates_changed.emit()
        self.tray_changed.emit()

    def rename_document(self, document: str) -> None:
        """The open document is known by another name now; its results stay."""
        self._review.rename(document)

    def is_here(self, job_id: str) -> bool:
        """Whether a job under way belongs to the document that is open."""
        return self._review.is_here(job_id)

    def duplicate_check(self, options: GenerateOptions) -> Callable[[], DuplicateOffer | None]:
        """Whether the same was bought a moment ago on the picture as it is now: call what this
        returns on a worker. It raises StorageError."""
        picture = self._document.picture.snapshot()
        return lambda: duplicate_offer(picture, options, self._desk)

    def checkout(
        self, options: GenerateOptions, picture: Picture | None = None
    ) -> Callable[[], Checkout]:
        """What should be asked before this is bought, for the picture as it is now if none is
        named: call what this returns on a worker. It raises UsageError, UnpricedModel and
        StorageError."""
        on = picture if picture is not None else self._document.picture.snapshot()
        project = self._project
        return lambda: check_out(on, options, project, self._desk)

    def queue(self) -> QueueView:
        """What runs and what waits."""
        return self._queue.view()

    def set_most_at_once(self, count: int) -> None:
        """How many paid jobs run together."""
        self._queue.set_most_at_once(count)

    def pause(self) -> None:
        """Nothing new starts; what runs goes on."""
        self._queue.pause()

    def unpause(self) -> None:
        self._queue.pause(False)

    def pause_job(self, job_id: str) -> None:
        """Hold one waiting job back."""
        self._queue.pause_job(job_id)

    def unpause_job(self, job_id: str) -> None:
        self._queue.pause_job(job_id, False)

    def move(self, job_id: str, index: int) -> None:
        """To this place among those that wait, counted from 0."""
        self._queue.move(job_id, index)

    def move_up(self, job_id: str) -> None:
        self._queue.move_by(job_id, -1)

    def move_down(self, job_id: str) -> None:
        self._queue.move_by(job_id, 1)

    def take_out(self, job_id: str) -> GenerateOptions | None:
        """A waiting job leaves the queue; what it asked for, None for one that does not wait."""
        return self._queue.take_out(job_id)

    def edit(self, job_id: str, options: GenerateOptions) -> bool:
        """A waiting job asks for something else on its picture; False for any other."""
        return self._queue.edit(job_id, options)

    def cancel(self, job_id: str) -> None:
        self._queue.cancel(job_id)

    def cancel_waiting(self) -> None:
        """Everything that has not started."""
        self._queue.cancel_waiting()

    def candidates(self) -> tuple[Candidate, ...]:
        """Results that wait for Apply or Discard, oldest first."""
        return self._review.candidates

    @property
    def can_give_back(self) -> bool:
        """Something was discarded and can be shown again."""
        return self._review.can_give_back

    def apply(self, candidate_id: str, *, mixes: bool = False) -> None:
        """The candidate becomes a layer on top (if it `mixes`, to be painted in) and the mask is
        used up, in one undoable step; undo brings it back to the others, which stay."""
        candidate = self._review.find(candidate_id)
        if candidate is None:
            return
        if candidate.growth != 1.0:
            self.edits.prepare_apply(candidate, lambda: self._on_applied(candidate))
            return
        command = (mix_command if mixes else apply_command)(candidate, self._document.picture)
        self._review.applied(candidate, command)
        self._document.do(command)
        self._on_applied(candidate)

    def discard(self, candidate_id: str) -> None:
        """Take one candidate off the strip; its files stay in the history."""
        candidate = self._review.take(candidate_id)
        if candidate is not None and not self._review.shows(candidate.job_id):
            self._used(candidate.job_id, self._review.use_of(candidate.job_id))
        self.candidates_changed.emit()

    def give_back(self) -> None:
        """The candidate that was discarded last waits again."""
        candidate = self._review.give_back()
        if candidate is not None:
            self._used(candidate.job_id, self._review.use_of(candidate.job_id))
        self.candidates_changed.emit()

    def recover(self) -> None:
        """Look after what earlier sessions left behind; `recovered` says what was found. Nothing is
        bought by it. Once, when somebody listens."""
        self._queue.in_background(self._safely(lambda: recover_jobs(self._desk)), self._found)

    def check_unknown(self) -> None:
        """Ask the providers that can tell what became of uncertain calls; `tray_changed` follows.
        Free calls only."""
        self._queue.in_background(
            self._safely(lambda: look_up_unknown(self._desk, self._leaving, lambda *_: None)),
            self._looked_up,
        )

    def open_inbox(self, job_id: str) -> None:
        """Show the pictures of a job in the inbox as candidates, once they are read."""
        if not self._review.shows(job_id):
            self._queue.in_background(
                self._safely(lambda: open_item(job_id, self._desk)), self._opened
            )

    def discard_inbox(self, job_id: str) -> None:
        """Nobody wants them; their files stay with the job in the history."""
        self._write(partial(discard_item, job_id, self._desk))

    def keep_inbox(self, job_id: str) -> None:
        """Take a discard back: they wait again."""
        self._write(partial(self._desk.history.set_result_use, job_id, ResultUse.WAITING))

    def inbox(self) -> tuple[InboxItem, ...]:
        """Bought pictures that nobody used yet and that are not on the strip, newest first. On a
        worker. Raises StorageError."""
        shown = {candidate.job_id for candidate in self.candidates()}
        return tuple(item for item in inbox_items(self._desk) if item.job_id not in shown)

    def unknown_outcomes(self) -> tuple[UnknownOutcome, ...]:
        """Calls that may have been charged, oldest first. On a worker. Raises StorageError."""
        return unknown_outcomes(self._desk)

    def resolve_unknown(self, ledger_id: int, *, charged: bool) -> None:
        """A person says how one ended. On a worker. Raises UsageError while it still runs."""
        resolve_unknown(self._desk, ledger_id, charged=charged)
        self.tray_changed.emit()

    def budget(self) -> BudgetStatus:
        """Spent, reserved and left per cap. On a worker too. Raises StorageError."""
        return self._desk.ledger.status()

    def recent_jobs(self, limit: int = 50) -> list[JobRecord]:
        """The newest jobs first. On a worker too. Raises StorageError."""
        return self._desk.history.jobs(limit)

    def shut_down(self) -> bool:
        """Nothing paid starts after this. False if a worker would not end in time."""
        self._leaving.set()
        self.edits.close()
        if self._desk.workers is not None:
            self._desk.workers.close()
        return self._queue.shut_down()

    def _on_applied(self, candidate: Candidate) -> None:
        self._write(partial(keep_shown, candidate, self._desk))
        self._used(candidate.job_id, ResultUse.APPLIED)
        self.candidates_changed.emit()

    def _on_delivered(self, then: Callable[[], None]) -> None:
        then()

    def _used(self, job_id: str, use: ResultUse) -> None:
        """Also for the job whose purchase was used again; candidate 0 is of no job."""
        if not job_id:
            return
        jobs = [job_id, *([self._earlier[job_id]] if job_id in self._earlier else [])]
        for one in jobs:
            self._write(partial(self._desk.history.set_result_use, one, use))

    def _write(self, change: Callable[[], None]) -> None:
        """On a worker; whoever shows the tray looks again once it is on the disk."""

        def written() -> None:
            change()
            self.tray_changed.emit()

        self._queue.write(written)

    def _safely(self, work: Callable[[], object]) -> Callable[[], object]:
        def done() -> object:
            try:
                return work()
            except AipaintError as error:
                if not self._leaving.is_set():
                    self.trouble.emit(error)
                return None

        return done

    def _on_job_changed(self, view: JobView) -> None:
        if is_final(view.status):
            self._clicked.discard(view.id)
        self.job_changed.emit(view)

    def _on_job_done(self, outcome: JobOutcome) -> None:
        self._clicked.discard(outcome.job_id)
        if outcome.duplicate_of is not None:
            self._earlier[outcome.job_id] = outcome.duplicate_of
        if self._review.arrived(outcome.job_id, outcome.candidates) and outcome.candidates:
            self.candidates_changed.emit()
        else:
            if outcome.candidates:
                self._returning.look()  # an earlier session may have asked for it, in this document
            self.tray_changed.emit()
        self.job_done.emit(outcome)

    def _on_found(self, recovered: Recovered) -> None:
        self._queue.adopt(recovered)
        if recovered.sentence:
            self.recovered.emit(recovered.sentence)
        self.check_unknown()

    def _on_document_changed(self, change: Change) -> None:
        """An undone Apply brings its candidate back, a redone one takes it away again."""
        if change.parts & Part.HISTORY:
            moved = self._review.follow(self._document.undo_stack)
            for candidate in moved:
                self._used(candidate.job_id, self._review.use_of(candidate.job_id))
            if moved:
                self.candidates_changed.emit()

    def _on_opened(self, candidates: tuple[Candidate, ...]) -> None:
        self._review.move_here(one for one in candidates if not self._review.shows(one.job_id))
        self.candidates_changed.emit()
        self.tray_changed.emit()
