"""`QueueView`: the queue at one moment, as a panel shows it."""

from dataclasses import dataclass

from aipaint.money import Micros


@dataclass(frozen=True)
class QueuedJob:
    """`is_recovered`: of an earlier session. `fraction` is 0..1, None while it cannot be known."""

    id: str
    label: str
    operation: str
    provider: str
    is_paused: bool = False
    is_recovered: bool = False
    estimated_micros: Micros | None = None
    message: str = ""
    fraction: float | None = None


@dataclass(frozen=True)
class QueueView:
    """`waiting` in the order in which they will run. `is_paused`: nothing new starts. At most
    `paid_at_once` paid jobs run together."""

    is_paused: bool = False
    running: tuple[QueuedJob, ...] = ()
    waiting: tuple[QueuedJob, ...] = ()
    paid_at_once: int = 2

    @property
    def cost_micros(self) -> Micros:
        """What everything in it may cost, as far as that is known."""
        return sum(job.estimated_micros or 0 for job in (*self.running, *self.waiting))
