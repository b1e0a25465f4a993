"""A database that is lost takes no pause and no raised cap with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aipaint.ledger.errors import BudgetPaused
from aipaint.ledger.guard import Fuse, Guard
from aipaint.ledger.guard_journal import GuardJournal
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.open_books import Books, open_books
from aipaint.ledger.pause import Pause
from tests.conftest import ExpectedLogs
from tests.ledger.rig import MIGRATIONS, Clock, ask, caps

FUSE = Guard(caps(day=1_000), fuse=Fuse(150, 10))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def opened(home: Path, clock: Clock) -> Books:
    return open_books(home, MIGRATIONS, clock)


def ledger(books: Books, clock: Clock) -> Ledger:
    return Ledger(books.database, FUSE, "one", clock, books.journal)


def lose(home: Path) -> None:
    """The database and every copy of it."""
    for path in home.glob("aipaint.db*"):
        path.unlink()


def rows(home: Path, what: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "aipaint.db")) as database:
        return list(database.execute(what))


def blow(book: Ledger) -> None:
    book.reserve(ask(100, "a"))
    with pytest.raises(BudgetPaused):
        book.reserve(ask(100, "b"))


def test_a_blown_fuse_still_stops_spending_after_the_database_was_lost(
    home: Path, clock: Clock
) -> None:
    book = ledger(opened(home, clock), clock)
    blow(book)
    before = book.status().pauses
    lose(home)
    books = opened(home, clock)
    assert books.note.endswith("Spending was paused before and is paused again.")
    again = ledger(books, clock)
    with pytest.raises(BudgetPaused):
        again.reserve(ask(1, "c"))
    assert [(each.reason, each.created_at) for each in again.status().pauses] == [
        (each.reason, each.created_at) for each in before
    ]
    assert opened(home, clock).note == ""


def test_a_pause_that_a_person_ended_stays_ended(home: Path, clock: Clock) -> None:
    book = ledger(opened(home, clock), clock)
    blow(book)
    book.pause_provider("replicate", "no credit left.")
    clock.advance(minutes=1)
    book.resume_spending("replicate")
    book.resume_spending()
    lose(home)
    books = opened(home, clock)
    assert "paused" not in books.note
    again = ledger(books, clock)
    assert again.status().pauses == ()
    assert again.reserve(ask(100, "c")).micros == 100  # the span began anew when it was ended


def test_a_pause_ended_after_the_copy_was_made_is_ended_in_the_copy(
    home: Path, clock: Clock
) -> None:
    book = ledger(opened(home, clock), clock)
    book.pause_provider("openai", "no credit left.")
    clock.advance(days=2)
    opened(home, clock)  # makes the copy of the day, with the pause
    book.resume_spending()
    (home / "aipaint.db").unlink()
    assert ledger(opened(home, clock), clock).status().pauses == ()


def test_changes_of_limits_newer_than_the_copy_are_in_the_log_once(
    home: Path, clock: Clock
) -> None:
    books = opened(home, clock)
    book = ledger(books, clock)
    book.set_guard(Guard(caps(day=2_000)), source="window")
    clock.advance(days=2)
    opened(home, clock)
    book.set_guard(Guard(caps(day=5_000)), source="window")
    wanted = rows(home, "SELECT what, before_micros, after_micros, source FROM budget_changes")
    assert len(wanted) == 3  # the cap twice, and the fuse that was taken away
    (home / "aipaint.db").unlink()
    opened(home, clock)
    opened(home, clock)
    found = rows(home, "SELECT what, before_micros, after_micros, source FROM budget_changes")
    assert found == wanted


def test_a_journal_that_was_lost_is_caught_up_from_the_database(
    home: Path, clock: Clock, expected_logs: ExpectedLogs
) -> None:
    books = opened(home, clock)
    journal = books.journal.guard.path
    journal.mkdir(parents=True)  # it cannot be written: the pause is in force all the same
    expected_logs("The journal of limits lacks a line")
    book = ledger(books, clock)
    book.pause_provider("openai", "no credit left.")
    journal.rmdir()
    assert opened(home, clock).note == ""
    lose(home)
    with pytest.raises(BudgetPaused):
        ledger(opened(home, clock), clock).reserve(ask(1))


def test_torn_and_foreign_lines_are_passed_over(tmp_path: Path) -> None:
    journal = GuardJournal(tmp_path / "guard.jsonl")
    first, second = Pause(1, "one", "", 5), Pause(2, "two", "openai", 6)
    journal.extend([first])
    good = journal.path.read_bytes()
    journal.path.write_bytes(good + good.replace(b"one", b"two") + good[:40])
    journal.extend([second])
    assert journal.notes() == (first, second)


def test_an_end_is_not_undone_by_an_older_line(tmp_path: Path) -> None:
    journal = GuardJournal(tmp_path / "guard.jsonl")
    ended = Pause(1, "one", "", 5, ended_at=9)
    journal.extend([Pause(1, "one", "", 5), ended, Pause(1, "one", "", 5)])
    assert journal.notes() == (ended,)
