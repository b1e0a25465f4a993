"""Edges of the ledger that mutants of it slipped through (python -m tests.soak.mutants)."""

import os
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aipaint.database import Database, transaction
from aipaint.ledger.caps import Cap, Caps
from aipaint.ledger.checked_lines import append_lines
from aipaint.ledger.entry import CostSource, LedgerEntry, Reservation, SpendRequest
from aipaint.ledger.errors import (
    BudgetBlocked,
    BudgetPaused,
    DuplicateInFlight,
    LedgerError,
    NoSuchEntry,
    PriceBookError,
    RateLimited,
)
from aipaint.ledger.guard import Fuse, Guard
from aipaint.ledger.guard_change import GuardChange, followed
from aipaint.ledger.guard_journal import GuardJournal
from aipaint.ledger.guard_replay import replay_guard
from aipaint.ledger.guard_tables import GuardTables
from aipaint.ledger.journal import SpendJournal
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.open_books import Books
from aipaint.ledger.output_tokens import GridTokens
from aipaint.ledger.pause import Pause
from aipaint.ledger.price import Estimate, PriceRequest, Tier
from aipaint.ledger.price_rule import PriceRule, rule_from_toml
from aipaint.ledger.report import ReportBy
from aipaint.ledger.seen import Seen
from aipaint.ledger.tiers import Tiers
from aipaint.ledger.token_rates import TokenRates
from aipaint.money import Usage
from tests.ledger.rig import Clock, ask, caps, ledger_on
from tests.ledger.test_journal import entry, settled


@pytest.fixture
def ledger(database: Database, clock: Clock) -> Ledger:
    return ledger_on(database, caps(), clock)


def test_each_event_of_a_row_is_an_entry_with_its_name(ledger: Ledger, tmp_path: Path) -> None:
    held = ledger.reserve(ask(40))
    ledger.mark_sent(held)
    ledger.mark_unknown(held)
    ledger.settle(held, 39, CostSource.USAGE)
    ledger.release(ledger.reserve(ask(7)))
    with closing(sqlite3.connect(tmp_path / "aipaint.db")) as database:
        query = "SELECT event, held_micros, spent_micros FROM budget_entries ORDER BY id"
        found = database.execute(query).fetchall()
    assert found == [
        ("reserved", 40, 0), ("sent", 0, 0), ("unknown", 0, 0), ("settled", -40, 39),
        ("reserved", 7, 0), ("released", -7, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "word"),
    [(Ledger.mark_sent, "sent"), (Ledger.mark_unknown, "unknown"), (Ledger.release, "released")],
)
def test_a_row_that_has_ended_says_what_it_is_and_cannot_become(
    ledger: Ledger, act: Callable[[Ledger, Reservation], None], word: str
) -> None:
    held = ledger.reserve(ask(40))
    ledger.settle(held, 39, CostSource.USAGE)
    with pytest.raises(LedgerError, match=f"already settled and cannot become {word}"):
        act(ledger, held)


def test_of_two_lines_about_the_same_moment_the_later_one_counts(tmp_path: Path) -> None:
    journal = SpendJournal(tmp_path / "spend.jsonl")
    journal.append(settled(micros=10))
    journal.append(settled(micros=11))
    assert list(journal.rows().values()) == [settled(micros=11)]


def test_whole_lines_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    journal = SpendJournal(tmp_path / "deep" / "folder" / "spend.jsonl")
    for number in range(3):
        journal.append(entry(number))
    assert journal.path.read_bytes().count(b"\n") == 3


def test_a_journal_that_was_never_written_is_not_wasteful(tmp_path: Path) -> None:
    assert not SpendJournal(tmp_path / "spend.jsonl").is_wasteful(0)


def test_a_large_journal_is_only_wasteful_for_few_rows(tmp_path: Path) -> None:
    journal = SpendJournal(tmp_path / "spend.jsonl")
    journal.path.write_bytes(b"\n" * 4 * 1024 * 1024)
    assert not journal.is_wasteful(1)
    journal.path.write_bytes(b"\n" * (4 * 1024 * 1024 + 1))
    assert journal.is_wasteful(1)
    journal.path.write_bytes(b"\n" * 5_000_000)
    assert journal.is_wasteful(2_777)
    assert not journal.is_wasteful(2_800)


@pytest.mark.parametrize(("width", "height"), [(0, 512), (512, 0), (0, 0)])
def test_an_open_side_is_the_dearest(width: int, height: int) -> None:
    rule = GridTokens({"high": 96}, 2_048)
    assert rule.tokens(width, height, "high") == rule.tokens(2_048, 2_048, "high")
    assert rule.tokens(1, 1, "high") < rule.tokens(2_048, 2_048, "high")


