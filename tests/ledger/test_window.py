"""Days and months of the user's local calendar, and clocks that are set."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aipaint.database import Database
from aipaint.ledger.entry import CostSource
from aipaint.ledger.errors import BudgetBlocked
from aipaint.ledger.window import Window, window_at
from tests.ledger.rig import Clock, ask, caps, database_in, ledger_on


@pytest.fixture
def zone() -> Iterator[Callable[[str], None]]:
    before = os.environ.get("TZ")

    def set_zone(name: str | None) -> None:
        if name is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = name
        time.tzset()

    yield set_zone
    set_zone(before)


def test_todays_spending_counts_today_and_not_tomorrow(database: Database) -> None:
    clock = Clock(datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC))
    ledger = ledger_on(database, caps(day=100, month=150), clock)
    ledger.settle(ledger.reserve(ask(100)), 100, CostSource.USAGE)
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))
    clock.advance(seconds=1)
    ledger.reserve(ask(50))
    session, day, month = ledger.status().caps
    assert (day.settled_micros, day.reserved_micros) == (0, 50)
    assert month.used_micros == session.used_micros == 150
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(1))
    assert blocked.value.period == "month"


def test_a_new_month_opens_a_new_window(database: Database) -> None:
    clock = Clock(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    ledger = ledger_on(database, caps(month=100), clock)
    ledger.reserve(ask(100))
    clock.advance(hours=1)
    ledger.reserve(ask(100))
    assert [entry.local_month for entry in ledger.entries(2)] == ["2027-01", "2026-12"]


def test_a_call_settles_in_the_window_that_admitted_it(database: Database) -> None:
    clock = Clock(datetime(2026, 11, 20, 23, 59, tzinfo=UTC))
    ledger = ledger_on(database, caps(day=100), clock)
    held = ledger.reserve(ask(100))
    clock.advance(minutes=2)
    ledger.settle(held, 80, CostSource.USAGE)
    assert ledger.status().caps[1].used_micros == 0
    assert ledger.entries(1)[0].local_day == "2026-11-20"


@pytest.mark.parametrize("days_back", [1, 3, 40])
def test_a_clock_set_back_opens_no_window(database: Database, days_back: int) -> None:
    clock = Clock()
    ledger = ledger_on(database, caps(day=100), clock)
    ledger.reserve(ask(60))
    clock.advance(days=-days_back)
    with pytest.raises(BudgetBlocked) as blocked:
        ledger.reserve(ask(41))
    assert blocked.value.left_micros == 40
    ledger.reserve(ask(40))
    assert {entry.local_day for entry in ledger.entries(9)} == {"2026-11-20"}
    clock.advance(days=days_back + 1)
    ledger.reserve(ask(100))


def test_a_day_that_was_only_looked_at_does_not_hold_the_window(database: Database) -> None:
    clock = Clock()
    ledger = ledger_on(database, caps(day=100), clock)
    clock.advance(days=3650)
    ledger.release(ledger.reserve(ask(100)))
    clock.advance(days=-3650)
    ledger.reserve(ask(100))
    assert ledger.entries(1)[0].local_day == "2026-11-20"


def test_the_day_is_the_users_own(database: Database, zone: Callable[[str], None]) -> None:
    clock = Clock(datetime(2026, 11, 20, 12, 30, tzinfo=UTC))
    zone("Pacific/Kiritimati")  # +14
    ledger = ledger_on(database, caps(day=100), clock)
    ledger.reserve(ask(100))
    assert ledger.entries(1)[0].local_day == "2026-11-21"
    assert ledger.status().caps[1].resets_at == "2026-11-22T00:00:00+14:00"
    zone("Pacific/Pago_Pago")  # -11: it is the 20th again, and nothing is to be had twice
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))


@pytest.mark.parametrize(
    ("day", "day_ends", "month_ends"),
    [
        ("2026-03-28", "2026-03-29T00:00:00+01:00", "2026-04-01T00:00:00+02:00"),
        ("2026-03-29", "2026-03-30T00:00:00+02:00", "2026-04-01T00:00:00+02:00"),
        ("2026-10-25", "2026-10-26T00:00:00+01:00", "2026-11-01T00:00:00+01:00"),
        ("2026-12-31", "2027-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("2028-02-28", "2028-02-29T00:00:00+01:00", "2028-03-01T00:00:00+01:00"),
    ],
)
def test_windows_end_at_local_midnight_across_clock_changes(
    zone: Callable[[str], None], day: str, day_ends: str, month_ends: str
) -> None:
    zone("Europe/Berlin")
    assert (Window(day).day_ends, Window(day).month_ends) == (day_ends, month_ends)


@pytest.mark.parametrize(
    ("name", "last_second", "day"),
    [
        ("Pacific/Kiritimati", "2026-11-21T09:59:59", "2026-11-21"),  # +14
        ("Pacific/Pago_Pago", "2026-11-22T10:59:59", "2026-11-21"),  # -11
        ("Asia/Kathmandu", "2026-11-21T18:14:59", "2026-11-21"),  # +5:45
        ("America/St_Johns", "2026-11-22T03:29:59", "2026-11-21"),  # -3:30
        ("Europe/Berlin", "2026-03-29T21:59:59", "2026-03-29"),  # a day of 23 hours
        ("Europe/Berlin", "2026-10-25T22:59:59", "2026-10-25"),  # a day of 25 hours
        ("Australia/Lord_Howe", "2026-10-04T12:59:59", "2026-10-04"),  # half an hour
        ("UTC", "2028-02-29T23:59:59", "2028-02-29"),
        ("UTC", "2027-02-28T23:59:59", "2027-02-28"),
        ("America/New_York", "2027-01-01T04:59:59", "2026-12-31"),
    ],
)
def test_the_cap_holds_to_the_last_second_of_the_users_day(
    database: Database, zone: Callable[[str], None], name: str, last_second: str, day: str
) -> None:
    zone(name)
    clock = Clock(datetime.fromisoformat(last_second).replace(tzinfo=UTC))
    ledger = ledger_on(database, caps(day=100), clock)
    ledger.reserve(ask(100))
    assert ledger.entries(1)[0].local_day == day
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))
    resets_at = ledger.status().caps[1].resets_at
    assert resets_at is not None
    clock.advance(seconds=1)
    assert datetime.fromisoformat(resets_at) == clock.now
    ledger.reserve(ask(100))
    assert ledger.status().caps[1].used_micros == 100


@pytest.mark.parametrize("fold_minutes", [0, 30, 60, 90])
def test_the_hour_that_comes_twice_belongs_to_one_day(
    database: Database, zone: Callable[[str], None], fold_minutes: int
) -> None:
    zone("America/Havana")  # its clocks go back at one o'clock, to midnight
    clock = Clock(datetime(2026, 11, 1, 4, 0, tzinfo=UTC))
    ledger = ledger_on(database, caps(day=100), clock)
    ledger.reserve(ask(100))
    clock.advance(minutes=fold_minutes)
    with pytest.raises(BudgetBlocked):
        ledger.reserve(ask(1))


ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "Asia/Kathmandu"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(ZONES), st.integers(-80, 80), st.integers(1, 60)), max_size=15
    )
)
def test_no_flight_and_no_clock_fills_a_day_twice(
    zone: Callable[[str], None], trip: list[tuple[str, int, int]]
) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock(datetime(2026, 10, 24, 12, tzinfo=UTC))
        ledger = ledger_on(database_in(Path(folder)), caps(day=100, month=250), clock)
        for name, hours, micros in trip:
            zone(name)
            clock.advance(hours=hours)
            with suppress(BudgetBlocked):
                ledger.reserve(ask(micros))
        entries = ledger.entries(99)
    for period, cap in (("local_day", 100), ("local_month", 250)):
        used: dict[str, int] = {}
        for entry in entries:
            window = getattr(entry, period)
            used[window] = used.get(window, 0) + entry.reserved_micros
        assert all(micros <= cap for micros in used.values())
    days = [entry.local_day for entry in reversed(entries)]
    assert days == sorted(days)  # no day comes back


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=20))
def test_windows_never_go_back(steps: list[int]) -> None:
    now, latest, seen = datetime(2026, 11, 20, tzinfo=UTC), "", []
    for seconds in steps:
        now += timedelta(seconds=seconds)
        latest = window_at(now, latest).day
        seen.append(latest)
    assert seen == sorted(seen)
    assert seen[-1] >= now.astimezone().date().isoformat()
