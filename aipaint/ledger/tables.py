"""The rows of `budget_ledger` and `budget_entries`. Call inside an open connection."""

from collections.abc import Mapping
from typing import Any

from peewee import SQL, Table, fn

from aipaint.database import Database
from aipaint.ledger.entry import CostSource, EntryState, LedgerEntry
from aipaint.money import Micros

LEDGER_COLUMNS = (
    "id",
    "job_id",
    "session_id",
    "provider",
    "model",
    "operation",
    "state",
    "reserved_micros",
    "actual_micros",
    "cost_source",
    "local_day",
    "created_at",
    "closed_at",
    "sent_at",
    "local_month",
    "fingerprint",
    "is_image_call",
    "project",
    "count",
    "priced_as",
)
_ENTRY_COLUMNS = ("id", "ledger_id", "event", "held_micros", "spent_micros", "created_at")
_OPEN = tuple(state.value for state in EntryState if state.is_open)

# Every row whose state or amounts are not the sum of its entries.
_DISAGREEMENTS = """
    SELECT l.id FROM budget_ledger l LEFT JOIN budget_entries e ON e.ledger_id = l.id
    GROUP BY l.id
    HAVING COALESCE(SUM(e.held_micros), -1)
           <> CASE WHEN l.state IN ('reserved', 'unknown') THEN l.reserved_micros ELSE 0 END
        OR COALESCE(SUM(e.spent_micros), -1) <> COALESCE(l.actual_micros, 0)
    ORDER BY l.id
"""


class LedgerTables:
    """Queries bound to one database, so that several can be open in one process."""

    def __init__(self, database: Database) -> None:
        self._database: Any = database
        self._ledger: Any = Table("budget_ledger", LEDGER_COLUMNS, "id", _database=database)
        self._entries: Any = Table("budget_entries", _ENTRY_COLUMNS, "id", _database=database)

    def insert(self, row: Mapping[str, object]) -> int:
        return int(self._ledger.insert(**row).execute())

    def put(self, entry: LedgerEntry) -> int:
        """Add a row that was known before, under its old number if that is free; its number."""
        row = _row_of(entry)
        if self.entry(entry.id) is None:
            row["id"] = entry.id
        return self.insert(row)

    def put_over(self, ledger_id: int, entry: LedgerEntry) -> None:
        """Bring an open row to a later state of itself."""
        self.change(ledger_id, _row_of(entry))

    def all_rows(self) -> list[LedgerEntry]:
        """Every row, oldest first."""
        query = self._ledger.select().order_by(self._ledger.id)
        return [entry_from_row(row) for row in query.tuples()]

    def change(self, ledger_id: int, columns: Mapping[str, object]) -> None:
        self._ledger.update(**columns).where(self._ledger.id == ledger_id).execute()

    def append(self, ledger_id: int, event: str, amounts: tuple[Micros, Micros], at: int) -> None:
        """Add one entry; `amounts` are the differences of what is held and what is spent."""
        held, spent = amounts
        self._entries.insert(
            ledger_id=ledger_id, event=event, held_micros=held, spent_micros=spent, created_at=at
        ).execute()

    def entry(self, ledger_id: int) -> LedgerEntry | None:
        return self._one(self._ledger.select().where(self._ledger.id == ledger_id))

    def recent(self, limit: int, project: str = "") -> list[LedgerEntry]:
        """Newest first; with a name only those of one project."""
        query = self._ledger.select().order_by(self._ledger.id.desc()).limit(limit)
        if project:
            query = query.where(self._ledger.project == project)
        return [entry_from_row(row) for row in query.tuples()]

    def open_rows(self) -> list[LedgerEntry]:
        """Everything that is held, oldest first."""
        query = self._ledger.select().where(self._ledger.state.in_(_OPEN))
        return [entry_from_row(row) for row in query.order_by(self._ledger.id).tuples()]

    def open_with_fingerprint(self, fingerprint: str, except_job: str) -> LedgerEntry | None:
        """A held call for the same thing by another job."""
        ledger = self._ledger
        query = ledger.select().where(
            (ledger.fingerprint == fingerprint)
            & ledger.state.in_(_OPEN)
            & (ledger.job_id != except_job)
        )
        return self._one(query.order_by(ledger.id.desc()))

    def latest_day(self) -> str:
        """The latest local day that carries money, "" if none does."""
        ledger = self._ledger
        query = ledger.select(fn.MAX(ledger.local_day)).where(
            (ledger.state != EntryState.RELEASED.value)
            & ((ledger.reserved_micros > 0) | (ledger.actual_micros > 0))
        )
        return query.tuples().first(self._database)[0] or ""

    def used(self, column: str, value: str) -> dict[EntryState, Micros]:
        """Per state, what the rows with this session, day or month hold or have spent."""
        ledger = self._ledger
        amount = fn.COALESCE(ledger.actual_micros, ledger.reserved_micros)
        query = (
            ledger.select(ledger.state, fn.SUM(amount))
            .where(getattr(ledger, column) == value)
            .group_by(ledger.state)
        )
        return {EntryState(state): total for state, total in query.tuples()}

    def last_image_call(self, after: int, before: int) -> int | None:
        """When the latest paid image call between two times was admitted, by any process."""
        ledger = self._ledger
        query = ledger.select(fn.MAX(ledger.created_at)).where(
            (ledger.is_image_call == 1)
            & (ledger.reserved_micros > 0)
            & (ledger.state != EntryState.RELEASED.value)
            & (ledger.created_at > after)
            & (ledger.created_at < before)
        )
        found: int | None = query.tuples().first(self._database)[0]
        return found

    def disagreements(self) -> tuple[int, ...]:
        rows = self._database.execute(SQL(_DISAGREEMENTS))
        return tuple(ledger_id for (ledger_id,) in rows)

    def _one(self, query: Any) -> LedgerEntry | None:
        row = query.limit(1).tuples().first(self._database)
        return None if row is None else entry_from_row(row)


def entry_from_row(row: tuple[Any, ...]) -> LedgerEntry:
    """From a row of LEDGER_COLUMNS."""
    values = dict(zip(LEDGER_COLUMNS, row, strict=True))
    source = values["cost_source"]
    values["state"] = EntryState(values["state"])
    values["cost_source"] = None if source is None else CostSource(source)
    values["is_image_call"] = bool(values["is_image_call"])
    return LedgerEntry(**values)


def _row_of(entry: LedgerEntry) -> dict[str, object]:
    """The columns of an entry but for its number."""
    row = {name: getattr(entry, name) for name in LEDGER_COLUMNS if name != "id"}
    row["state"] = entry.state.value
    row["cost_source"] = None if entry.cost_source is None else entry.cost_source.value
    row["is_image_call"] = int(entry.is_image_call)
    return row
