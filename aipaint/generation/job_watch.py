"""`JobWatch`: makes durable what a provider says about a running call."""

import logging
import threading

from aipaint.errors import AipaintError
from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, Report
from aipaint.generation.vault import Vault
from aipaint.history.records import AttemptOutcome, JobStep
from aipaint.ledger.entry import Reservation
from aipaint.providers.attempt import AttemptEnd

_LOG = logging.getLogger(__name__)


class JobWatch:
    """One per purchase; called on the worker only. `arrived` stores bytes before anybody looks.

    `has_arrived` once there are any, wherever the vault has them.
    """

    def __init__(self, job: Job, reservation: Reservation, desk: Desk, report: Report) -> None:
        self.cancelled: threading.Event = job.cancelled
        self.was_sent = False
        self.was_accepted = False
        self.has_arrived = False
        self._job = job
        self._reservation = reservation
        self._desk = desk
        self._report = report
        self._attempt = 0
        self.vault = Vault(job, desk, report)
        self._show = job.show_partial

    @property
    def is_leaving(self) -> bool:
        return self._job.is_leaving

    def attempt_started(self) -> None:
        history = self._desk.history
        self._attempt = history.attempt_started(self._job.id, self._reservation.ledger_id)

    def attempt_ended(self, end: AttemptEnd) -> None:
        outcome = AttemptOutcome(end.result.value)
        try:
            self._desk.history.attempt_ended(
                self._job.id, self._attempt, outcome, end.detail, end.http_status
            )
        except AipaintError as error:
            # The answer is worth more than the note about it.
            _LOG.info("An attempt could not be written down: %s", error)
        self._desk.reached("answered")

    def sending(self) -> None:
        self._desk.ledger.mark_sent(self._reservation)
        self._desk.history.step(self._job.id, JobStep.SENT)
        self.was_sent = True
        self._desk.reached(JobStep.SENT.value)

    def accepted(self, remote_id: str) -> None:
        """Work that is under way is waited for, also if its id could not be written down."""
        self.was_accepted = True
        try:
            self._desk.history.set_remote_id(self._job.id, remote_id)
            self._desk.history.step(self._job.id, JobStep.ACCEPTED)
        except AipaintError as error:
            _LOG.info("The id of bought work could not be written down: %s", error)
        self._desk.reached(JobStep.ACCEPTED.value)

    def progress(self, fraction: float | None, message: str) -> None:
        self._report(fraction, message)

    def partial(self, data: bytes, index: int) -> None:
        """Shown by whoever looks; a fault in showing must not cost the picture that is bought."""
        try:
            self._show(data, index)
        except AipaintError as error:
            _LOG.info("A picture on its way could not be shown: %s", error)

    def arrived(self, data: bytes, extension: str) -> None:
        """Stored once, also where an earlier process stored it already; never raises."""
        self.has_arrived = True
        self.vault.keep(data, extension)
        self._desk.reached("arrived")
