"""`StopSign`: the one place that says when waiting ends, by the user's cancel or by the deadline.

A blocking call cannot be interrupted from another thread, so nothing here blocks for long:
everybody who waits does so in slices and asks the sign before each of them.
"""

import threading
import time
from collections.abc import Callable
from enum import Enum

SLICE_SECONDS = 0.04
"""The longest single wait: a cancel is noticed after at most this long."""


class StopReason(Enum):
    """Why waiting ended."""

    CANCELLED = "cancelled"
    DEADLINE = "deadline"


class Stopped(Exception):
    """Raised where the work was; whoever knows what was sent turns it into an error."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class StopSign:
    """Counts a total deadline from its construction and watches a cancel event."""

    def __init__(
        self,
        cancelled: threading.Event,
        deadline_seconds: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.cancelled = cancelled
        self.deadline_seconds = deadline_seconds
        self._monotonic = monotonic
        self._ends_at = monotonic() + deadline_seconds

    @property
    def remaining_seconds(self) -> float:
        return max(0.0, self._ends_at - self._monotonic())

    def check(self) -> None:
        """Raise `Stopped` if waiting must end now."""
        if self.cancelled.is_set():
            raise Stopped(StopReason.CANCELLED)
        if self.remaining_seconds <= 0:
            raise Stopped(StopReason.DEADLINE)

    def next_slice_seconds(self) -> float:
        """How long the next wait may take. Raises `Stopped`."""
        self.check()
        return min(SLICE_SECONDS, max(0.001, self.remaining_seconds))

    def wait(self, seconds: float) -> None:
        """Sleep, unless cancelled or out of time. Raises `Stopped`."""
        until = self._monotonic() + seconds
        while (left := until - self._monotonic()) > 0:
            self.check()
            self.cancelled.wait(min(left, self.remaining_seconds))
        self.check()
