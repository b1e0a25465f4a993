"""`open_books`: the database and the spending journal, brought to agree before anybody spends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aipaint.database import (
    DamagedDatabase,
    Database,
    connection,
    open_database,
    transaction,
    utc_micros,
)
from aipaint.errors import StorageError
from aipaint.ledger.entry import EntryState, LedgerEntry
from aipaint.ledger.guard_replay import replay_guard
from aipaint.ledger.journal import Key, SpendJournal, key_of, rank
from aipaint.ledger.rescue import has_copy, keep_copy, restore_newest, set_aside
from aipaint.ledger.tables import LedgerTables
from aipaint.ledger.window import window_at
from aipaint.money import format_usd
from aipaint.process_lock import ProcessLock, is_alive, remove_stale

_OPENING = "opening"
_SMALL_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Books:
    """What was opened. `note` is a sentence for the user if something had to be mended.

    `is_after_crash`: a session before did not end by itself, or the database was lost.
    """

    database: Database
    journal: SpendJournal
    note: str = ""
    is_after_crash: bool = False


def open_books(home: Path, migrations: Path, clock: Callable[[], datetime]) -> Books:
    """Open `aipaint.db` in the data folder; one process at a time.

    A damaged database is set aside, the newest good copy takes its place, and what was spent is
    replayed from the journal. Raises StorageError with the reason when nothing can be done: it
    is locked, read-only, full or newer, or another process still works with the damaged one.
    """
    locks = home / "locks"
    with ProcessLock(locks / f"{_OPENING}.lock"):
        is_unclean = bool(set(remove_stale(locks)) - {_OPENING})
        path = home / "aipaint.db"
        journal = SpendJournal(home / "journal" / "spend.jsonl")
        spent = journal.rows()
        is_first = not path.exists()
        try:
            database = _checked(path, migrations, spent, is_unclean=is_unclean)
            story = ""
        except DamagedDatabase as damage:
            if _is_anybody_there(locks):
                raise StorageError(
                    damage.message,
                    "Close every other aipaint and start it again; it is mended then.",
                ) from damage
            story, database = _mended(path, migrations, clock)
        else:
            if not is_first:
                keep_copy(path, clock())
        replayed = _agree(database, journal, spent, utc_micros(clock()))
        stopped = replay_guard(database, journal.guard)
        if journal.is_wasteful(len(spent)) and not _is_anybody_there(locks):
            journal.write_anew(journal.rows().values())
        note = _note(story, replayed, database, clock())
        if stopped:
            note = f"{note} Spending was paused before and is paused again.".lstrip()
        return Books(database, journal, note, is_unclean or bool(note))


def _checked(
    path: Path, migrations: Path, spent: Mapping[Key, LedgerEntry], *, is_unclean: bool
) -> Database:
    """Raises DamagedDatabase also for one that adds up wrongly, or was emptied."""
    size = path.stat().st_size if path.exists() else 0
    if not size and (spent or has_copy(path)):
        raise DamagedDatabase(str(path))
    is_thorough = is_unclean or size <= _SMALL_BYTES
    database = open_database(path, migrations, is_thorough=is_thorough)
    tables = LedgerTables(database)
    with connection(database):
        try:
            wrong = tables.disagreements() or _contradictions(tables, spent)
        except (ValueError, TypeError) as error:  # a state or a number that was never written
            raise DamagedDatabase(str(path)) from error
    if wrong:
        raise DamagedDatabase(str(path))
    return database


def _contradictions(tables: LedgerTables, spent: Mapping[Key, LedgerEntry]) -> list[int]:
    """Rows that ended in one way by the journal and in another by the database."""
    return [
        entry.id
        for entry in tables.all_rows()
        if (noted := spent.get(key_of(entry))) is not None
        and not (noted.state.is_open or entry.state.is_open)
        and _sums(noted) != _sums(entry)
    ]


def _sums(entry: LedgerEntry) -> tuple[object, ...]:
    """What the sums of the meter are made of."""
    return (
        entry.state,
        entry.reserved_micros,
        entry.actual_micros,
        entry.local_day,
        entry.local_month,
        entry.session_id,
        entry.provider,
        entry.project,
    )


def _mended(path: Path, migrations: Path, clock: Callable[[], datetime]) -> tuple[str, Database]:
    was_there = path.exists()
    aside = set_aside(path, clock())
    made_at = restore_newest(path)
    what = f"was damaged; it was set aside as {aside.name}" if was_there else "was gone"
    if made_at is None:
        since = "The list of jobs starts anew"
    else:
        since = f"A copy of {made_at.astimezone():%Y-%m-%d %H:%M} was put in its place"
    return (
        f"The database {path} {what}. {since}",
        open_database(path, migrations, is_thorough=True),
    )


def _agree(
    database: Database, journal: SpendJournal, spent: Mapping[Key, LedgerEntry], now: int
) -> int:
    """What one of the two does not know is told to it; how many rows the database lacked."""
    tables = LedgerTables(database)
    with transaction(database):
        known = {key_of(entry): entry for entry in tables.all_rows()}
        lacking = [entry for key, entry in spent.items() if _is_newer(entry, known.get(key))]
        for entry in lacking:
            _replay(tables, known.get(key_of(entry)), entry, now)
        rows = tables.all_rows() if lacking else list(known.values())
    journal.extend(row for row in rows if _is_newer(row, spent.get(key_of(row))))
    return len(lacking)


def _is_newer(entry: LedgerEntry, other: LedgerEntry | None) -> bool:
    return other is None or rank(entry) > rank(other)


def _replay(tables: LedgerTables, known: LedgerEntry | None, noted: LedgerEntry, now: int) -> None:
    """Put a row of the journal into the database, with the entry that makes it add up."""
    row = noted
    if noted.state is EntryState.RESERVED:
        # Nobody is left who could end it: sent, it may have been charged; not sent, it was not.
        state = EntryState.RELEASED if noted.sent_at is None else EntryState.UNKNOWN
        actual = 0 if state is EntryState.RELEASED else None
        row = replace(noted, state=state, actual_micros=actual)
    held = row.reserved_micros if row.state.is_open else 0
    if known is None:
        ledger_id = tables.put(row)
    else:
        ledger_id = known.id
        held -= known.reserved_micros
        tables.put_over(known.id, row)
    tables.append(ledger_id, "rebuilt", (held, row.actual_micros or 0), now)


def _is_anybody_there(locks: Path) -> bool:
    owners = {path.stem for path in locks.glob("*.lock")} - {_OPENING}
    return any(is_alive(locks, owner) for owner in owners)


def _note(story: str, replayed: int, database: Database, now: datetime) -> str:
    if not (story or replayed):
        return ""
    tables = LedgerTables(database)
    with connection(database):
        day = window_at(now, tables.latest_day()).day
        used = tables.used("local_day", day)
    spent = sum(micros for state, micros in used.items() if state is not EntryState.RELEASED)
    start = f"{story}; spending" if story else "Spending"
    return f"{start} records were rebuilt: {format_usd(spent)} today."
