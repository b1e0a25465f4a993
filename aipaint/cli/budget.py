"""`budget status`, `budget ledger`, `budget resolve`."""

from argparse import Namespace
from datetime import UTC, datetime

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import print_json, usd_or_none
from aipaint.cli.workplace import Workplace
from aipaint.ledger.entry import LedgerEntry
from aipaint.ledger.ledger import Ledger
from aipaint.ledger.status import CapStatus
from aipaint.money import decimal_usd, format_usd


def budget(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Read the ledger, or close a row whose outcome nobody else can know."""
    ledger = workplace.desk.ledger
    match arguments.verb:
        case "status":
            _status(ledger, is_json=arguments.json)
        case "ledger":
            _entries(ledger, arguments.limit, is_json=arguments.json)
        case _:
            _resolve(ledger, arguments)
    return ExitCode.DONE


def _status(ledger: Ledger, *, is_json: bool) -> None:
    caps = ledger.status().caps
    if is_json:
        print_json({"caps": [_cap_as_json(cap) for cap in caps]})
        return
    for cap in caps:
        print(_cap_line(cap))


def _cap_as_json(cap: CapStatus) -> dict[str, object]:
    return {
        "period": cap.period,
        "cap_usd": decimal_usd(cap.cap_micros),
        "settled_usd": decimal_usd(cap.settled_micros),
        "reserved_usd": decimal_usd(cap.reserved_micros),
        "unknown_usd": decimal_usd(cap.unknown_micros),
        "left_usd": usd_or_none(cap.left_micros),
        "resets_at": cap.resets_at,
        "source": cap.source,
    }


def _cap_line(cap: CapStatus) -> str:
    limit = format_usd(cap.cap_micros) if cap.cap_micros else "unlimited"
    left = "" if cap.left_micros is None else f", {format_usd(cap.left_micros)} left"
    resets = f", resets {cap.resets_at[:16].replace('T', ' ')}" if cap.resets_at else ""
    return (
        f"{cap.period:<8} {format_usd(cap.settled_micros)} spent, "
        f"{format_usd(cap.reserved_micros)} on hold, {format_usd(cap.unknown_micros)} uncertain "
        f"of {limit}{left}{resets} (set by: {cap.source})"
    )


def _entries(ledger: Ledger, limit: int, *, is_json: bool) -> None:
    entries = ledger.entries(max(1, limit))
    if is_json:
        print_json({"entries": [_entry_as_json(entry) for entry in entries]})
        return
    if not entries:
        print("Nothing was ever reserved.")
    for entry in entries:
        when = datetime.fromtimestamp(entry.created_at / 1_000_000, UTC).astimezone()
        amount = entry.reserved_micros if entry.actual_micros is None else entry.actual_micros
        print(
            f"{entry.id:>5}  {when:%Y-%m-%d %H:%M}  {entry.state.value:<8}  "
            f"{format_usd(amount):>8}  {entry.operation} {entry.provider} {entry.model}"
        )


def _entry_as_json(entry: LedgerEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "job_id": entry.job_id,
        "session_id": entry.session_id,
        "provider": entry.provider,
        "model": entry.model,
        "operation": entry.operation,
        "state": entry.state.value,
        "reserved_usd": decimal_usd(entry.reserved_micros),
        "actual_usd": usd_or_none(entry.actual_micros),
        "cost_source": entry.cost_source.value if entry.cost_source is not None else None,
        "local_day": entry.local_day,
        "created_at": entry.created_at,
        "closed_at": entry.closed_at,
    }


def _resolve(ledger: Ledger, arguments: Namespace) -> None:
    ledger.resolve(arguments.ledger_id, charged=arguments.charged)
    word = "settled at its estimate" if arguments.charged else "released"
    if arguments.json:
        state = "settled" if arguments.charged else "released"
        print_json({"id": arguments.ledger_id, "state": state})
    else:
        print(f"Entry {arguments.ledger_id} is {word}.")
