"""Reserving, the three caps, the rate limit, duplicates, and what is told about a refusal."""

import threading
from typing import Any

import pytest

from aipaint.database import Database, connection
from aipaint.errors import StorageError
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry
from aipaint.ledger.errors import BudgetBlocked, DuplicateInFlight, LedgerError, RateLimited
from aipaint.ledger.guard import Guard
from aipaint.ledger.status import CapStatus
from tests.ledger.rig import Clock, ask, caps, ledger_on


def test_a_paid_call_walks_from_reserved_to_settled(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(day=1000), clock)
    held = ledger.reserve(ask(400, fingerprint="abc"))
    assert ledger.entries(5)[0].sent_at is None
    clock.advance(seconds=1)
    ledger.mark_sent(held)
    clock.advance(seconds=9)
    ledger.settle(held, 150, CostSource.USAGE)
    created = 1_795_176_000_000_000  # 2026-11-20 12:00 UTC
    assert ledger.entries(5) == [
        LedgerEntry(
            id=held.ledger_id,
            job_id="job-1",
            session_id="session-1",
            provider="openai",
            model="gpt-image-2.5-flare",
            operation="edit",
            state=EntryState.SETTLED,
            reserved_micros=400,
            actual_micros=150,
            cost_source=CostSource.USAGE,
            local_day="2026-11-20",
            created_at=created,
            closed_at=created + 10_000_000,
            sent_at=created + 1_000_000,
            local_month="2026-11",
            fingerprint="abc",
            is_image_call=True,
        )
    ]


def test_a_retry_keeps_the_time_of_the_first_send(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock)
    held = ledger.reserve(ask())
    ledger.mark_sent(held)
    first = ledger.entries(1)[0].sent_at
    clock.advance(seconds=5)
    ledger.mark_sent(held)
    assert ledger.entries(1)[0].sent_at == first


@pytest.mark.parametrize("period", ["session", "day", "month"])
def test_each_cap_admits_exactly_up_to_it(database: Database, clock: Clock, period: str) -> None:
    ledger = ledger_on(database, caps(**{period: 1000}), clock)
    ledger.reserve(ask(600))
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(401))
    found = blocked.value
    assert (found.period, found.cap_micros, found.left_micros, found.needed_micros) == (
        period,
        1000,
        400,
        401,
    )
    ledger.reserve(ask(400))
    assert len(ledger.entries(10)) == 2


def test_the_session_cap_is_of_one_session_the_others_of_all(
    database: Database, clock: Clock
) -> None:
    first = ledger_on(database, caps(session=500), clock, "one")
    second = ledger_on(database, caps(session=500, day=800), clock, "two")
    first.reserve(ask(500))
    second.reserve(ask(300))
    with pytest.raises(BudgetBlocked) as blocked:
        second.reserve(ask(1))
    assert blocked.value.period == "day"


def test_every_state_but_released_counts(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(day=1000), clock)
    ledger.release(ledger.reserve(ask(1000)))
    ledger.settle(ledger.reserve(ask(400)), 300, CostSource.USAGE)
    ledger.mark_unknown(ledger.reserve(ask(200)))
    ledger.reserve(ask(100))
    day = ledger.status().caps[1]
    assert day == CapStatus("day", 1000, 300, 100, 200, 400, day.resets_at, "environment")
    assert day.used_micros == 600
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(401))


def test_a_cost_above_the_estimate_is_settled_in_full_and_blocks(
    database: Database, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(day=1000), clock)
    ledger.settle(ledger.reserve(ask(900)), 1200, CostSource.PROVIDER)
    assert ledger.status().caps[1].left_micros == 0
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))


def test_a_cap_of_zero_is_unlimited_and_says_so(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock)
    ledger.reserve(ask(10**12))
    assert [cap.left_micros for cap in ledger.status().caps] == [None, None, None]


def test_what_costs_nothing_passes_every_limit(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(day=100), clock, rate_limit_seconds=60)
    ledger.reserve(ask(100, "job-1", fingerprint="same"))
    free = ledger.reserve(ask(0, "job-2", provider="offline", fingerprint="same"))
    ledger.settle(free, 0, CostSource.FREE)
    assert ledger.entries(1)[0].cost_source is CostSource.FREE


