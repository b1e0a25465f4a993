"""`GuardJournal`: pauses and changes of limits, beside the database as well.

A fuse that has blown must stop spending also after the database was lost, and nobody who raised a
cap may be forgotten with it.
"""

from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeAlias

from aipaint.errors import StorageError
from aipaint.ledger.checked_lines import append_lines, line_of, row_of
from aipaint.ledger.guard_change import LoggedChange
from aipaint.ledger.pause import Pause

GuardNote: TypeAlias = Pause | LoggedChange
"""What is written down of the guard."""

_KINDS: dict[str, type[Pause] | type[LoggedChange]] = {"pause": Pause, "change": LoggedChange}


class GuardJournal:
    """Any thread and any process. A line is on the disk when `extend` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def extend(self, notes: Iterable[GuardNote]) -> None:
        """Add them as they are now. Raises StorageError."""
        lines = b"".join(line_of(_row(note)) for note in notes)
        if not lines:
            return
        try:
            append_lines(self.path, lines)
        except OSError as error:
            raise StorageError(
                f"The journal of limits {self.path} cannot be written: {error.strerror}.",
                "Free some space or make the data folder writable.",
            ) from error

    def notes(self) -> tuple[GuardNote, ...]:
        """In the order in which they were written, each once. Raises StorageError."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StorageError(
                f"The journal of limits {self.path} cannot be read: {error.strerror}.",
                "Check the disk; nothing is bought until then.",
            ) from error
        found: dict[tuple[object, ...], GuardNote] = {}
        for line in data.splitlines():
            row = row_of(line)
            note = _note(row) if row is not None else None
            if note is not None and not _is_ended(found.get(note_key(note))):
                found[note_key(note)] = note
        return tuple(found.values())


def note_key(note: GuardNote) -> tuple[object, ...]:
    """By what it is found again in another database, whose numbers are others."""
    if isinstance(note, Pause):
        return "pause", note.provider, note.created_at
    return "change", note.what, note.created_at, note.before_micros, note.after_micros


def _is_ended(note: GuardNote | None) -> bool:
    return isinstance(note, Pause) and note.ended_at is not None


def _row(note: GuardNote) -> dict[str, object]:
    return {"kind": "pause" if isinstance(note, Pause) else "change", **asdict(note)}


def _note(row: dict[str, Any]) -> GuardNote | None:
    # A newer aipaint may write more kinds and columns than we know.
    kind = _KINDS.get(str(row.get("kind")))
    if kind is None:
        return None
    names = {field.name for field in fields(kind)}
    try:
        return kind(**{name: value for name, value in row.items() if name in names})
    except TypeError:
        return None
