"""A reservation resolves once: every step after every other step."""

from collections.abc import Callable

import pytest

from aipaint.database import Database
from aipaint.ledger.entry import CostSource, EntryState, Reservation
from aipaint.ledger.errors import LedgerError
from aipaint.ledger.ledger import Ledger
from tests.ledger.rig import Clock, ask, caps, ledger_on

Step = Callable[[Ledger, Reservation], None]

STEPS: dict[str, Step] = {
    "sent": lambda ledger, held: ledger.mark_sent(held),
    "settle": lambda ledger, held: ledger.settle(held, 90, CostSource.USAGE),
    "settle the same": lambda ledger, held: ledger.settle(held, 90, CostSource.PROVIDER),
    "settle another": lambda ledger, held: ledger.settle(held, 91, CostSource.USAGE),
    "release": lambda ledger, held: ledger.release(held),
    "unknown": lambda ledger, held: ledger.mark_unknown(held),
    "charged": lambda ledger, held: ledger.resolve(held.ledger_id, charged=True),
    "not charged": lambda ledger, held: ledger.resolve(held.ledger_id, charged=False),
}

RESULTS = {
    "sent": (EntryState.RESERVED, None),
    "settle": (EntryState.SETTLED, 90),
    "settle the same": (EntryState.SETTLED, 90),
    "settle another": (EntryState.SETTLED, 91),
    "release": (EntryState.RELEASED, 0),
    "unknown": (EntryState.UNKNOWN, None),
    "charged": (EntryState.SETTLED, 100),
    "not charged": (EntryState.RELEASED, 0),
}

NO_OPS = {
    ("settle", "settle the same"),
    ("settle", "settle"),
    ("settle the same", "settle"),
    ("settle the same", "settle the same"),
    ("settle another", "settle another"),
}
"""Second steps on a resolved row that change nothing and are no error."""

RESOLVED = ("settle", "settle the same", "settle another", "release", "charged", "not charged")


@pytest.mark.parametrize("first", STEPS)
@pytest.mark.parametrize("second", STEPS)
def test_a_second_step(database: Database, clock: Clock, first: str, second: str) -> None:
    ledger = ledger_on(database, caps(day=1000), clock)
    held = ledger.reserve(ask(100))
    STEPS[first](ledger, held)
    before = ledger.entries(1)[0]
    is_error = _is_error(first, second)
    if is_error:
        with pytest.raises(LedgerError, match="already"):
            STEPS[second](ledger, held)
    else:
        STEPS[second](ledger, held)
    after = ledger.entries(1)[0]
    if is_error or (first, second) in NO_OPS:
        assert after == before
    else:
        assert (after.state, after.actual_micros) == RESULTS[second]
    assert ledger.audit() == ()


def _is_error(first: str, second: str) -> bool:
    if first in RESOLVED:
        return (first, second) not in NO_OPS
    return first == "unknown" and second == "sent"


def test_what_the_user_says_is_settled_at_the_estimate(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock)
    held = ledger.reserve(ask(100))
    ledger.mark_unknown(held)
    clock.advance(days=400)
    assert ledger.entries(1)[0].state is EntryState.UNKNOWN  # never expires by time
    ledger.resolve(held.ledger_id, charged=True)
    assert ledger.entries(1)[0].cost_source is CostSource.ESTIMATE
