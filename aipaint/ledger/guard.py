"""Everything that stands between a click and a purchase: plain frozen values."""

from dataclasses import dataclass, field
from enum import Enum

from aipaint.ledger.caps import Caps
from aipaint.ledger.tiers import Tiers
from aipaint.money import Micros


class EnvelopeKind(Enum):
    """What an envelope is for. The value is what settings and messages say."""

    PROJECT = "project"
    PROVIDER = "provider"


@dataclass(frozen=True)
class Envelope:
    """A limit of one project (for its whole life) or one provider (per local month).

    Unlike a cap, a limit of 0 lets nothing through; without an envelope there is no limit.
    """

    kind: EnvelopeKind
    name: str
    limit_micros: Micros
    source: str = "settings"


@dataclass(frozen=True)
class Fuse:
    """More than `micros` within `minutes` stops every paid call until a person goes on."""

    micros: Micros
    minutes: int


@dataclass(frozen=True)
class Guard:
    """The limits in force. A change is a new one, handed to `Ledger.set_guard`.

    `dedupe_ttl_seconds`: how long a purchase is offered instead of the same one again.
    `ask_from_micros`, `ask_from_count`: from which price and number of pictures on the window
    asks first (0 = not because of that).
    """

    caps: Caps
    rate_limit_seconds: int = 0
    envelopes: tuple[Envelope, ...] = ()
    fuse: Fuse | None = None
    tiers: Tiers = field(default_factory=Tiers)
    dedupe_ttl_seconds: int = 86_400
    ask_from_micros: Micros = 0
    ask_from_count: int = 4