def test_lower_caps_block_the_next_call_and_leave_the_running_one(
    database: Database, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(day=1000), clock)
    held = ledger.reserve(ask(800))
    ledger.set_guard(Guard(caps(day=500)), source="window")
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))
    ledger.settle(held, 700, CostSource.USAGE)
    ledger.set_guard(Guard(caps(day=1500)), source="window")
    ledger.reserve(ask(800))


def test_the_refusal_says_which_cap_how_much_is_left_and_what_to_do(
    database: Database, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(session=0, day=10_000_000, month=9_000_000), clock)
    ledger.mark_unknown(ledger.reserve(ask(8_960_000)))
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(41_000))
    error = blocked.value
    assert error.kind == "budget"
    assert error.message == (
        "Blocked by the monthly cap of $9.00: $0.04 is left and this may cost up to $0.041."
    )
    assert "AIE_BUDGET_MONTHLY_CAP (set by: settings)" in error.hint
    assert "2026-12-01" in error.hint
    assert "$8.96 is held by calls with an unknown outcome" in error.hint


def test_the_rate_limit_counts_paid_pictures_of_every_process(
    database: Database, clock: Clock
) -> None:
    first = ledger_on(database, caps(), clock, "one", rate_limit_seconds=10)
    second = ledger_on(database, caps(), clock, "two", rate_limit_seconds=10)
    unlimited = ledger_on(database, caps(), clock, "three", rate_limit_seconds=0)
    first.reserve(ask(job_id="job-1"))
    clock.advance(seconds=3.2)
    with pytest.raises(RateLimited) as limited:
        second.reserve(ask(job_id="job-2"))
    assert limited.value.wait_seconds == 7
    assert "7 seconds" in limited.value.message
    second.reserve(ask(job_id="job-3", operation="refine", is_image_call=False))
    unlimited.reserve(ask(job_id="job-4"))
    clock.advance(seconds=10)
    second.reserve(ask(job_id="job-5"))


def test_a_released_call_does_not_make_the_next_one_wait(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock, rate_limit_seconds=10)
    ledger.release(ledger.reserve(ask()))
    assert ledger.reserve(ask()).micros == ask().micros


def test_a_picture_that_costs_nothing_does_not_make_the_next_one_wait(
    database: Database, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(), clock, rate_limit_seconds=10)
    ledger.reserve(ask(0))
    assert ledger.reserve(ask(1)).micros == 1


def test_a_clock_set_back_does_not_make_the_rate_limit_wait_for_days(
    database: Database, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(), clock, rate_limit_seconds=10)
    ledger.reserve(ask())
    clock.advance(seconds=-4)
    with pytest.raises(RateLimited) as limited:
        ledger.reserve(ask())
    assert limited.value.wait_seconds == 10
    clock.advance(seconds=-6)  # a whole pause before the call: as good as after it
    ledger.reserve(ask())
    clock.advance(days=-3)
    ledger.reserve(ask())


@pytest.mark.parametrize("is_unknown", [False, True])
def test_the_same_thing_in_flight_is_not_bought_again(
    database: Database, clock: Clock, is_unknown: bool
) -> None:
    ledger = ledger_on(database, caps(), clock)
    held = ledger.reserve(ask(job_id="job-1", fingerprint="same"))
    if is_unknown:
        ledger.mark_unknown(held)
    with pytest.raises(DuplicateInFlight) as duplicate:
        ledger.reserve(ask(job_id="job-2", fingerprint="same"))
    assert (duplicate.value.job_id, duplicate.value.is_unknown) == ("job-1", is_unknown)
    assert f"resolve {held.ledger_id} --" in duplicate.value.hint
    ledger.reserve(ask(job_id="job-2", fingerprint="other"))
    ledger.reserve(ask(job_id="job-3", fingerprint="same", is_fresh=True))


def test_a_finished_call_is_no_longer_in_flight(database: Database, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock)
    ledger.settle(ledger.reserve(ask(job_id="a", fingerprint="x")), 10, CostSource.USAGE)
    ledger.release(ledger.reserve(ask(job_id="b", fingerprint="x")))
    assert ledger.reserve(ask(job_id="c", fingerprint="x")).job_id == "c"


