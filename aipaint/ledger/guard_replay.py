"""`replay_guard`: pauses and changes of limits that a lost database took with it, put back."""

from aipaint.database import Database, transaction
from aipaint.ledger.guard_journal import GuardJournal, GuardNote, note_key
from aipaint.ledger.guard_tables import GuardTables
from aipaint.ledger.pause import Pause


def replay_guard(database: Database, journal: GuardJournal) -> int:
    """What one of the two does not know is told to it; how many pauses stop spending again.

    Before anybody spends. Raises StorageError.
    """
    tables = GuardTables(database)
    noted = {note_key(note): note for note in journal.notes()}
    stopped = 0
    with transaction(database):
        mine: tuple[GuardNote, ...] = (*tables.all_pauses(), *tables.all_changes())
        known = {note_key(note): note for note in mine}
        for key, note in noted.items():
            before = known.get(key)
            if isinstance(note, Pause):
                pause = before if isinstance(before, Pause) else None
                stopped += _pause_again(tables, note, pause)
            elif before is None:
                tables.put_change(note)
    journal.extend(note for key, note in known.items() if _is_news(note, noted.get(key)))
    return stopped


def _pause_again(tables: GuardTables, noted: Pause, known: Pause | None) -> bool:
    """Whether it stands now and did not before."""
    if known is None:
        tables.put_pause(noted)
        return noted.ended_at is None
    if known.ended_at is None and noted.ended_at is not None:
        tables.end_pauses((known,), noted.ended_at)
    return False


def _is_news(note: GuardNote, noted: GuardNote | None) -> bool:
    if noted is None:
        return True
    is_over = isinstance(note, Pause) and note.ended_at is not None
    return is_over and isinstance(noted, Pause) and noted.ended_at is None
