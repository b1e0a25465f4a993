"""`set_ceiling`: the user's own price file, rules that come before the shipped ones."""

import json
import tomllib
from datetime import date
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.ledger.errors import PriceBookError
from aipaint.ledger.price_book import PriceBook
from aipaint.money import Micros


def set_ceiling(path: Path, provider: str, model: str, micros: Micros, today: date) -> None:
    """Say what one call of a model may cost at most; replaces an earlier ceiling of it.

    Raises PriceBookError if the file cannot be read or cannot hold the name, StorageError if it
    cannot be written.
    """
    if not model.isprintable():
        raise PriceBookError(
            f"The name {model!r} holds characters that no price file can keep.",
            "Type the name of the model again.",
        )
    kept = [
        rule
        for rule in rules_in(path)
        if not (rule["unit"] == "call" and rule["provider"] == provider and rule["model"] == model)
    ]
    ceiling = {
        "provider": provider,
        "model": model,
        "unit": "call",
        "ceiling_micros": micros,
        "source": "your own ceiling",
        "as_of": today.isoformat(),
    }
    blocks = [toml_block(rule) for rule in [ceiling, *kept]]
    write_atomically(path, "\n".join(blocks).encode())


def rules_in(path: Path) -> list[dict[str, object]]:
    if not path.exists():
        return []
    PriceBook.load(path)  # what is wrong is said, not written back
    return list(tomllib.loads(path.read_text(encoding="utf-8")).get("rules", []))


def toml_block(rule: dict[str, object]) -> str:
    """One [[rules]] table."""
    lines = ["[[rules]]", *(f"{key} = {_toml(value)}" for key, value in rule.items())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Strings, whole numbers and tables of them: all that a price rule holds."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return "{ " + inner + " }"
    # TOML wants one character escaped that JSON does not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