@pytest.mark.parametrize("amount", [-1, 0.5, 10**15 + 1, True])
def test_only_whole_amounts_enter(database: Database, clock: Clock, amount: int) -> None:
    ledger = ledger_on(database, caps(), clock)
    with pytest.raises(ValueError, match="micro-dollars"):
        ledger.reserve(ask(amount))
    held = ledger.reserve(ask(100))
    with pytest.raises(ValueError, match="micro-dollars"):
        ledger.settle(held, amount, CostSource.USAGE)
    assert ledger.entries(5)[0].state is EntryState.RESERVED


def test_an_entry_that_is_not_there_is_said_so(database: Database, clock: Clock) -> None:
    with pytest.raises(LedgerError, match="no ledger entry 99"):
        ledger_on(database, caps(), clock).resolve(99, charged=True)


def test_check_then_record_overspends_where_reserve_does_not(
    database: Database, clock: Clock
) -> None:
    """The negative control: two buyers that look first and write later pass the cap together."""
    unlimited = ledger_on(database, caps(), clock)
    both_looked = threading.Barrier(2)

    def look_then_record() -> None:
        left = ledger_on(database, caps(day=1000), clock).status().caps[1].left_micros
        both_looked.wait(10)
        if left is not None and left >= 600:
            unlimited.reserve(ask(600))

    _in_two_threads(look_then_record)
    assert unlimited.status().caps[1].used_micros == 1200

    clock.advance(days=1)
    blocked = []

    def reserve() -> None:
        both_looked.wait(10)
        try:
            ledger_on(database, caps(day=1000), clock).reserve(ask(600))
        except BudgetBlocked as error:
            blocked.append(error.left_micros)

    _in_two_threads(reserve)
    assert unlimited.status().caps[1].used_micros == 600
    assert blocked == [400]


def test_threads_share_the_cap_and_leave_no_connection(database: Database, clock: Clock) -> None:
    admitted = []

    def buy() -> None:
        ledger = ledger_on(database, caps(day=1000), clock)
        for _ in range(10):
            try:
                admitted.append(ledger.reserve(ask(70)))
            except BudgetBlocked:
                return
        assert database.is_closed()

    threads = [threading.Thread(target=buy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 14  # 14 · 70 = 980
    assert database.is_closed()


def test_a_database_that_refuses_reserves_nothing(database: Any, clock: Clock) -> None:
    ledger = ledger_on(database, caps(), clock)
    with connection(database):
        database.execute_sql("PRAGMA query_only = 1")
        with pytest.raises(StorageError, match="read-only"):
            ledger.reserve(ask())
    assert ledger.entries(5) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_entries SET spent_micros = 0",
        "DELETE FROM budget_entries",
        "DELETE FROM budget_ledger",
        "UPDATE budget_ledger SET actual_micros = 0",
        "UPDATE budget_ledger SET state = 'reserved'",
    ],
)
def test_the_database_itself_refuses_to_rewrite_history(
    database: Any, clock: Clock, statement: str
) -> None:
    ledger = ledger_on(database, caps(), clock)
    ledger.settle(ledger.reserve(ask(100)), 90, CostSource.USAGE)
    with pytest.raises(StorageError), connection(database):
        database.execute_sql(statement)
    assert ledger.entries(1)[0].actual_micros == 90
    assert ledger.audit() == ()


def test_the_audit_finds_a_row_that_is_not_the_sum_of_its_entries(
    database: Any, clock: Clock
) -> None:
    ledger = ledger_on(database, caps(), clock)
    good, bad = ledger.reserve(ask(100)), ledger.reserve(ask(100))
    ledger.settle(good, 100, CostSource.USAGE)
    with connection(database):
        database.execute_sql(
            "UPDATE budget_ledger SET reserved_micros = 1 WHERE id = ?", (bad.ledger_id,)
        )
    assert ledger.audit() == (bad.ledger_id,)


def _in_two_threads(target: object) -> None:
    threads = [threading.Thread(target=target) for _ in range(2)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
