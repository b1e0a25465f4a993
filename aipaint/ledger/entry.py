"""What goes into the ledger and what is read from it: plain frozen values."""

from dataclasses import dataclass
from enum import Enum

from aipaint.money import Micros


class EntryState(Enum):
    """Where the money of one call stands. The value is what the database stores."""

    RESERVED = "reserved"
    SETTLED = "settled"
    RELEASED = "released"
    UNKNOWN = "unknown"

    @property
    def is_open(self) -> bool:
        """Whether the estimate is still held."""
        return self in (EntryState.RESERVED, EntryState.UNKNOWN)


class CostSource(Enum):
    """Where the actual cost of a settled call comes from."""

    USAGE = "usage"
    PROVIDER = "provider"
    TIME = "time"
    ESTIMATE = "estimate"
    FREE = "free"


@dataclass(frozen=True)
class SpendRequest:
    """What a call wants to spend: `micros` is the upper bound that is held until it is known.

    `fingerprint` "" is never a duplicate. `is_fresh`: the user chose to buy the same thing again.
    `count` pictures are asked for; `priced_as` (PriceRequest.priced_as) is what calls must share
    for the price of one to tell the price of the next.
    """

    job_id: str
    provider: str
    model: str
    operation: str
    micros: Micros
    fingerprint: str
    is_image_call: bool
    is_fresh: bool = False
    project: str = ""
    count: int = 1
    priced_as: str = ""


@dataclass(frozen=True)
class Reservation:
    """A held amount: resolved once, by settling or releasing it."""

    ledger_id: int
    job_id: str
    micros: Micros


@dataclass(frozen=True)
class LedgerEntry:
    """One row of the ledger. Times are UTC microseconds, `local_day` is an ISO date."""

    id: int
    job_id: str
    session_id: str
    provider: str
    model: str
    operation: str
    state: EntryState
    reserved_micros: Micros
    actual_micros: Micros | None
    cost_source: CostSource | None
    local_day: str
    created_at: int
    closed_at: int | None
    sent_at: int | None = None
    local_month: str = ""
    fingerprint: str = ""
    is_image_call: bool = False
    project: str = ""
    count: int = 1
    priced_as: str = ""
