"""Edges of the ledger that mutants of it slipped through (python -m tests.soak.mutants)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aipaint.database import Database
from aipaint.ledger.entry import CostSource, Reservation
from aipaint.ledger.errors import DuplicateInFlight, LedgerError, RateLimited
from aipaint.ledger.journal import SpendJournal
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.output_tokens import GridTokens
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
    journal.path.write_bytes(b"\n" * 5_000_000)
    assert journal.is_wasteful(2_700)
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
