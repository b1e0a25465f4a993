"""Opening the books: whatever happened to the file, the sums are right or nothing is spent."""

import random
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from aipaint.errors import StorageError
from aipaint.ledger.entry import CostSource, EntryState
from aipaint.ledger.guard import Guard
from aipaint.ledger.journal import SpendJournal
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.open_books import Books, open_books
from aipaint.process_lock import ProcessLock
from tests.ledger.rig import MIGRATIONS, NOON, Clock, ask, caps

ROUNDS = 60
MICROS = 1_000_000
"""How many random corruptions the gate tries; the long form is a matter of minutes."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A data folder with a day's spending, made once."""
    folder = tmp_path_factory.mktemp("day") / "home"
    return folder, spend(folder)


@pytest.fixture
def before(home: Path, day: tuple[Path, dict[str, int]]) -> dict[str, int]:
    """What the meter shows of the day that `home` holds now."""
    shutil.copytree(day[0], home)
    return day[1]


def opened(home: Path, clock: Clock | None = None) -> Books:
    return open_books(home, MIGRATIONS, clock or Clock())


def ledger(books: Books, clock: Clock | None = None) -> Ledger:
    return Ledger(
        books.database, Guard(caps(day=90 * MICROS), 0), "s", clock or Clock(), books.journal
    )


def spend(home: Path) -> dict[str, int]:
    """A day with every kind of row; what the meter shows of it."""
    clock = Clock()
    book = ledger(opened(home, clock), clock)
    for number in range(8):
        clock.advance(seconds=1)
        held = book.reserve(ask(40_000, f"{number:032x}", project="Harbor"))
        if number % 4 == 3:
            book.release(held)
            continue
        book.mark_sent(held)
        if number % 4 == 2:
            book.mark_unknown(held)
        else:
            book.settle(held, 30_000, CostSource.USAGE)
    return meter(book)


def meter(book: Ledger) -> dict[str, int]:
    day = next(cap for cap in book.status().caps if cap.period == "day")
    assert book.audit() == ()
    return {
        "settled": day.settled_micros,
        "held": day.reserved_micros + day.unknown_micros,
    }


def damage(home: Path) -> bytes:
    path = home / "aipaint.db"
    data = bytearray(path.read_bytes())
    data[5_000:30_000] = b"\x5a" * 25_000
    path.write_bytes(data)
    return bytes(data)


def test_good_books_are_opened_without_a_word(home: Path, before: dict[str, int]) -> None:
    books = opened(home)
    assert books.note == ""
    assert meter(ledger(books)) == before
    assert len(books.journal.rows()) == 8
    assert [file.name for file in (home / "locks").iterdir()] == []


def test_a_damaged_database_is_set_aside_and_the_sums_come_back(
    home: Path, before: dict[str, int]
) -> None:
    data = damage(home)
    books = opened(home)
    aside = home / "aipaint.db.damaged-20261120T120000Z"
    assert aside.read_bytes() == data
    assert books.note == (
        f"The database {home / 'aipaint.db'} was damaged; it was set aside as {aside.name}. "
        "The list of jobs starts anew; spending records were rebuilt: $0.20 today."
    )
    book = ledger(books)
    assert meter(book) == before
    entries = book.entries(50)
    assert len(entries) == 8
    assert {entry.project for entry in entries} == {"Harbor"}
    assert book.reserve(ask(1, "f" * 32)).ledger_id > max(entry.id for entry in entries)
    again = opened(home)
    assert again.note == ""


def test_the_newest_copy_is_put_back_and_what_it_lacks_is_added(home: Path) -> None:
    clock = Clock()
    book = ledger(opened(home, clock), clock)
    sent = book.reserve(ask(5_000, "a" * 32))
    book.mark_sent(sent)
    opened(home, clock)  # the second start makes the first copy
    assert (home / "aipaint.db.20261120.bak").exists()
    book.settle(sent, 6_000, CostSource.PROVIDER)
    clock.advance(seconds=1)
    held = book.reserve(ask(7_000, "b" * 32))
    damage(home)
    books = opened(home, clock)
    assert "A copy of 2026-11-20" in books.note
    assert "was put in its place" in books.note
    rows = {entry.job_id: entry for entry in ledger(books).entries(9)}
    assert (rows["a" * 32].state, rows["a" * 32].actual_micros) == (EntryState.SETTLED, 6_000)
    # It was held and never sent, and nobody is left to send it.
    assert (rows["b" * 32].id, rows["b" * 32].state) == (held.ledger_id, EntryState.RELEASED)
    assert meter(ledger(books)) == {"settled": 6_000, "held": 0}


