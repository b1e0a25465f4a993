"""The rows of `budget_pauses` and `budget_changes`, and the sums the guard looks at.

Call inside an open connection.
"""

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from aipaint.database import Database
from aipaint.ledger.entry import EntryState
from aipaint.ledger.guard import Envelope, EnvelopeKind
from aipaint.ledger.guard_change import GuardChange, LoggedChange
from aipaint.ledger.pause import Pause
from aipaint.ledger.seen import Seen
from aipaint.money import Micros

_PAUSE = "id, reason, provider, created_at, ended_at"
_CHANGE = "what, before_micros, after_micros, source, created_at"
_AMOUNT = "COALESCE(actual_micros, reserved_micros)"
_SEEN_CALLS = 20


class GuardTables:
    """Queries bound to one database, so that several can be open in one process."""

    def __init__(self, database: Database) -> None:
        self._database: Any = database

    def pause(self, reason: str, provider: str, at: int) -> Pause:
        """The pause that stops this provider ("" = everything) already, else a new one."""
        for standing in self.pauses():
            if standing.provider == provider:
                return standing
        row = (reason, provider, at)
        sql = "INSERT INTO budget_pauses (reason, provider, created_at) VALUES (?, ?, ?)"
        found = self._database.execute_sql(sql, row)
        return Pause(int(found.lastrowid), *row)

    def pauses(self) -> tuple[Pause, ...]:
        """Those that a person has not ended, oldest first."""
        rows = self._rows(f"SELECT {_PAUSE} FROM budget_pauses WHERE ended_at IS NULL ORDER BY id")
        return tuple(Pause(*row) for row in rows)

    def end_pauses(self, pauses: Iterable[Pause], at: int) -> None:
        for pause in pauses:
            sql = "UPDATE budget_pauses SET ended_at = ? WHERE id = ?"
            self._database.execute_sql(sql, (at, pause.id))

    def last_end(self) -> int:
        """When a person last let everything go on; 0 if never."""
        sql = "SELECT MAX(ended_at) FROM budget_pauses WHERE provider = ''"
        return int(self._rows(sql)[0][0] or 0)

    def log(self, change: GuardChange, source: str, at: int) -> LoggedChange:
        logged = LoggedChange(change.what, change.before_micros, change.after_micros, source, at)
        self.put_change(logged)
        return logged

    def put_change(self, change: LoggedChange) -> None:
        """As it was logged, here or in a database that is lost."""
        self._database.execute_sql(
            f"INSERT INTO budget_changes ({_CHANGE}) VALUES (?, ?, ?, ?, ?)", astuple(change)
        )

    def all_changes(self) -> tuple[LoggedChange, ...]:
        rows = self._rows(f"SELECT {_CHANGE} FROM budget_changes ORDER BY id")
        return tuple(LoggedChange(*row) for row in rows)

    def put_pause(self, pause: Pause) -> None:
        """One of a database that is lost, under a number of its own."""
        self._database.execute_sql(
            "INSERT INTO budget_pauses (reason, provider, created_at, ended_at)"
            " VALUES (?, ?, ?, ?)",
            (pause.reason, pause.provider, pause.created_at, pause.ended_at),
        )

    def all_pauses(self) -> tuple[Pause, ...]:
        """Those that were ended as well."""
        rows = self._rows(f"SELECT {_PAUSE} FROM budget_pauses ORDER BY id")
        return tuple(Pause(*row) for row in rows)

    def last_change(self) -> int:
        return int(self._rows("SELECT COALESCE(MAX(id), 0) FROM budget_changes")[0][0])

    def changes_after(self, change_id: int) -> list[tuple[int, GuardChange]]:
        """Newer changes with their ids, in the order in which they were made."""
        rows = self._rows(
            "SELECT id, what, before_micros, after_micros FROM budget_changes"
            " WHERE id > ? ORDER BY id",
            (change_id,),
        )
        return [(found, GuardChange(what, old, new, False)) for found, what, old, new in rows]

    def spent_between(self, after: int, before: int) -> Micros:
        """What calls admitted between two times hold or have spent, of every process."""
        rows = self._rows(
            f"SELECT COALESCE(SUM({_AMOUNT}), 0) FROM budget_ledger"
            " WHERE state <> 'released' AND created_at > ? AND created_at < ?",
            (after, before),
        )
        return int(rows[0][0])

    def used_of(self, envelope: Envelope, month: str) -> dict[EntryState, Micros]:
        """Per state, what an envelope's calls hold or have spent."""
        is_project = envelope.kind is EnvelopeKind.PROJECT
        where = "project = ?" if is_project else "provider = ? AND local_month = ?"
        rows = self._rows(
            f"SELECT state, SUM({_AMOUNT}) FROM budget_ledger WHERE {where} GROUP BY state",
            (envelope.name,) if is_project else (envelope.name, month),
        )
        return {EntryState(state): total for state, total in rows}

    def has_paid(self, provider: str) -> bool:
        """Whether this provider was ever paid, or is owed."""
        rows = self._rows(
            f"SELECT 1 FROM budget_ledger WHERE provider = ? AND state <> 'released'"
            f" AND {_AMOUNT} > 0 LIMIT 1",
            (provider,),
        )
        return bool(rows)

    def last_price(self, provider: str, model: str, operation: str) -> Micros | None:
        """What one picture of the last call that was settled for money cost, rounded up."""
        rows = self._rows(
            "SELECT actual_micros, count FROM budget_ledger WHERE provider = ? AND model = ?"
            " AND operation = ? AND state = 'settled' AND actual_micros > 0"
            " ORDER BY id DESC LIMIT 1",
            (provider, model, operation),
        )
        return _each(*rows[0]) if rows else None

    def seen(self, provider: str, model: str, operation: str, priced_as: str) -> Seen | None:
        """Over the last calls whose cost was reported."""
        rows = self._rows(
            "SELECT actual_micros, count FROM budget_ledger WHERE provider = ? AND model = ?"
            " AND operation = ? AND priced_as = ? AND state = 'settled'"
            " AND cost_source IN ('usage', 'provider', 'time')"
            f" ORDER BY id DESC LIMIT {_SEEN_CALLS}",
            (provider, model, operation, priced_as),
        )
        each = [_each(actual, count) for actual, count in rows]
        return Seen(len(each), min(each), max(each)) if each else None

    def all_seen(self) -> dict[tuple[str, str, str, str], Seen]:
        """The same for every kind of call, by the arguments of `seen`."""
        rows = self._rows(
            "SELECT provider, model, operation, priced_as, actual_micros, count FROM ("
            "SELECT *, ROW_NUMBER() OVER (PARTITION BY provider, model, operation, priced_as"
            " ORDER BY id DESC) AS place FROM budget_ledger WHERE state = 'settled'"
            " AND cost_source IN ('usage', 'provider', 'time'))"
            f" WHERE place <= {_SEEN_CALLS}"
        )
        found: dict[tuple[str, str, str, str], list[Micros]] = {}
        for provider, model, operation, priced_as, actual, count in rows:
            kind = (provider, model, operation, priced_as)
            found.setdefault(kind, []).append(_each(actual, count))
        return {kind: Seen(len(each), min(each), max(each)) for kind, each in found.items()}

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        return list(self._database.execute_sql(sql, values))


def _each(micros: Micros, count: int) -> Micros:
    return -(-micros // max(1, count))
