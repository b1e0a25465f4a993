"""Spending records that do not add up, and the journal beside them."""

from collections.abc import Iterable
from typing import Any

import pytest

from aipaint.database import Database, connection
from aipaint.errors import StorageError
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry
from aipaint.ledger.errors import BooksDisagree
from aipaint.ledger.guard import Guard
from aipaint.ledger.guard_journal import GuardNote
from aipaint.ledger.ledger import Ledger
from tests.conftest import ExpectedLogs
from tests.ledger.rig import Clock, ask, caps


class Notes:
    """A journal that keeps its lines, and can be told to fail."""

    def __init__(self) -> None:
        self.lines: list[LedgerEntry] = []
        self.is_full = False

    def append(self, entry: LedgerEntry) -> None:
        if self.is_full:
            raise StorageError("The disk is full.")
        self.lines.append(entry)

    def append_guard(self, notes: Iterable[GuardNote]) -> None:
        assert not list(notes), "no limit changes here"


def forge(database: Any) -> None:
    with connection(database):
        database.execute_sql("UPDATE budget_ledger SET reserved_micros = 1 WHERE id = 1")


def test_what_does_not_add_up_is_not_spent_on(database: Database, clock: Clock) -> None:
    Ledger(database, Guard(caps()), "one", clock).reserve(ask(100))
    forge(database)
    later = Ledger(database, Guard(caps()), "two", clock)
    with pytest.raises(BooksDisagree) as wrong:
        later.reserve(ask(1))
    assert wrong.value.ledger_ids == (1,)
    assert wrong.value.kind == "ledger"
    assert wrong.value.message == (
        "The spending records do not add up (entry 1), so nothing is bought."
    )
    assert ".bak" in wrong.value.hint
    later.reserve(ask(0))  # what is free goes on
    assert [entry.reserved_micros for entry in later.entries(9)] == [0, 1]
    with pytest.raises(BooksDisagree):
        later.reserve(ask(1))


def test_many_wrong_rows_are_one_sentence(database: Any, clock: Clock) -> None:
    ledger = Ledger(database, Guard(caps()), "one", clock)
    for _ in range(3):
        ledger.reserve(ask(100))
    with connection(database):
        database.execute_sql("UPDATE budget_ledger SET reserved_micros = 1")
    with pytest.raises(BooksDisagree, match=r"\(3 entries, the first is 1\)"):
        Ledger(database, Guard(caps()), "two", clock).reserve(ask(1))


def test_every_change_of_a_row_is_noted_as_it_then_stands(database: Database, clock: Clock) -> None:
    notes = Notes()
    ledger = Ledger(database, Guard(caps()), "one", clock, notes)
    first, second = ledger.reserve(ask(100, project="p")), ledger.reserve(ask(7))
    ledger.mark_sent(first)
    ledger.mark_sent(first)
    ledger.settle(first, 90, CostSource.USAGE)
    ledger.settle(first, 90, CostSource.USAGE)
    ledger.mark_unknown(second)
    ledger.mark_unknown(second)
    ledger.resolve(second.ledger_id, charged=True)
    ledger.release(ledger.reserve(ask(5)))
    assert [(line.id, line.state, line.actual_micros) for line in notes.lines] == [
        (1, EntryState.RESERVED, None),
        (2, EntryState.RESERVED, None),
        (1, EntryState.RESERVED, None),
        (1, EntryState.SETTLED, 90),
        (2, EntryState.UNKNOWN, None),
        (2, EntryState.SETTLED, 7),
        (3, EntryState.RESERVED, None),
        (3, EntryState.RELEASED, 0),
    ]
    assert notes.lines[2].sent_at is not None
    assert notes.lines[0].project == "p"


def test_what_cannot_be_noted_is_not_bought(
    database: Database, clock: Clock, expected_logs: ExpectedLogs
) -> None:
    notes = Notes()
    ledger = Ledger(database, Guard(caps(day=100)), "one", clock, notes)
    held = ledger.reserve(ask(60))
    notes.is_full = True
    expected_logs("journal lacks a line: The disk is full")
    with pytest.raises(StorageError):
        ledger.reserve(ask(40))
    assert ledger.status().caps[1].used_micros == 60  # given back
    with pytest.raises(StorageError):
        ledger.mark_sent(held)


def test_a_journal_that_fails_hides_no_settlement(
    database: Database, clock: Clock, expected_logs: ExpectedLogs
) -> None:
    notes = Notes()
    ledger = Ledger(database, Guard(caps()), "one", clock, notes)
    held, lost = ledger.reserve(ask(60)), ledger.reserve(ask(8))
    notes.is_full = True
    expected_logs("journal lacks a line")
    ledger.settle(held, 50, CostSource.USAGE)
    ledger.mark_unknown(lost)
    ledger.resolve(lost.ledger_id, charged=False)
    assert [entry.state for entry in ledger.entries(2)] == [
        EntryState.RELEASED,
        EntryState.SETTLED,
    ]