def test_one_second_is_one_second() -> None:
    assert "in 1 second." in RateLimited(1).message
    assert "in 2 seconds." in RateLimited(2).message


def test_a_request_whose_outcome_is_unknown_is_said_to_be_so() -> None:
    unknown = DuplicateInFlight("j", 5, is_unknown=True)
    running = DuplicateInFlight("j", 5, is_unknown=False)
    assert "outcome is unknown" in unknown.message
    assert "already running" in running.message
    assert "resolve 5 --charged or --not-charged" in unknown.hint


def test_who_goes_on_may_spend_at_the_same_moment(database: Database, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps(), fuse=Fuse(1000, 10)), "one", clock)
    ledger.reserve(ask(1000))
    clock.advance(seconds=5)
    with pytest.raises(BudgetPaused):
        ledger.reserve(ask(1))
    ledger.resume_spending()
    ledger.reserve(ask(1000))


def test_a_fuse_of_one_minute_says_the_last_minute(database: Database, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps(), fuse=Fuse(1000, 1)), "one", clock)
    with pytest.raises(BudgetPaused, match="within the last minute, and the next call"):
        ledger.reserve(ask(1001))


@pytest.mark.parametrize("what", ["cap week", "fuse within 10 minutes", "high from", "tier day"])
def test_a_change_that_does_not_concern_a_guard_leaves_it_as_it_is(what: str) -> None:
    guard = Guard(caps(1, 2, 3))
    assert followed(guard, [GuardChange(what, 5, None, False)]) == guard


def test_a_pause_that_stands_is_not_made_twice_and_none_is_a_raise(database: Database) -> None:
    tables = GuardTables(database)
    with transaction(database):
        first = tables.pause("empty.", "openai", 1)
        assert tables.pause("again.", "openai", 2) == first
        assert tables.pause("again.", "replicate", 2) != first
        tables.log(GuardChange("cap day", 1, 2, True), "settings", 3)
        changes = tables.changes_after(0)
    assert [change for _, change in changes] == [GuardChange("cap day", 1, 2, False)]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system what a number stands for")
def test_a_line_is_on_the_disk_when_it_was_added_and_so_is_the_name_of_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deep" / "lines"
    synced: list[object] = []
    fsync = os.fsync

    def watched(number: int) -> None:
        name = os.readlink(f"/proc/self/fd/{number}")
        synced.append((Path(name), path.read_bytes()))
        fsync(number)

    monkeypatch.setattr(os, "fsync", watched)
    append_lines(path, b"one\n")
    append_lines(path, b"two\n")
    assert synced == [
        (path, b"one\n"), (path.parent, b"one\n"), (path, b"one\ntwo\n"),
    ]  # fmt: skip


def test_a_journal_learns_from_the_database_that_a_pause_was_ended_and_nothing_twice(
    database: Database, tmp_path: Path
) -> None:
    journal = GuardJournal(tmp_path / "guard.jsonl")
    standing, ended = Pause(1, "empty.", "openai", 3), Pause(2, "blown.", "", 4, ended_at=9)
    journal.extend((standing, Pause(2, "blown.", "", 4)))
    tables = GuardTables(database)
    with transaction(database):
        tables.put_pause(standing)
        tables.put_pause(ended)
    assert replay_guard(database, journal) == 0
    assert journal.notes() == (standing, ended)
    lines = journal.path.read_bytes().count(b"\n")
    assert lines == 3
    assert replay_guard(database, journal) == 0
    assert journal.path.read_bytes().count(b"\n") == lines


def test_pauses_that_a_lost_database_took_are_counted(database: Database, tmp_path: Path) -> None:
    journal = SpendJournal(tmp_path / "spend.jsonl").guard
    assert journal.path == tmp_path / "guard.jsonl"
    journal.extend(Pause(number, "empty.", f"p{number}", 3) for number in (1, 2))
    assert replay_guard(database, journal) == 2


def test_a_billion_dollars_can_be_asked_for_and_no_more(ledger: Ledger) -> None:
    ledger.release(ledger.reserve(ask(10**15)))
    with pytest.raises(ValueError, match="not an amount in micro-dollars"):
        ledger.reserve(ask(10**15 + 1))


