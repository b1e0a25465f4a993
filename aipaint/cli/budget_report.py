"""`budget report`: where the money went, as lines, as JSON or as a CSV table."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.cli.output import one_line, print_json
from aipaint.errors import UsageError
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.report import Receipt, ReportBy, SpendRow
from aipaint.ledger.report_csv import Row, csv_text, receipt_row, spend_row
from aipaint.money import decimal_usd, format_usd

_BY_CALL = "call"


def budget_report(ledger: Ledger, arguments: Namespace) -> None:
    """Rows by day, month or name; `--by call` gives a receipt for every call."""
    if arguments.json and arguments.csv == "-":
        raise UsageError("--json and --csv - both want standard output.", "Name a file for --csv.")
    since, until = _day("--since", arguments.since), _day("--until", arguments.until)
    if arguments.by == _BY_CALL:
        receipts = ledger.receipts(since, until)
        rows = [receipt_row(receipt) for receipt in receipts]
        lines = [_receipt_line(receipt) for receipt in receipts]
        total = sum(receipt.counts_micros for receipt in receipts)
    else:
        spend = ledger.report(ReportBy(arguments.by), since, until)
        rows = [spend_row(arguments.by, row) for row in spend]
        lines = [_spend_line(row) for row in spend]
        total = sum(row.counts_micros for row in spend)
    if arguments.csv:
        _write_csv(arguments.csv, rows)
    if arguments.json:
        print_json({"by": arguments.by, "rows": rows, "counts_usd": decimal_usd(total)})
    elif arguments.csv != "-":
        print("\n".join([*lines, f"Together: {format_usd(total)}"]))


def _day(flag: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{flag} {text!r} is not a day.", "Say it like 2026-11-01.") from None


def _spend_line(row: SpendRow) -> str:
    calls = "1 call" if row.calls == 1 else f"{row.calls} calls"
    return (
        f"{one_line(row.key) or '(none)':<24} {format_usd(row.settled_micros):>8} spent, "
        f"{format_usd(row.reserved_micros)} on hold, {format_usd(row.unknown_micros)} uncertain; "
        f"{calls}, {row.released_count} not charged; "
        f"kept {format_usd(row.kept_micros)}, discarded {format_usd(row.discarded_micros)}"
    )


def _receipt_line(receipt: Receipt) -> str:
    entry = receipt.entry
    reported = receipt.reported_micros
    actual = "not reported" if reported is None else format_usd(reported)
    return (
        f"{entry.id:>5}  {_utc(entry.created_at)}  {entry.state.value:<8}  "
        f"counts {format_usd(receipt.counts_micros)} "
        f"(estimate {format_usd(entry.reserved_micros)}, actual {actual})  "
        f"{entry.operation} {entry.provider} {one_line(entry.model)}"
    )


def _utc(micros: int) -> str:
    return datetime.fromtimestamp(micros // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_csv(target: str, rows: Sequence[Row]) -> None:
    text = csv_text(rows)
    if target == "-":
        sys.stdout.write(text)
    else:
        write_atomically(Path(target), text.encode("utf-8"))