def test_a_call_on_the_wire_comes_back_as_unknown(home: Path) -> None:
    book = ledger(opened(home))
    book.mark_sent(book.reserve(ask(5_000, "a" * 32)))
    damage(home)
    book = ledger(opened(home))
    (entry,) = book.entries(9)
    assert (entry.state, entry.sent_at is None) == (EntryState.UNKNOWN, False)
    book.resolve(entry.id, charged=False)
    assert meter(book) == {"settled": 0, "held": 0}


@pytest.mark.parametrize("how", ["gone", "empty", "older"])
def test_a_database_that_lost_its_rows_gets_them_back(home: Path, how: str) -> None:
    path = home / "aipaint.db"
    opened(home)
    shutil.copy(path, home / "older")
    before = spend(home)
    if how == "older":  # somebody put an old copy back by hand
        shutil.copy(home / "older", path)
    elif how == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
    books = opened(home)
    assert meter(ledger(books)) == before
    assert books.note.endswith("pending records were rebuilt: $0.20 today.")
    assert ("was gone" in books.note) == (how == "gone")
    assert ("set aside" in books.note) == (how == "empty")


def test_a_sum_that_was_changed_by_hand_is_not_believed(home: Path, before: dict[str, int]) -> None:
    execute(
        home,
        "DROP TRIGGER budget_ledger_once",
        "UPDATE budget_ledger SET actual_micros = 1 WHERE state = 'settled'",
    )
    books = opened(home)
    assert "was set aside" in books.note
    assert meter(ledger(books)) == before


@pytest.mark.parametrize("column", ["local_day", "session_id", "provider", "project"])
def test_the_journal_contradicts_what_no_sum_would_show(
    home: Path, before: dict[str, int], column: str
) -> None:
    name = "name = 'budget_ledger_once'"
    (trigger,) = execute(home, f"SELECT sql FROM sqlite_master WHERE {name}")
    execute(
        home,
        "DROP TRIGGER budget_ledger_once",
        f"UPDATE budget_ledger SET {column} = '2026-11-19' WHERE id = 1",
        str(trigger),
    )
    assert "was set aside" in opened(home).note


def test_a_journal_that_lacks_lines_is_caught_up(home: Path, before: dict[str, int]) -> None:
    rows = SpendJournal(home / "journal" / "spend.jsonl").rows()
    (home / "journal" / "spend.jsonl").unlink()
    books = opened(home)
    assert books.note == ""
    assert books.journal.rows() == rows
    damage(home)
    assert meter(ledger(opened(home))) == before


def test_numbers_given_twice_are_told_apart(home: Path) -> None:
    """The database was lost together with its journal, and the journal alone came back."""
    before = spend(home)
    kept = (home / "journal" / "spend.jsonl").read_bytes()
    shutil.rmtree(home)
    book = ledger(opened(home))
    other = book.reserve(ask(9_000, "e" * 32))
    with open(home / "journal" / "spend.jsonl", "ab") as file:
        file.write(kept)
    book = ledger(opened(home))
    assert meter(book) == {"settled": before["settled"], "held": before["held"] + 9_000}
    assert len(book.entries(50)) == 9
    assert book.entry(other.ledger_id).job_id == "e" * 32
    assert opened(home).note == ""


def test_while_another_process_is_there_nothing_is_moved(
    home: Path, before: dict[str, int]
) -> None:
    data = damage(home)
    with ProcessLock(home / "locks" / "other.lock"):
        with pytest.raises(StorageError, match="is damaged") as refused:
            opened(home)
        assert "Close every other aipaint" in refused.value.hint
    assert (home / "aipaint.db").read_bytes() == data
    assert meter(ledger(opened(home))) == before


