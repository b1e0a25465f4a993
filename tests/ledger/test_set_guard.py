"""Limits that change while the program runs: logged, followed by others, harmless to what runs."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.database import connection
from aipaint.errors import StorageError
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.entry import CostSource
from aipaint.ledger.errors import BudgetBlocked
from aipaint.ledger.guard import Envelope, EnvelopeKind, Fuse, Guard
from aipaint.ledger.guard_change import GuardChange, changes_between, followed
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.tiers import Tiers
from tests.ledger.rig import Clock, ask

POSTER = Envelope(EnvelopeKind.PROJECT, "my poster", 300)


def caps(day: int = 0, month: int = 0) -> Caps:
    return Caps(Cap(0), Cap(day, "settings"), Cap(month))


def log_of(database: Any) -> list[tuple[Any, ...]]:
    with connection(database):
        return list(
            database.execute_sql(
                "SELECT what, before_micros, after_micros, source, created_at"
                " FROM budget_changes ORDER BY id"
            )
        )


def test_every_change_is_a_row_with_its_source(database: Any, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps(day=1000)), "one", clock)
    ledger.set_guard(Guard(caps(day=400, month=2000), envelopes=(POSTER,)), source="window")
    ledger.set_guard(Guard(caps(month=2000), rate_limit_seconds=5), source="window")
    at = 1_795_176_000_000_000
    assert log_of(database) == [
        ("cap day", 1000, 400, "window", at),
        ("cap month", None, 2000, "window", at),
        ("envelope project my poster", None, 300, "window", at),
        ("cap day", 400, None, "window", at),
        ("envelope project my poster", 300, None, "window", at),
        ("rate limit, seconds: 0 -> 5", None, None, "window", at),
    ]


def test_the_log_itself_cannot_be_rewritten(database: Any, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps()), "one", clock)
    ledger.set_guard(Guard(caps(day=1)), source="window")
    before = log_of(database)
    for statement in ("UPDATE budget_changes SET after_micros = 9", "DELETE FROM budget_changes"):
        with pytest.raises(StorageError), connection(database):
            database.execute_sql(statement)
    assert log_of(database) == before


def test_nothing_is_logged_where_nothing_changes(database: Any, clock: Clock) -> None:
    guard = Guard(caps(day=1000), envelopes=(POSTER,), fuse=Fuse(5, 5))
    ledger = Ledger(database, guard, "one", clock)
    ledger.set_guard(replace(guard), source="window")
    assert log_of(database) == []


def test_a_lower_cap_holds_in_the_other_window_too_and_leaves_what_runs(
    database: Any, clock: Clock
) -> None:
    here = Ledger(database, Guard(caps(day=1000)), "one", clock)
    there = Ledger(database, Guard(caps(day=1000)), "two", clock)
    held = there.reserve(ask(800))
    here.set_guard(Guard(caps(day=500), envelopes=(POSTER,), fuse=Fuse(9, 9)), source="window")
    with pytest.raises(BudgetBlocked) as blocked:
        there.reserve(ask(1))
    assert (blocked.value.cap_micros, blocked.value.left_micros) == (500, 0)
    assert there.guard.envelopes == (POSTER,)
    assert there.guard.fuse == Fuse(9, 9)
    there.mark_sent(held)
    there.settle(held, 700, CostSource.USAGE)


def test_what_others_took_away_is_followed_too(database: Any, clock: Clock) -> None:
    full = Guard(caps(day=10), envelopes=(POSTER,), fuse=Fuse(9, 9))
    here, there = (Ledger(database, full, name, clock) for name in ("one", "two"))
    assert there.status().caps[1].cap_micros == 10
    here.set_guard(Guard(caps()), source="window")
    assert there.status().caps[1].cap_micros == 0
    assert there.guard.envelopes == ()
    assert there.guard.fuse is None
    there.reserve(ask(5000, project="my poster"))


def test_a_fuse_of_another_span_takes_the_place_of_the_old_one(database: Any, clock: Clock) -> None:
    old, new = (Guard(caps(), fuse=Fuse(9, minutes)) for minutes in (9, 7))
    here, there = (Ledger(database, old, name, clock) for name in ("one", "two"))
    there.status()
    here.set_guard(new, source="window")
    there.status()
    assert there.guard.fuse == Fuse(9, 7)


@pytest.mark.parametrize("source", ["environment", "command line"])
def test_a_cap_that_the_environment_fixes_does_not_follow(
    database: Any, clock: Clock, source: str
) -> None:
    fixed = Guard(Caps(Cap(0), Cap(100, source), Cap(0, "default")))
    here, there = (
        Ledger(database, Guard(caps()), "one", clock),
        Ledger(database, fixed, "two", clock),
    )
    there.status()
    here.set_guard(Guard(caps(day=5000, month=70)), source="window")
    _, day, month = there.status().caps
    assert (day.cap_micros, day.source) == (100, source)
    assert (month.cap_micros, month.source) == (70, "settings")


def test_older_changes_are_in_the_settings_already(database: Any, clock: Clock) -> None:
    Ledger(database, Guard(caps()), "one", clock).set_guard(Guard(caps(day=5)), source="window")
    later = Ledger(database, Guard(caps(day=77)), "two", clock)
    assert later.status().caps[1].cap_micros == 77


def test_a_change_that_cannot_be_logged_does_not_hold(database: Any, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps(day=1000)), "one", clock)
    with connection(database):
        database.execute_sql("DROP TABLE budget_changes")
    with pytest.raises(StorageError):
        ledger.set_guard(Guard(caps(day=9000)), source="window")
    assert ledger.guard.caps.day.limit_micros == 1000


BASE = Guard(
    Caps(Cap(10), Cap(0), Cap(30)),
    rate_limit_seconds=10,
    envelopes=(POSTER,),
    fuse=Fuse(500, 10),
    ask_from_micros=50,
)


@pytest.mark.parametrize(
    ("after", "what", "is_raise"),
    [
        (replace(BASE, caps=Caps(Cap(11), Cap(0), Cap(30))), "cap session", True),
        (replace(BASE, caps=Caps(Cap(9), Cap(0), Cap(30))), "cap session", False),
        (replace(BASE, caps=Caps(Cap(0), Cap(0), Cap(30))), "cap session", True),
        (replace(BASE, caps=Caps(Cap(10), Cap(1), Cap(30))), "cap day", False),
        (replace(BASE, envelopes=()), "envelope project my poster", True),
        (replace(BASE, fuse=None), "fuse within 10 minutes", True),
        (replace(BASE, fuse=Fuse(400, 10)), "fuse within 10 minutes", False),
        (replace(BASE, ask_from_micros=0), "ask from", True),
        (replace(BASE, tiers=Tiers(20_000, 100_001)), "high from", True),
        (replace(BASE, tiers=Tiers(19_999, 100_000)), "medium from", False),
        (replace(BASE, rate_limit_seconds=9), "rate limit, seconds: 10 -> 9", True),
        (replace(BASE, rate_limit_seconds=11), "rate limit, seconds: 10 -> 11", False),
        (replace(BASE, dedupe_ttl_seconds=60), "duplicates, seconds: 86400 -> 60", True),
        (replace(BASE, ask_from_count=5), "ask from, pictures: 4 -> 5", True),
        (replace(BASE, ask_from_count=0), "ask from, pictures: 4 -> 0", True),
        (replace(BASE, ask_from_count=2), "ask from, pictures: 4 -> 2", False),
    ],
)
def test_what_lets_more_through_is_a_raise(after: Guard, what: str, is_raise: bool) -> None:
    (change,) = changes_between(BASE, after)
    assert (change.what, change.is_raise) == (what, is_raise)
    assert changes_between(BASE, BASE) == ()


def test_a_change_is_a_sentence() -> None:
    assert GuardChange("cap day", 5_000_000, 10_000_000, True).sentence == (
        "cap day: $5.00 -> $10.00"
    )
    assert GuardChange("cap day", None, 0, False).sentence == "cap day: no limit -> $0.00"
    assert GuardChange("x: 1 -> 2", None, None, False).sentence == "x: 1 -> 2"


NAMES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8)
GUARDS = st.builds(
    lambda caps, envelopes, fuse: Guard(
        Caps(*(Cap(limit, "settings") for limit in caps)),
        envelopes=tuple(Envelope(kind, name, limit) for (kind, name), limit in envelopes.items()),
        fuse=fuse,
    ),
    st.tuples(*[st.integers(0, 3)] * 3),
    st.dictionaries(st.tuples(st.sampled_from(EnvelopeKind), NAMES), st.integers(0, 3), max_size=3),
    st.none() | st.builds(Fuse, st.integers(1, 3), st.integers(1, 3)),
)


@given(GUARDS, GUARDS)
def test_who_follows_the_log_ends_where_the_change_led(before: Guard, after: Guard) -> None:
    found = followed(before, changes_between(before, after))
    assert (found.caps, found.fuse) == (after.caps, after.fuse)
    assert set(found.envelopes) == set(after.envelopes)
    assert changes_between(found, after) == ()