def test_who_set_a_limit_follows_what_another_one_sets_later(
    database: Database, clock: Clock
) -> None:
    here, there = (Ledger(database, Guard(caps(month=9)), name, clock) for name in ("one", "two"))
    here.set_guard(Guard(caps(month=8)), source="window")
    there.set_guard(Guard(caps(month=7)), source="window")
    here.status()
    assert here.guard.caps.month.limit_micros == 7


@pytest.mark.parametrize(
    ("calls", "words"), [(1, "your last one: $0.03"), (2, "your last 2: $0.03")]
)
def test_what_the_last_calls_cost_says_how_many_they_were(calls: int, words: str) -> None:
    assert Seen(calls, 30_000, 30_000).words() == words


@pytest.mark.parametrize(("held", "spent"), [(0, None), (0, 0), (1, None), (0, 1), (1, 0)])
def test_only_a_day_that_carries_money_is_not_gone_back_behind(
    ledger: Ledger, clock: Clock, held: int, spent: int | None
) -> None:
    clock.advance(days=1)
    tomorrow = ledger.reserve(ask(held, "a"))
    if spent is not None:
        ledger.settle(tomorrow, spent, CostSource.USAGE)
    day = ledger.entry(tomorrow.ledger_id).local_day
    clock.advance(days=-1)
    later = ledger.entry(ledger.reserve(ask(5, "b")).ledger_id).local_day
    assert (later == day) is bool(held or spent)


def test_the_cheapest_picture_there_is_counts_for_the_rate_limit(
    database: Database, clock: Clock
) -> None:
    ledger = Ledger(database, Guard(caps(), rate_limit_seconds=10), "one", clock)
    ledger.reserve(ask(1, "a"))
    with pytest.raises(RateLimited):
        ledger.reserve(ask(1, "b"))


@pytest.mark.parametrize("name", ["text_in", "image_in", "image_out", "text_out"])
def test_one_rate_is_enough_for_tokens_to_be_paid_for(name: str) -> None:
    assert TokenRates().is_empty
    assert TokenRates(text_in=1_000_000).cost(Usage(text_in=10**7)) == 10**7
    assert not TokenRates(**{name: 1}).is_empty


def test_what_is_not_said_is_nothing(database: Database, tmp_path: Path) -> None:
    named = {"provider": "p", "model": "m", "source": "s", "as_of": "2026", "unit": "free"}
    assert PriceRule("p", "m", "free", "s", "2026", TokenRates()) == rule_from_toml(named)
    assert PriceRequest("p", "m", "edit").priced_as == "0x0  +0"
    assert Estimate(5, Tier.LOW, (), "s", "2026").rule_micros == 0
    assert Cap(5).source == "default"
    assert Tiers() == Tiers(20_000, 100_000)
    plain = SpendRequest("j", "p", "m", "edit", 5, "", is_image_call=True)
    assert plain == SpendRequest("j", "p", "m", "edit", 5, "", True, False, "", 1, "")
    old = replace(entry(), local_month="", fingerprint="", is_image_call=False, project="")
    first = [getattr(old, field.name) for field in fields(old)][:13]
    assert LedgerEntry(*first) == replace(old, count=1, priced_as="")
    assert not Books(database, SpendJournal(tmp_path / "spend.jsonl")).is_after_crash


def test_the_words_by_which_reports_are_asked_for() -> None:
    words = ["day", "month", "model", "provider", "project", "operation"]
    assert [by.value for by in ReportBy] == words


@pytest.mark.parametrize(
    ("limits", "words", "name"),
    [
        (caps(session=1), "the session cap of", "AIE_BUDGET_SESSION_CAP"),
        (caps(day=1), "the daily cap of", "AIE_BUDGET_DAILY_CAP"),
        (caps(month=1), "the monthly cap of", "AIE_BUDGET_MONTHLY_CAP"),
    ],
)
def test_a_refusal_names_its_cap_and_how_to_raise_it(
    database: Database, clock: Clock, limits: Caps, words: str, name: str
) -> None:
    with pytest.raises(BudgetBlocked, match=words) as blocked:
        ledger_on(database, limits, clock).reserve(ask(2))
    assert re.search(rf"\b{name}\b", blocked.value.hint)


def test_the_words_by_which_scripts_tell_what_happened() -> None:
    kinds = [one.kind for one in (RateLimited, DuplicateInFlight, NoSuchEntry, PriceBookError)]
    assert kinds == ["rate_limit", "duplicate", "usage", "prices"]
    words = ["usage", "provider", "time", "estimate", "free"]
    assert [source.value for source in CostSource] == words
