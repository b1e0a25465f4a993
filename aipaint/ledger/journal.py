"""`SpendJournal`: one line on disk for each event of a paid call, beside the database.

When the database is lost, what was spent is still known: each line holds a whole row and a
checksum, so that a torn or damaged line is passed over instead of believed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeAlias

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError
from aipaint.ledger.checked_lines import append_lines, line_of, row_of
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry
from aipaint.ledger.guard_journal import GuardJournal, GuardNote

_NAMES = {field.name for field in fields(LedgerEntry)}
_LARGE_BYTES = 4 * 1024 * 1024
_LINE_BYTES = 600

Key: TypeAlias = tuple[str, int]
"""Which row of the ledger: its job and when it was made. Numbers are given again after a loss."""


class SpendJournal:
    """Any thread and any process. A line is on the disk when `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.guard = GuardJournal(path.with_name("guard.jsonl"))

    def append(self, entry: LedgerEntry) -> None:
        """Add the row as it is now; one that moves no money needs no line. Raises StorageError."""
        self.extend((entry,))

    def append_guard(self, notes: Iterable[GuardNote]) -> None:
        """Pauses and changes of limits, in a file of their own. Raises StorageError."""
        self.guard.extend(notes)

    def extend(self, entries: Iterable[LedgerEntry]) -> None:
        """Several rows with one wait for the disk. Raises StorageError."""
        lines = b"".join(_line(entry) for entry in entries if _moves_money(entry))
        if not lines:
            return
        try:
            append_lines(self.path, lines)
        except OSError as error:
            raise StorageError(
                f"The spending journal {self.path} cannot be written: {error.strerror}.",
                "Free some space or make the data folder writable; nothing more is bought "
                "until then.",
            ) from error

    def rows(self) -> dict[Key, LedgerEntry]:
        """The last known state of each row. Raises StorageError."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(
                f"The spending journal {self.path} cannot be read: {error.strerror}.",
                "Check the disk; nothing is bought until then.",
            ) from error
        found: dict[Key, LedgerEntry] = {}
        for line in data.splitlines():
            entry = _entry(line)
            if entry is not None and _is_later(entry, found.get(key_of(entry))):
                found[key_of(entry)] = entry
        return found

    def is_wasteful(self, row_count: int) -> bool:
        """Whether it is worth writing anew."""
        size = self.path.stat().st_size if self.path.exists() else 0
        return size > max(_LARGE_BYTES, 3 * _LINE_BYTES * row_count)

    def write_anew(self, entries: Iterable[LedgerEntry]) -> None:
        """One line for each row instead of one for each event. Only while nobody else runs."""
        lines = (_line(entry) for entry in entries if _moves_money(entry))
        write_atomically(self.path, b"".join(lines))


def key_of(entry: LedgerEntry) -> Key:
    """By what a row is found again in another database."""
    return entry.job_id, entry.created_at


def rank(entry: LedgerEntry) -> int:
    """How late in the life of a row this is: its events may be written down out of order."""
    if not entry.state.is_open:
        return 3
    if entry.state is EntryState.UNKNOWN:
        return 2
    return 1 if entry.sent_at is not None else 0


def _is_later(entry: LedgerEntry, known: LedgerEntry | None) -> bool:
    return known is None or rank(entry) >= rank(known)


def _moves_money(entry: LedgerEntry) -> bool:
    return bool(entry.reserved_micros or entry.actual_micros)


def _line(entry: LedgerEntry) -> bytes:
    row = asdict(entry)
    row["state"] = entry.state.value
    row["cost_source"] = None if entry.cost_source is None else entry.cost_source.value
    return line_of(row)


def _entry(line: bytes) -> LedgerEntry | None:
    """The row of a line; None for one that is torn, damaged or of another program."""
    row = row_of(line)
    try:
        return None if row is None else _from_row(row)
    except (ValueError, KeyError, TypeError):
        return None


def _from_row(row: Mapping[str, object]) -> LedgerEntry:
    # A newer aipaint may write more columns than we know.
    values = {name: value for name, value in row.items() if name in _NAMES}
    source = values["cost_source"]
    values["state"] = EntryState(values["state"])
    values["cost_source"] = None if source is None else CostSource(source)
    return LedgerEntry(**values)  # type: ignore[arg-type]
