"""`budget status`, `caps`, `report`, `unpause`, `ledger`, `resolve`."""

from argparse import Namespace
from datetime import UTC, datetime

from aipaint.cli.budget_caps import budget_caps, cap_as_json, cap_line, pause_as_json, pause_line
from aipaint.cli.budget_report import budget_report
from aipaint.cli.chosen_project import chosen_project
from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import one_line, print_json, usd_or_none
from aipaint.cli.workplace import Workplace
from aipaint.generation.desk import Desk
from aipaint.generation.unknown_outcomes import resolve_unknown
from aipaint.ledger.entry import LedgerEntry
from aipaint.ledger.ledger import Ledger
from aipaint.money import decimal_usd, format_usd


def budget(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Read the ledger, or close a row whose outcome nobody else can know."""
    ledger = workplace.desk.ledger
    match arguments.verb:
        case "status":
            _status(ledger, arguments)
        case "caps":
            budget_caps(ledger, is_json=arguments.json)
        case "report":
            budget_report(ledger, arguments)
        case "unpause":
            _unpause(ledger, arguments)
        case "ledger":
            _entries(ledger, arguments)
        case _:
            _resolve(workplace.desk, arguments)
    return ExitCode.DONE


def _status(ledger: Ledger, arguments: Namespace) -> None:
    status = ledger.status()
    name = chosen_project(arguments)
    project = ledger.project_status(name) if name else None
    if arguments.json:
        more = {"project": {**cap_as_json(project), "name": name}} if project else {}
        print_json({"caps": [cap_as_json(cap) for cap in status.caps], **more})
        return
    envelopes = status.envelopes if project is None else (project,)
    for cap in (*status.caps, *envelopes):
        print(cap_line(cap))
    for pause in status.pauses:
        print(pause_line(pause))


def _unpause(ledger: Ledger, arguments: Namespace) -> None:
    ended = ledger.resume_spending(arguments.provider)
    if arguments.json:
        print_json({"ended": [pause_as_json(pause) for pause in ended]})
        return
    if not ended:
        print("Nothing was paused.")
    for pause in ended:
        print(f"Goes on: paid calls{f' of {one_line(pause.provider)}' if pause.provider else ''}.")


def _entries(ledger: Ledger, arguments: Namespace) -> None:
    project = chosen_project(arguments)
    entries = ledger.entries(max(1, arguments.limit), project)
    if arguments.json:
        print_json({"entries": [_entry_as_json(entry) for entry in entries]})
        return
    if not entries:
        whose = f" for {one_line(project)}" if project else ""
        print(f"Nothing was ever reserved{whose}.")
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
        "project": entry.project,
        "state": entry.state.value,
        "reserved_usd": decimal_usd(entry.reserved_micros),
        "actual_usd": usd_or_none(entry.actual_micros),
        "cost_source": entry.cost_source.value if entry.cost_source is not None else None,
        "local_day": entry.local_day,
        "created_at": entry.created_at,
        "closed_at": entry.closed_at,
    }


def _resolve(desk: Desk, arguments: Namespace) -> None:
    resolve_unknown(desk, arguments.ledger_id, charged=arguments.charged)
    word = "settled at its estimate" if arguments.charged else "released"
    if arguments.json:
        state = "settled" if arguments.charged else "released"
        print_json({"id": arguments.ledger_id, "state": state})
    else:
        print(f"Entry {arguments.ledger_id} is {word}.")
