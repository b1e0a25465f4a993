"""Edges of opening the books that mutants of them slipped through (tests.soak.mutants)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.ledger import Ledger
from tests.ledger.rig import Clock, ask
from tests.ledger.test_open_books import ledger, opened, spend


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_session_that_was_killed_is_told_though_nothing_was_wrong(home: Path) -> None:
    spend(home)
    assert not opened(home).is_after_crash
    (home / "locks" / "crashed.lock").touch()
    books = opened(home)
    assert books.is_after_crash
    assert books.note == ""


def test_a_database_that_is_lost_is_told_though_everybody_ended_well(home: Path) -> None:
    spend(home)
    (home / "aipaint.db").unlink()
    books = opened(home)
    assert books.is_after_crash
    assert "was gone" in books.note


def test_a_database_is_missed_where_there_is_a_journal_and_no_copy(home: Path) -> None:
    spend(home)
    for path in home.glob("aipaint.db*"):
        path.unlink()
    assert "was gone. The list of jobs starts anew; spending records" in opened(home).note


def test_a_database_is_missed_where_there_is_a_copy_and_no_journal(home: Path) -> None:
    spend(home)
    opened(home)
    (home / "journal" / "spend.jsonl").unlink()
    (home / "aipaint.db").unlink()
    assert "was gone. A copy of 20" in opened(home).note


def test_a_journal_that_is_behind_contradicts_nothing(home: Path) -> None:
    books = opened(home)
    held = ledger(books).reserve(ask(40_000))
    ledger(books).mark_sent(held)
    Ledger(books.database, ledger(books).guard, "s", Clock()).settle(held, 30_000, CostSource.USAGE)
    again = opened(home)
    assert again.note == ""
    assert [row.actual_micros for row in again.journal.rows().values()] == [30_000]


def test_a_database_that_is_behind_contradicts_nothing(home: Path) -> None:
    books = opened(home)
    book = ledger(books)
    held = book.reserve(ask(40_000))
    book.mark_sent(held)
    before = (home / "aipaint.db").read_bytes()
    book.settle(held, 30_000, CostSource.USAGE)
    (home / "aipaint.db").write_bytes(before)
    again = opened(home)
    assert again.note == "Spending records were rebuilt: $0.03 today."
    assert ledger(again).entry(held.ledger_id).state is EntryState.SETTLED
    assert list(home.glob("*.damaged-*")) == []


@pytest.mark.parametrize(
    ("is_sent", "state", "actual"),
    [(True, EntryState.UNKNOWN, None), (False, EntryState.RELEASED, 0)],
)
def test_what_nobody_is_left_to_end_is_ended_in_both_records_at_once(
    home: Path, is_sent: bool, state: EntryState, actual: int | None
) -> None:
    book = ledger(opened(home))
    held = book.reserve(ask(40_000))
    if is_sent:
        book.mark_sent(held)
    (home / "aipaint.db").unlink()
    books = opened(home)
    (row,) = ledger(books).entries(9)
    assert (row.state, row.actual_micros) == (state, actual)
    assert list(books.journal.rows().values()) == [row]
    with closing(sqlite3.connect(home / "aipaint.db")) as database:
        query = "SELECT event, held_micros, spent_micros FROM budget_entries"
        assert database.execute(query).fetchall() == [("rebuilt", 40_000 * is_sent, 0)]
