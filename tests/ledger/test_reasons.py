"""When a person is asked before paying, and what for."""

import pytest

from aipaint.database import Database
from aipaint.ledger.entry import CostSource
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import Estimate, PriceRequest, Tier
from aipaint.ledger.tiers import Tiers
from tests.ledger.rig import Clock, ask, caps

MODEL = "gpt-image-2.5-flare"


@pytest.fixture
def ledger(database: Database, clock: Clock) -> Ledger:
    ledger = Ledger(database, Guard(caps()), "one", clock)
    ledger.settle(ledger.reserve(ask(40_000)), 40_000, CostSource.USAGE)
    return ledger


def reasons(
    ledger: Ledger, micros: int, count: int = 1, provider: str = "openai", model: str = MODEL
) -> tuple[str, ...]:
    quote = Estimate(micros, Tier.LOW, (), "the list", "2026-11", micros)
    return ledger.reasons_to_ask(quote, PriceRequest(provider, model, "edit", count=count))


def test_an_ordinary_call_goes_out_without_a_question(ledger: Ledger) -> None:
    assert reasons(ledger, 79_999) == ()
    assert reasons(ledger, 99_999, count=3) == ()


def test_a_free_call_never_asks(ledger: Ledger) -> None:
    assert reasons(ledger, 0, count=50, provider="offline") == ()


def test_the_high_tier_asks_by_the_limit_in_force(ledger: Ledger, clock: Clock) -> None:
    assert reasons(ledger, 100_000, count=3) == (
        "It is expensive: up to $0.10 (from $0.10 on you are asked).",
    )
    ledger.set_guard(Guard(caps(), tiers=Tiers(1, 50_000)), source="window")
    assert reasons(ledger, 50_000) == (
        "It is expensive: up to $0.05 (from $0.05 on you are asked).",
    )


def test_a_threshold_of_the_users_own_asks_earlier(ledger: Ledger) -> None:
    ledger.set_guard(Guard(caps(), ask_from_micros=30_000), source="window")
    assert reasons(ledger, 29_999) == ()
    assert reasons(ledger, 30_000) == (
        "It may cost up to $0.03 (you want to be asked from $0.03 on).",
    )
    assert len(reasons(ledger, 100_000, count=3)) == 1  # not said twice


def test_the_first_call_to_a_provider_asks(ledger: Ledger) -> None:
    assert reasons(ledger, 10, provider="replicate") == ("It is the first paid call to replicate.",)
    held = ledger.reserve(ask(10, provider="replicate"))
    assert reasons(ledger, 10, provider="replicate", model="other") == ()
    ledger.release(held)  # it was refused: nothing was paid
    assert len(reasons(ledger, 10, provider="replicate", model="other")) == 1


def test_a_free_call_is_no_payment(ledger: Ledger) -> None:
    ledger.settle(ledger.reserve(ask(0, provider="replicate")), 0, CostSource.FREE)
    assert len(reasons(ledger, 10, provider="replicate")) == 1


def test_a_batch_asks(ledger: Ledger) -> None:
    assert reasons(ledger, 50_000, count=4) == ("It is a batch: 4 pictures, together up to $0.05.",)
    ledger.set_guard(Guard(caps(), ask_from_count=0), source="window")
    assert reasons(ledger, 50_000, count=9) == ()


def test_twice_the_last_price_asks(ledger: Ledger) -> None:
    assert reasons(ledger, 80_000) == (
        "It may cost twice what the last one did: $0.08, not $0.04.",
    )
    assert reasons(ledger, 160_000, count=2)[1:] == (
        "It may cost twice what the last one did: $0.16, not $0.08.",
    )
    assert reasons(ledger, 80_000, model="never bought") == ()
    ledger.settle(ledger.reserve(ask(10)), 0, CostSource.PROVIDER)
    assert len(reasons(ledger, 80_000)) == 1  # one that was free is no price to go by
    ledger.settle(ledger.reserve(ask(90_000, count=3)), 90_001, CostSource.PROVIDER)
    assert reasons(ledger, 60_001) == ()  # 30,001 a picture, rounded up
    assert len(reasons(ledger, 60_002)) == 1
    assert reasons(ledger, 90_000, count=3) == ()
