"""`doctor`: what this installation is like: folders, database, money records, keys, providers.

`selftest` asks whether the parts work; this asks whether what they work on is in order.
"""

import os
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from aipaint.cli.exit_code import ExitCode
from aipaint.cli.output import one_line, print_json
from aipaint.cli.workplace import Workplace
from aipaint.errors import AipaintError
from aipaint.money import format_usd

_LEAST_FREE_BYTES = 500_000_000
_FIXED_SQLITE = (3, 51, 3)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `hint` says what to do where it is not well."""

    name: str
    ok: bool
    detail: str
    hint: str = ""


def doctor(arguments: Namespace, workplace: Workplace) -> ExitCode:
    """Exit 0 if everything is in order, 4 if something needs a person. Sends nothing anywhere."""
    looks: dict[str, Callable[[Workplace], Finding]] = {
        "data_folder": _data_folder,
        "disk": _disk,
        "sqlite": _sqlite,
        "database": _database,
        "ledger": _ledger,
        "unknown_outcomes": _unknown_outcomes,
        "keys": _keys,
        "providers": _providers,
    }
    findings = [_look(name, look, workplace) for name, look in looks.items()]
    all_ok = all(finding.ok for finding in findings)
    if arguments.json:
        rows = [
            {"name": one.name, "ok": one.ok, "detail": one.detail, "hint": one.hint}
            for one in findings
        ]
        print_json({"ok": all_ok, "checks": rows})
    else:
        for one in findings:
            print(f"{'ok  ' if one.ok else 'LOOK'}  {one.name:<17} {one_line(one.detail)}")
            if one.hint:
                print(f"      {'':<17} {one_line(one.hint)}")
    return ExitCode.DONE if all_ok else ExitCode.FAILED


def _look(name: str, look: Callable[[Workplace], Finding], workplace: Workplace) -> Finding:
    try:
        return look(workplace)
    except AipaintError as error:
        return Finding(name, False, error.message, error.hint)


def _data_folder(workplace: Workplace) -> Finding:
    home = workplace.settings.home
    if not home.exists():
        return Finding("data_folder", True, f"{home} (will be made when it is needed)")
    if os.access(home, os.W_OK | os.X_OK):
        return Finding("data_folder", True, str(home))
    hint = "Make it writable, or choose another one with --home or AIPAINT_HOME."
    return Finding("data_folder", False, f"{home} cannot be written.", hint)


def _disk(workplace: Workplace) -> Finding:
    folder = workplace.settings.home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB free"
    if free >= _LEAST_FREE_BYTES:
        return Finding("disk", True, detail)
    return Finding("disk", False, detail, "Free some space: nothing is bought on a full disk.")


def _sqlite(workplace: Workplace) -> Finding:
    del workplace
    is_fixed = sqlite3.sqlite_version_info >= _FIXED_SQLITE
    way = "write-ahead log" if is_fixed else "rollback journal, which is safe with any version"
    return Finding("sqlite", True, f"{sqlite3.sqlite_version} ({way})")


def _database(workplace: Workplace) -> Finding:
    desk = workplace.desk
    jobs = len(desk.history.jobs(1_000_000))
    if desk.notes:
        return Finding("database", False, " ".join(desk.notes), "Look at what was set aside.")
    return Finding("database", True, f"{jobs} jobs")


def _ledger(workplace: Workplace) -> Finding:
    ledger = workplace.desk.ledger
    if wrong := ledger.audit():
        rows = ", ".join(str(number) for number in wrong[:5])
        hint = "Nothing is bought until this is repaired: put back a .bak copy of the database."
        return Finding("ledger", False, f"Rows {rows} are not the sum of their entries.", hint)
    status = ledger.status()
    if status.pauses:
        reason = status.pauses[0].reason
        return Finding("ledger", False, f"Spending is paused: {reason}", "aipaint budget unpause")
    spent = ", ".join(f"{cap.period} {format_usd(cap.settled_micros)}" for cap in status.caps)
    return Finding("ledger", True, f"the books agree; spent: {spent}")


def _unknown_outcomes(workplace: Workplace) -> Finding:
    held = max((cap.unknown_micros for cap in workplace.desk.ledger.status().caps), default=0)
    if not held:
        return Finding("unknown_outcomes", True, "none")
    return Finding(
        "unknown_outcomes",
        False,
        f"{format_usd(held)} is held by calls of which nobody knows whether they were charged.",
        "aipaint budget ledger shows them; aipaint budget resolve ID settles one.",
    )


def _keys(workplace: Workplace) -> Finding:
    """Where keys would be kept; never a key."""
    del workplace
    from aipaint.settings.secrets import KeyStore

    return Finding("keys", True, KeyStore().where())


def _providers(workplace: Workplace) -> Finding:
    ready: list[str] = []
    missing: list[str] = []
    for name, provider in workplace.desk.providers.items():
        (missing if provider.readiness() else ready).append(name)
    detail = f"ready: {', '.join(ready) or 'none'}"
    if missing:
        detail += f"; without a key: {', '.join(missing)}"
    return Finding("providers", bool(ready), detail)
