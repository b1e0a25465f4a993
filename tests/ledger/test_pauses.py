"""The fuse and the pauses: what stops paid calls, of whom, and who ends it."""

import pytest

from aipaint.database import Database
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.errors import BudgetPaused, RateLimited
from aipaint.ledger.guard import Fuse, Guard
from aipaint.ledger.ledger import Ledger
from tests.ledger.rig import Clock, ask, caps

FUSE = Fuse(1000, 10)


def fused(
    database: Database, clock: Clock, session: str = "one", fuse: Fuse | None = FUSE
) -> Ledger:
    return Ledger(database, Guard(caps(), fuse=fuse), session, clock)


def test_a_fuse_holds_exactly_what_it_says_and_then_stops_every_process(
    database: Database, clock: Clock
) -> None:
    first, second = fused(database, clock), fused(database, clock, "two", fuse=None)
    first.reserve(ask(999))
    first.reserve(ask(1))
    with pytest.raises(BudgetPaused) as paused:
        first.reserve(ask(1))
    assert paused.value.kind == "budget"
    assert paused.value.message == (
        "Paid calls are paused: $0.001 within the last 10 minutes, and the next call of up to "
        "$0.000001 would pass the fuse of $0.001."
    )
    assert "aipaint budget unpause" in paused.value.hint
    assert len(first.entries(9)) == 2  # nothing was held by the call that blew it
    clock.advance(days=3)
    with pytest.raises(BudgetPaused):
        second.reserve(ask(1, provider="replicate"))
    second.reserve(ask(0))
    fused(database, clock, "three").reserve(ask(0, provider="offline"))


def test_what_runs_is_settled_while_everything_is_paused(database: Database, clock: Clock) -> None:
    ledger = fused(database, clock)
    held = ledger.reserve(ask(1000))
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))
    ledger.mark_sent(held)
    ledger.settle(held, 900, CostSource.USAGE)
    assert ledger.entries(1)[0].state is EntryState.SETTLED


def test_a_person_goes_on_and_the_fuse_counts_from_there(database: Database, clock: Clock) -> None:
    ledger = fused(database, clock)
    ledger.reserve(ask(1000))
    for _ in range(2):
        with pytest.raises(BudgetPaused):
            ledger.reserve(ask(1))
    (pause,) = ledger.status().pauses  # blown twice, paused once
    assert pause.provider == ""
    clock.advance(seconds=5)
    assert [each.id for each in ledger.resume_spending()] == [pause.id]
    assert ledger.status().pauses == ()
    clock.advance(seconds=1)
    ledger.reserve(ask(1000))
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))


def test_the_fuse_forgets_after_its_minutes_and_what_was_released(
    database: Database, clock: Clock
) -> None:
    ledger = fused(database, clock)
    ledger.release(ledger.reserve(ask(1000)))
    ledger.reserve(ask(600))
    clock.advance(minutes=10)
    ledger.reserve(ask(1000))
    clock.advance(minutes=9, seconds=59)
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))


def test_the_fuse_counts_what_was_settled_not_what_was_held(
    database: Database, clock: Clock
) -> None:
    ledger = fused(database, clock)
    ledger.settle(ledger.reserve(ask(900)), 100, CostSource.USAGE)
    ledger.reserve(ask(900))
    assert ledger.status().pauses == ()


@pytest.mark.parametrize(("minutes_back", "is_blown"), [(9, True), (11, False)])
def test_a_clock_set_back_hides_no_spending_and_does_not_blow_for_ever(
    database: Database, clock: Clock, minutes_back: int, is_blown: bool
) -> None:
    ledger = fused(database, clock)
    ledger.reserve(ask(1000))
    clock.advance(minutes=-minutes_back)
    if is_blown:
        with pytest.raises(BudgetPaused):
            ledger.reserve(ask(1))
    else:
        ledger.reserve(ask(1))


def test_an_end_dated_in_the_future_does_not_switch_the_fuse_off(
    database: Database, clock: Clock
) -> None:
    ledger = fused(database, clock)
    ledger.reserve(ask(1000))
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))
    clock.advance(days=1)
    ledger.resume_spending()
    clock.advance(days=-1)
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))


def test_a_call_that_has_to_wait_does_not_blow_the_fuse(database: Database, clock: Clock) -> None:
    guard = Guard(caps(), rate_limit_seconds=10, fuse=FUSE)
    ledger = Ledger(database, guard, "one", clock)
    ledger.reserve(ask(1000))
    with pytest.raises(RateLimited):
        ledger.reserve(ask(1))
    assert ledger.status().pauses == ()


def test_one_call_above_the_fuse_blows_it(database: Database, clock: Clock) -> None:
    ledger = fused(database, clock)
    with pytest.raises(BudgetPaused, match=r"of \$0\.001"):
        ledger.reserve(ask(1001))
    assert len(ledger.status().pauses) == 1


def test_a_provider_without_money_is_paused_alone(database: Database, clock: Clock) -> None:
    ledger = fused(database, clock, fuse=None)
    ledger.pause_provider("openai", "the account has no credit left.")
    ledger.pause_provider("openai", "again.")
    with pytest.raises(BudgetPaused) as paused:
        ledger.reserve(ask(1))
    assert paused.value.message == (
        "Paid calls of openai are paused: the account has no credit left."
    )
    ledger.reserve(ask(1, provider="replicate"))
    assert len(ledger.status().pauses) == 1
    assert ledger.resume_spending("replicate") == ()
    assert [pause.reason for pause in ledger.resume_spending("openai")] == [
        "the account has no credit left."
    ]
    ledger.reserve(ask(1))


def test_going_on_with_one_provider_leaves_the_others_paused(
    database: Database, clock: Clock
) -> None:
    ledger = fused(database, clock, fuse=None)
    ledger.pause_provider("openai", "empty.")
    ledger.pause_provider("replicate", "empty.")
    ledger.resume_spending("openai")
    ledger.reserve(ask(1))
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1, provider="replicate"))
    assert len(ledger.resume_spending()) == 1


def test_the_end_of_a_providers_pause_does_not_reset_the_fuse(
    database: Database, clock: Clock
) -> None:
    ledger = fused(database, clock)
    ledger.reserve(ask(1000))
    ledger.pause_provider("replicate", "empty.")
    clock.advance(seconds=1)
    ledger.resume_spending("replicate")
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))
