"""How much is spent, held, uncertain and left under each cap."""

from dataclasses import dataclass

from aipaint.money import Micros


@dataclass(frozen=True)
class CapStatus:
    """One cap. `period` is session, day or month; `cap_micros` 0 and `left_micros` None: unlimited.

    `resets_at` is the ISO local time at which the window ends, None for a session.
    """

    period: str
    cap_micros: Micros
    settled_micros: Micros
    reserved_micros: Micros
    unknown_micros: Micros
    left_micros: Micros | None
    resets_at: str | None
    source: str

    @property
    def used_micros(self) -> Micros:
        return self.settled_micros + self.reserved_micros + self.unknown_micros


@dataclass(frozen=True)
class BudgetStatus:
    """The caps in the order session, day, month."""

    caps: tuple[CapStatus, ...]
