"""What calls really cost: seen, shown, and raising the next estimate."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.database import Database
from aipaint.ledger.calibrate import calibrated, price_warning
from aipaint.ledger.entry import CostSource
from aipaint.ledger.guard import Guard
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import Estimate, EstimatePart, Tier
from aipaint.ledger.price_book import PriceBook, PriceRequest
from aipaint.ledger.seen import Seen
from aipaint.ledger.tiers import Tiers
from tests.ledger.rig import Clock, ask, caps

MODEL = "gpt-image-2.5-flare"
WISH = PriceRequest("openai", MODEL, "edit", 1024, 1024, "low", input_images=1)
QUOTE = Estimate(40_000, Tier.MEDIUM, (), "the list", "2026-11", 40_000)


@pytest.fixture
def ledger(database: Database, clock: Clock) -> Ledger:
    return Ledger(database, Guard(caps()), "one", clock)


def buy(
    ledger: Ledger,
    micros: int,
    source: CostSource = CostSource.USAGE,
    wish: PriceRequest = WISH,
    count: int = 1,
) -> None:
    spend = ask(
        40_000 * count,
        provider=wish.provider,
        model=wish.model,
        operation=wish.operation,
        priced_as=wish.priced_as,
        count=count,
    )
    ledger.settle(ledger.reserve(spend), micros, source)


def test_nothing_is_seen_before_something_was_reported(ledger: Ledger) -> None:
    ledger.reserve(ask(40_000, priced_as=WISH.priced_as))
    ledger.mark_unknown(ledger.reserve(ask(40_000, priced_as=WISH.priced_as)))
    ledger.release(ledger.reserve(ask(40_000, priced_as=WISH.priced_as)))
    buy(ledger, 40_000, CostSource.ESTIMATE)
    buy(ledger, 0, CostSource.FREE)
    assert ledger.seen_costs(WISH) is None
    for source in (CostSource.USAGE, CostSource.PROVIDER, CostSource.TIME):
        buy(ledger, 40_000, source)
    assert ledger.seen_costs(WISH) == Seen(3, 40_000, 40_000)


@pytest.mark.parametrize(
    "other",
    [
        PriceRequest("replicate", MODEL, "edit", 1024, 1024, "low", input_images=1),
        PriceRequest("openai", "gpt-image-2", "edit", 1024, 1024, "low", input_images=1),
        PriceRequest("openai", MODEL, "generate", 1024, 1024, "low", input_images=1),
        PriceRequest("openai", MODEL, "edit", 1536, 1024, "low", input_images=1),
        PriceRequest("openai", MODEL, "edit", 1024, 1536, "low", input_images=1),
        PriceRequest("openai", MODEL, "edit", 1024, 1024, "high", input_images=1),
        PriceRequest("openai", MODEL, "edit", 1024, 1024, "low", input_images=2),
    ],
)
def test_only_calls_that_should_cost_the_same_are_compared(
    ledger: Ledger, other: PriceRequest
) -> None:
    buy(ledger, 99_000, wish=other)
    assert ledger.seen_costs(WISH) is None
    assert ledger.seen_costs(other) == Seen(1, 99_000, 99_000)


def test_the_last_twenty_count_per_picture(ledger: Ledger) -> None:
    buy(ledger, 900_000)
    buy(ledger, 120_001, count=3)
    for number in range(19):
        buy(ledger, 38_000 + 100 * number)
    assert ledger.seen_costs(WISH) == Seen(20, 38_000, 40_001)
    buy(ledger, 51_000)
    assert ledger.seen_costs(WISH) == Seen(20, 38_000, 51_000)


def test_seen_costs_in_words() -> None:
    assert Seen(20, 38_000, 51_000).words() == "your last 20: $0.038-0.051"
    assert Seen(3, 38_000, 38_000).words(2) == "your last 3: $0.076"
    assert Seen(1, 38_000, 38_000).words() == "your last one: $0.038"


def test_an_estimate_is_raised_to_what_the_own_calls_cost() -> None:
    found = calibrated(QUOTE, Seen(4, 30_000, 51_000), 2, Tiers())
    assert (found.micros, found.rule_micros, found.tier) == (102_000, 40_000, Tier.HIGH)
    assert found.parts == (EstimatePart("own experience", "your last 4: $0.06-0.11", 62_000),)
    assert found.seen == Seen(4, 30_000, 51_000)


def test_an_estimate_is_never_lowered() -> None:
    found = calibrated(QUOTE, Seen(4, 30_000, 40_000), 1, Tiers())
    assert (found.micros, found.parts, found.seen) == (40_000, (), Seen(4, 30_000, 40_000))
    assert calibrated(QUOTE, None, 1, Tiers()) == QUOTE


def test_the_tier_is_by_the_limits_in_force() -> None:
    assert calibrated(QUOTE, None, 1, Tiers(1, 40_000)).tier is Tier.HIGH
    assert calibrated(QUOTE, None, 1, Tiers(40_001, 90_000)).tier is Tier.LOW


@pytest.mark.parametrize(("actual", "warns"), [(0, False), (50_000, False), (50_001, True)])
def test_a_quarter_above_the_rule_is_worth_a_sentence(actual: int, warns: bool) -> None:
    assert bool(price_warning(QUOTE, actual)) is warns


def test_the_warning_says_what_it_cost_and_whose_price_was_wrong() -> None:
    raised = calibrated(QUOTE, Seen(1, 90_000, 90_000), 1, Tiers())
    assert price_warning(raised, 60_000) == (
        "This cost $0.06, more than the $0.04 of its price rule (the list, 2026-11)."
        " The next estimate counts with it."
    )
    undated = Estimate(1, Tier.LOW, (), "you", "", 1)
    assert "(you)." in price_warning(undated, 60_000)


@given(costs=st.lists(st.integers(1, 200_000), min_size=1, max_size=25), counts=st.integers(1, 5))
def test_no_estimate_is_below_the_last_calls(costs: list[int], counts: int) -> None:
    """I7, without the database: whatever was seen, the next estimate covers it."""
    seen = Seen(len(costs), min(costs), max(costs))
    found = calibrated(QUOTE, seen, counts, Tiers())
    assert found.micros >= max(QUOTE.micros, *(cost * counts for cost in costs))
    assert found.micros == QUOTE.micros + sum(part.micros for part in found.parts)


def test_the_book_says_what_the_rule_alone_asks() -> None:
    book = PriceBook.load(Path(__file__).parents[2] / "resources" / "prices.toml")
    found = book.estimate(WISH)
    assert found.rule_micros == found.micros > 0
