"""Reports as tables: the same columns in JSON, in CSV, on the command line and in the window."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from aipaint.ledger.report import Receipt, SpendRow
from aipaint.money import decimal_usd

Row: TypeAlias = dict[str, str | int | None]
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def spend_row(by: str, row: SpendRow) -> Row:
    """One line of a report; `by` names its first column."""
    return {
        by: row.key,
        "calls": row.calls,
        "settled_usd": decimal_usd(row.settled_micros),
        "unknown_usd": decimal_usd(row.unknown_micros),
        "reserved_usd": decimal_usd(row.reserved_micros),
        "released_calls": row.released_count,
        "kept_usd": decimal_usd(row.kept_micros),
        "discarded_usd": decimal_usd(row.discarded_micros),
    }


def receipt_row(receipt: Receipt) -> Row:
    """One call, with what it was expected to cost and what it did."""
    entry = receipt.entry
    source, reported = entry.cost_source, receipt.reported_micros
    return {
        "id": entry.id,
        "time": _utc(entry.created_at),
        "local_day": entry.local_day,
        "job_id": entry.job_id,
        "remote_id": receipt.remote_id,
        "provider": entry.provider,
        "model": entry.model,
        "operation": entry.operation,
        "project": entry.project,
        "count": entry.count,
        "state": entry.state.value,
        "estimated_usd": decimal_usd(entry.reserved_micros),
        "reported_usd": None if reported is None else decimal_usd(reported),
        "cost_source": source.value if source else None,
        "counts_usd": decimal_usd(receipt.counts_micros),
        "result_use": receipt.result_use,
    }


def csv_text(rows: Sequence[Row]) -> str:
    """The whole table with its header; "" without rows."""
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(_harmless(row) for row in rows)
    return text.getvalue()


def _harmless(row: Mapping[str, str | int | None]) -> Row:
    """A model or project named "=cmd()" must not become a formula in a spreadsheet."""
    return {
        key: f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value
        for key, value in row.items()
    }


def _utc(micros: int) -> str:
    return datetime.fromtimestamp(micros // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