def test_after_a_crash_every_page_is_read_however_large_the_file(
    home: Path, before: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that lacks a row is found by the thorough check only."""
    monkeypatch.setattr("aipaint.ledger.open_books._SMALL_BYTES", 0)
    index = "FROM sqlite_master WHERE name = 'budget_ledger_day'"
    row = execute(home, f"SELECT * {index}")
    execute(home, "PRAGMA writable_schema = ON", f"DELETE {index}")
    execute(home, "UPDATE budget_ledger SET local_day = '2026-11-19' WHERE state = 'unknown'")
    execute(home, "PRAGMA writable_schema = ON", insert(row))
    assert opened(home).note == ""
    (home / "locks" / "crashed.lock").touch()
    assert "was set aside" in opened(home).note


def execute(home: Path, *statements: str) -> tuple[object, ...]:
    """On a connection of its own; the first row of the last statement."""
    database = sqlite3.connect(home / "aipaint.db")
    try:
        rows = [database.execute(statement).fetchone() for statement in statements]
        database.commit()
        return tuple(rows[-1] or ())
    finally:
        database.close()


def insert(row: tuple[object, ...]) -> str:
    values = ", ".join(repr(value) if isinstance(value, str) else str(value) for value in row)
    return f"INSERT INTO sqlite_master VALUES ({values})"


def test_many_who_open_at_once_mend_once(home: Path, before: dict[str, int]) -> None:
    damage(home)
    books: list[Books] = []
    threads = [Thread(target=lambda: books.append(opened(home))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(one.note) for one in books) == [False] * 5 + [True]
    assert {tuple(meter(ledger(one)).items()) for one in books} == {tuple(before.items())}


def test_no_random_corruption_gives_a_wrong_sum(
    home: Path, before: dict[str, int], tmp_path: Path
) -> None:
    opened(home)  # with a copy
    spend_later(home)
    truth = meter(ledger(opened(home)))
    assert truth["settled"] == before["settled"] + 11_000
    chance = random.Random(20261120)
    mended = 0
    for number in range(ROUNDS):
        folder = tmp_path / f"round-{number}"
        shutil.copytree(home, folder)
        corrupt(folder, chance)
        try:
            books = opened(folder)
        except StorageError:
            continue  # nothing can be spent
        mended += bool(books.note)
        assert meter(ledger(books)) == truth, number
        assert opened(folder).note == "", number
        shutil.rmtree(folder)
    assert mended > ROUNDS // 3


def spend_later(home: Path) -> None:
    clock = Clock(NOON + timedelta(hours=1))
    book = ledger(opened(home, clock), clock)
    held = book.reserve(ask(10_000, "d" * 32))
    book.mark_sent(held)
    book.settle(held, 11_000, CostSource.USAGE)


def corrupt(home: Path, chance: random.Random) -> None:
    """What disks and people do: flipped bits, lost blocks, a cut file, a block of another file."""
    path = home / "aipaint.db"
    data = bytearray(path.read_bytes())
    kind = chance.randrange(5)
    at = chance.randrange(len(data))
    if kind == 0:
        for _ in range(chance.choice((1, 8, 200))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at : at + 512] = bytes(len(data[at : at + 512]))
    elif kind == 2:
        del data[at:]
    elif kind == 3:
        at -= at % 4096
        other = chance.randrange(len(data) // 4096) * 4096
        data[at : at + 4096] = data[other : other + 4096]
    else:
        data[at : at + 64] = chance.randbytes(len(data[at : at + 64]))
    path.write_bytes(data)


def test_a_kill_while_a_row_is_replayed_is_made_good(home: Path, before: dict[str, int]) -> None:
    """The set-aside is done, the rest is not: the next start goes on."""
    damage(home)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from aipaint.ledger import open_books as room\n"
        "from tests.ledger.rig import MIGRATIONS, Clock\n"
        "room.LedgerTables.put = lambda *_: os.kill(os.getpid(), 9)\n"
        "room.open_books(Path(sys.argv[1]), MIGRATIONS, Clock())\n"
    )
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", script, str(home)], cwd=root, check=False)
    assert killed.returncode == -9
    assert (home / "aipaint.db.damaged-20261120T120000Z").exists()
    books = opened(home)
    assert meter(ledger(books)) == before
    assert "$0.20 today" in books.note


def test_a_large_journal_is_written_anew(home: Path, before: dict[str, int]) -> None:
    journal = home / "journal" / "spend.jsonl"
    with open(journal, "ab") as file:
        file.write(b"x" * (5 * 1024 * 1024) + b"\n")
    with ProcessLock(home / "locks" / "other.lock"):
        opened(home)
        assert journal.stat().st_size > 5 * 1024 * 1024
    opened(home)
    assert journal.stat().st_size < 20_000
    damage(home)
    assert meter(ledger(opened(home))) == before


def test_an_unsent_hold_of_a_process_that_lives_stays(home: Path) -> None:
    book = ledger(opened(home))
    held = book.reserve(ask(3_000, "c" * 32))
    with ProcessLock(home / "locks" / "other.lock"):
        books = opened(home)
    assert books.note == ""
    assert ledger(books).entry(held.ledger_id).state is EntryState.RESERVED


def test_a_row_of_the_database_that_is_behind_is_brought_forward(home: Path) -> None:
    clock = Clock()
    books = opened(home, clock)
    book = ledger(books, clock)
    held = book.reserve(ask(3_000, "c" * 32))
    book.mark_sent(held)
    sent = book.entry(held.ledger_id)
    ended = replace(
        sent, state=EntryState.SETTLED, actual_micros=2_500, cost_source=CostSource.USAGE
    )
    books.journal.append(ended)
    again = opened(home, clock)
    assert ledger(again).entry(held.ledger_id) == ended
    assert meter(ledger(again)) == {"settled": 2_500, "held": 0}
