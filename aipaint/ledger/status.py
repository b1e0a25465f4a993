"""How much is spent, held, uncertain and left under each cap."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipaint.ledger.caps import Cap
from aipaint.ledger.entry import EntryState
from aipaint.ledger.guard import Envelope
from aipaint.ledger.pause import Pause
from aipaint.money import Micros


@dataclass(frozen=True)
class CapStatus:
    """One cap. `period` is session, day or month; `cap_micros` 0 and `left_micros` None: unlimited.

    For an envelope `period` is project or provider and `name` says which; its 0 is no money.
    `resets_at` is the ISO local time at which the window ends, None for a session or project.
    """

    period: str
    cap_micros: Micros
    settled_micros: Micros
    reserved_micros: Micros
    unknown_micros: Micros
    left_micros: Micros | None
    resets_at: str | None
    source: str
    name: str = ""

    @property
    def used_micros(self) -> Micros:
        return self.settled_micros + self.reserved_micros + self.unknown_micros


@dataclass(frozen=True)
class BudgetStatus:
    """The caps in the order session, day, month; envelopes as they were set; what is stopped."""

    caps: tuple[CapStatus, ...]
    envelopes: tuple[CapStatus, ...] = ()
    pauses: tuple[Pause, ...] = ()


def cap_status(
    period: str, cap: Cap, used: Mapping[EntryState, Micros], resets_at: str | None
) -> CapStatus:
    """From what the rows of the period hold and have spent, by their state."""
    sums = _sums(used)
    left = max(0, cap.limit_micros - sum(sums)) if cap.limit_micros else None
    return CapStatus(period, cap.limit_micros, *sums, left, resets_at, cap.source)


def envelope_status(
    envelope: Envelope, used: Mapping[EntryState, Micros], resets_at: str | None
) -> CapStatus:
    """The same for an envelope, which is never unlimited."""
    sums = _sums(used)
    left = max(0, envelope.limit_micros - sum(sums))
    return CapStatus(
        envelope.kind.value,
        envelope.limit_micros,
        *sums,
        left,
        resets_at,
        envelope.source,
        envelope.name,
    )


def _sums(used: Mapping[EntryState, Micros]) -> tuple[Micros, Micros, Micros]:
    return (
        used.get(EntryState.SETTLED, 0),
        used.get(EntryState.RESERVED, 0),
        used.get(EntryState.UNKNOWN, 0),
    )
