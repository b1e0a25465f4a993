"""`save_settings`: changes written back to settings.toml, everything else left as it stands."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError
from aipaint.money import decimal_usd
from aipaint.settings.account import AccountSetting, checked_accounts
from aipaint.settings.errors import SettingsError
from aipaint.settings.load_settings import RULES, read_tree
from aipaint.settings.settings import SECRET_NAMES, EnvelopeSetting
from aipaint.settings.stored_envelopes import ENVELOPE_KINDS, checked_envelope

_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_HEADER = re.compile(r"\s*\[")
_ENVELOPE_HEADER = re.compile(r"\s*\[\s*envelopes\s*(\.\s*\w+\s*)?\]")
_ACCOUNT_HEADER = re.compile(r"\s*\[\[\s*accounts\s*\]\]")


def save_settings(
    path: Path,
    changes: Mapping[str, str | None],
    envelopes: Sequence[EnvelopeSetting] | None = None,
    accounts: Sequence[AccountSetting] | None = None,
) -> None:
    """Set (or with None remove) settings by name; their texts are those of the environment
    ("2.50"). `envelopes` and `accounts`, if given, take the place of all there are.

    Other keys, tables and comments stay. Raises SettingsError for a value that cannot be used or
    a file that cannot be changed safely, StorageError if it cannot be written; the file is then
    as before.
    """
    before = read_tree(path)
    tables = None if envelopes is None else _tables(envelopes)
    rows = None if accounts is None else _rows(accounts)
    lines = _read(path)
    for name, text in changes.items():
        _check(name, text)
        lines = _with_value(lines, name, text)
    if tables is not None:
        lines = _with_envelopes(lines, tables)
    if rows is not None:
        lines = _with_accounts(lines, rows)
    data = "".join(lines)
    wanted = _wanted(before, changes, tables)
    if rows is not None:
        wanted = {name: value for name, value in wanted.items() if name != "accounts"}
        wanted |= {"accounts": rows} if rows else {}
    _refuse_other_damage(path, data, wanted)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be created: {error.strerror}.",
            "Look at the permissions of the data folder.",
        ) from None
    write_atomically(path, data.encode("utf-8"))


def _check(name: str, text: str | None) -> None:
    if name in SECRET_NAMES:
        raise SettingsError(
            f"{name} is never written into a file.", "The system's key store keeps it."
        )
    if name not in RULES:
        raise ValueError(f"no such setting: {name}")
    if text is not None:
        RULES[name].check(name, text)


def _read(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return []
    if text and not text.endswith("\n"):
        text += "\n"
    return text.splitlines(keepends=True)


def _with_value(lines: list[str], name: str, text: str | None) -> list[str]:
    """The top level's line of this name changed, removed, or put before the first table."""
    end = _first_header(lines)
    key = re.compile(rf"\s*\"?{name}\"?\s*=")
    kept = [line for line in lines[:end] if not key.match(line)]
    if text is not None:
        number = next((i for i, line in enumerate(lines[:end]) if key.match(line)), len(kept))
        kept.insert(number, f"{name} = {_toml(text)}\n")
    return kept + lines[end:]


def _with_envelopes(lines: list[str], tables: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Without the tables of envelopes there were, with these at the end."""
    kept = _without(lines, _ENVELOPE_HEADER)
    for kind, limits in tables.items():
        kept += [*(["\n"] if kept else []), f"[envelopes.{kind}]\n"]
        kept += [f"{_quoted(name)} = {usd}\n" for name, usd in limits.items()]
    return kept


def _with_accounts(lines: list[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Without the accounts there were, with these at the end."""
    kept = _without(lines, _ACCOUNT_HEADER)
    for row in rows:
        kept += [*(["\n"] if kept else []), "[[accounts]]\n"]
        kept += [f"{name} = {_quoted(text)}\n" for name, text in row.items()]
    return kept


def _without(lines: list[str], header: re.Pattern[str]) -> list[str]:
    """Without the tables whose header looks like this, and without empty lines at the end."""
    kept: list[str] = []
    is_dropped = False
    for line in lines:
        if _HEADER.match(line):
            is_dropped = header.match(line) is not None
        if not is_dropped:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _rows(accounts: Sequence[AccountSetting]) -> list[dict[str, str]]:
    """What is written of each account: what says something."""
    rows = [asdict(account) for account in checked_accounts(tuple(accounts))]
    return [{name: text for name, text in row.items() if text} for row in rows]


def _tables(envelopes: Sequence[EnvelopeSetting]) -> dict[str, dict[str, str]]:
    """Dollars by kind and name. Raises SettingsError for one that could not be read back."""
    tables: dict[str, dict[str, str]] = {}
    for each in envelopes:
        usd = decimal_usd(each.micros)
        checked_envelope(each.kind, each.name, usd)
        limits = tables.setdefault(each.kind, {})
        if each.name in limits:
            raise SettingsError(
                f'There are two envelopes of the {each.kind} "{each.name}".', "Keep one of them."
            )
        limits[each.name] = usd
    return {kind: tables[kind] for kind in ENVELOPE_KINDS if kind in tables}


def _first_header(lines: Sequence[str]) -> int:
    return next((i for i, line in enumerate(lines) if _HEADER.match(line)), len(lines))


def _wanted(
    before: Mapping[str, Any],
    changes: Mapping[str, str | None],
    tables: Mapping[str, Mapping[str, str]] | None,
) -> dict[str, Any]:
    """What the file must say afterwards."""
    tree = {name: value for name, value in before.items() if name not in changes}
    tree |= {name: _value(text) for name, text in changes.items() if text is not None}
    if tables is not None:
        tree.pop("envelopes", None)
        if tables:
            tree["envelopes"] = {
                kind: {name: Decimal(usd) for name, usd in limits.items()}
                for kind, limits in tables.items()
            }
    return tree


def _refuse_other_damage(path: Path, data: str, wanted: Mapping[str, Any]) -> None:
    """Lines are edited without a full reader of TOML; what it cannot do is found out here."""
    try:
        found = tomllib.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError):
        found = None
    if found != wanted:
        raise SettingsError(
            f'The settings file "{path}" is written in a way that cannot be changed from here.',
            "Change it with a text editor.",
        )


def _value(text: str) -> str | int | Decimal:
    """What the reader makes of what is written."""
    if not _NUMBER.fullmatch(text):
        return text
    return Decimal(text) if "." in text else int(text)


def _toml(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A JSON string is a TOML string as well, but for one character that TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
