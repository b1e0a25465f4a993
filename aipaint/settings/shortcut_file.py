"""The user's own keys: `shortcuts.toml` in the data folder, read and written.

Only what differs from the usual keys is in it. Ids of actions and names of keys are plain text
here; whether they mean anything is for the window to say.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aipaint.atomic_file import write_atomically
from aipaint.errors import StorageError

_FORMAT = 1
_MOST_BYTES = 256 * 1024
_MOST_KEYS = 8
_LONGEST_TEXT = 100
_DAMAGED = (
    "shortcuts.toml is damaged, so the usual keys are in force. "
    "It is kept as shortcuts.damaged.toml once you change a key."
)
_UNREADABLE = "shortcuts.toml cannot be read, so the usual keys are in force."


@dataclass(frozen=True)
class OwnKeys:
    """Keys by the id of their action; an empty tuple is an action without keys. `problem` is a
    sentence for the user, "" if the file is fine or not there."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""


def read_own_keys(path: Path) -> OwnKeys:
    """What the file holds. A damaged one counts as a whole as not there, with a sentence."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return OwnKeys()
    except OSError:
        return OwnKeys(problem=_UNREADABLE)
    keys = _parsed(data)
    return OwnKeys(problem=_DAMAGED) if keys is None else OwnKeys(keys)


def write_own_keys(path: Path, keys: Mapping[str, tuple[str, ...]]) -> None:
    """Replace the file; a damaged one is put aside first. Raises StorageError."""
    lines = [f"format = {_FORMAT}", "", "[keys]"]
    for action_id, names in sorted(keys.items()):
        lines.append(f"{_quoted(action_id)} = [{', '.join(map(_quoted, names))}]")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if read_own_keys(path).problem == _DAMAGED:
            os.replace(path, path.with_suffix(".damaged.toml"))
    except OSError:
        raise StorageError(
            "shortcuts.toml could not be saved.", "Look at the permissions of the data folder."
        ) from None
    write_atomically(path, ("\n".join(lines) + "\n").encode("utf-8"))


def _parsed(data: bytes) -> dict[str, tuple[str, ...]] | None:
    """None if these bytes are no such file."""
    if len(data) > _MOST_BYTES:
        return None
    try:
        tree = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    table = tree.get("keys", {})
    if type(tree.get("format")) is not int or tree["format"] != _FORMAT:
        return None
    if not isinstance(table, dict) or not all(map(_is_list_of_names, table.values())):
        return None
    return {action_id: tuple(names) for action_id, names in table.items()}


def _is_list_of_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_KEYS
        and all(isinstance(name, str) and len(name) <= _LONGEST_TEXT for name in value)
    )


def _quoted(text: str) -> str:
    """A JSON string is a TOML string as well, but for one character that TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
