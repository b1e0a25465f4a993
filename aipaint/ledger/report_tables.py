"""The ledger joined with what the history knows. Call inside an open connection."""

from datetime import date
from typing import Any

from aipaint.database import Database
from aipaint.ledger.report import Receipt, ReportBy, SpendRow
from aipaint.ledger.tables import LEDGER_COLUMNS, entry_from_row

_KEYS = {
    ReportBy.DAY: "l.local_day",
    ReportBy.MONTH: "l.local_month",
    ReportBy.MODEL: "l.model",
    ReportBy.PROVIDER: "l.provider",
    ReportBy.PROJECT: "l.project",
    ReportBy.OPERATION: "l.operation",
}
# Calls that never cost anything (offline, rehearsal) are no spending.
_PAID = "(l.reserved_micros > 0 OR l.actual_micros > 0)"
_SPAN = "l.local_day >= ? AND l.local_day <= ?"
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


class ReportTables:
    """Queries bound to one database, so that several can be open in one process."""

    def __init__(self, database: Database) -> None:
        self._database: Any = database

    def rows(self, by: ReportBy, since: date | None, until: date | None) -> list[SpendRow]:
        """Days and months newest first, names by what they cost."""
        key = _KEYS[by]
        order = "1 DESC" if by in (ReportBy.DAY, ReportBy.MONTH) else "3 DESC, 1"
        found = self._database.execute_sql(
            f"""
            SELECT {key}, COUNT(*), {_sum("settled")}, {_sum("unknown")}, {_sum("reserved")},
                SUM(l.state = 'released'), {_used("applied")}, {_used("discarded")}
            FROM budget_ledger l LEFT JOIN jobs j ON j.id = l.job_id
            WHERE {_SPAN} AND {_PAID} GROUP BY 1 ORDER BY {order}
            """,
            _days(since, until),
        )
        return [SpendRow(*row) for row in found]

    def receipts(self, since: date | None, until: date | None) -> list[Receipt]:
        """Newest first; every row of the ledger in these days."""
        names = ", ".join(f"l.{column}" for column in LEDGER_COLUMNS)
        found = self._database.execute_sql(
            f"""
            SELECT j.remote_id, COALESCE(j.result_use, ''), {names}
            FROM budget_ledger l LEFT JOIN jobs j ON j.id = l.job_id
            WHERE {_SPAN} ORDER BY l.id DESC
            """,
            _days(since, until),
        )
        return [Receipt(entry_from_row(row[2:]), row[0], row[1]) for row in found]


def _sum(state: str) -> str:
    amount = "COALESCE(l.actual_micros, l.reserved_micros)"
    return f"SUM(CASE WHEN l.state = '{state}' THEN {amount} ELSE 0 END)"


def _used(use: str) -> str:
    return (
        f"SUM(CASE WHEN l.state = 'settled' AND j.result_use = '{use}'"
        " THEN l.actual_micros ELSE 0 END)"
    )


def _days(since: date | None, until: date | None) -> tuple[str, str]:
    return (
        since.isoformat() if since else _FIRST_DAY,
        until.isoformat() if until else _LAST_DAY,
    )
