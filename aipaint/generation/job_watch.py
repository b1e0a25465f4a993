"""`JobWatch`: makes durable what a provider says about a running call."""

import threading

from aipaint.generation.desk import Desk
from aipaint.generation.job import Job, Report
from aipaint.ledger.entry import Reservation


class JobWatch:
    """One per attempt; called on the worker only. `arrived` stores bytes before anybody looks."""

    def __init__(self, job: Job, reservation: Reservation, desk: Desk, report: Report) -> None:
        self.cancelled: threading.Event = job.cancelled
        self.was_sent = False
        self._job = job
        self._reservation = reservation
        self._desk = desk
        self._report = report

    def sending(self) -> None:
        self._desk.ledger.mark_sent(self._reservation)
        self.was_sent = True

    def accepted(self, remote_id: str) -> None:
        self._desk.history.set_remote_id(self._job.id, remote_id)

    def progress(self, fraction: float | None, message: str) -> None:
        self._report(fraction, message)

    def arrived(self, data: bytes, extension: str) -> None:
        self._desk.history.store_image(self._job.id, "raw", data, extension, 0, 0)
