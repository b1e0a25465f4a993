"""Prices that a provider lists itself: kept in a file of their own as dated rules.

They come after the user's own and the shipped rules, so that no server can make a model that we
know cheaper than it is.
"""

import glob
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.ledger.listed_rule import ListedPrice, listed_rule
from aipaint.ledger.own_prices import rules_in, toml_block


def keep_listed(
    path: Path, provider: str, prices: Iterable[ListedPrice], source: str, today: date
) -> int:
    """Replace what this source listed for the provider; how many models have a price now.

    A price that cannot be understood as a whole is left out: its model stays blocked. Raises
    PriceBookError if the file cannot be read, StorageError if it cannot be written.
    """
    kept = [
        rule for rule in rules_in(path) if (rule["provider"], rule["source"]) != (provider, source)
    ]
    found = [rule for price in prices if (rule := listed_rule(price, provider, source, today))]
    _write(path, [*kept, *found])
    return len(found)


def keep_listed_one(
    path: Path, provider: str, price: ListedPrice, source: str, today: date
) -> bool:
    """The same for one model alone: it counts before what whole lists say. False where the price
    cannot be understood; an older one of it is gone then."""
    name = glob.escape(price.model)
    kept = [
        rule
        for rule in rules_in(path)
        if (rule["provider"], rule["model"], rule["source"]) != (provider, name, source)
    ]
    found = listed_rule(price, provider, source, today)
    _write(path, [found, *kept] if found else kept)
    return found is not None


def _write(path: Path, rules: Iterable[dict[str, object]]) -> None:
    write_atomically(path, "\n".join(toml_block(rule) for rule in rules).encode())
