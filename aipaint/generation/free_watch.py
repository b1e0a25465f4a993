"""`FreeWatch`: watches a call that costs nothing; only its cancel matters."""

import threading

from aipaint.providers.attempt import AttemptEnd


class FreeWatch:
    """For lists and look-ups. Nothing of such a call is kept."""

    is_leaving = False

    def __init__(self, cancelled: threading.Event) -> None:
        self.cancelled = cancelled

    def attempt_started(self) -> None:
        """Nothing is kept."""

    def attempt_ended(self, end: AttemptEnd) -> None:
        """Nothing is kept."""

    def sending(self) -> None:
        """Nothing is paid."""

    def accepted(self, remote_id: str) -> None:
        """Nothing to remember."""

    def progress(self, fraction: float | None, message: str) -> None:
        """Too short to report."""

    def arrived(self, data: bytes, extension: str) -> None:
        """No pictures come."""

    def partial(self, data: bytes, index: int) -> None:
        """No pictures come."""
