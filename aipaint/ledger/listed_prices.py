"""Prices that a provider lists itself: kept in a file of their own as dated rules.

They come after the user's own and the shipped rules, so that no server can make a model that we
know cheaper than it is.
"""

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from pathlib import Path

from aipaint.atomic_file import write_atomically
from aipaint.ledger.own_prices import rules_in, toml_block
from aipaint.ledger.price_rule import rule_from_toml

_MICROS_PER_MILLION_TOKENS = Decimal(10**12)
_MICROS_PER_USD = Decimal(10**6)
_MOST_USD = Decimal(10_000)
# As for the shipped chat models: what a refine call sends and answers at most.
_OVERHEAD_TOKENS, _ANSWER_TOKENS = 1_000, 4_000


@dataclass(frozen=True)
class ListedPrice:
    """What a listing says of one model: decimal strings in dollars, "" where it says nothing.

    `text_in` and `text_out` per token; `picture` per picture made, `input_picture` per picture
    sent; `request` per call.
    """

    model: str
    text_in: str = ""
    text_out: str = ""
    picture: str = ""
    input_picture: str = ""
    request: str = ""


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
    found = [rule for price in prices if (rule := _rule(price, provider, source, today))]
    write_atomically(path, "\n".join(toml_block(rule) for rule in [*kept, *found]).encode())
    return len(found)


def _rule(price: ListedPrice, provider: str, source: str, today: date) -> dict[str, object] | None:
    """As the price book reads it; None if any part is odd, or nothing is charged by it."""
    texts = (price.text_in, price.text_out, price.picture, price.input_picture, price.request)
    amounts = [_amount(text) for text in texts]
    if any(amount is None for amount in amounts) or not price.model:
        return None
    text_in, text_out, picture, input_picture, request = (
        amount or Decimal(0) for amount in amounts
    )
    rule: dict[str, object] = {
        "provider": provider,
        "model": glob.escape(price.model),
        "unit": "image" if picture else "chat",
        "source": source,
        "as_of": today.isoformat(),
        "request_micros": _micros(request * _MICROS_PER_USD),
        "rates": {"text_in": _micros(text_in * _MICROS_PER_MILLION_TOKENS)},
    }
    if picture:
        rule["sizes"] = {"any": {"any": _micros(picture * _MICROS_PER_USD)}}
        rule["input_picture_micros"] = _micros(input_picture * _MICROS_PER_USD)
    elif text_out:
        rates = {"text_out": _micros(text_out * _MICROS_PER_MILLION_TOKENS)}
        rule["rates"] = {"text_in": _micros(text_in * _MICROS_PER_MILLION_TOKENS), **rates}
        rule["text_overhead_tokens"] = _OVERHEAD_TOKENS
        rule["output_tokens"] = _ANSWER_TOKENS
    else:
        return None
    rule_from_toml(rule)  # what is written can be read
    return rule


def _amount(text: str) -> Decimal | None:
    """0 where nothing is said, None for what is no price (some list -1 for "it depends")."""
    if not text:
        return Decimal(0)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= _MOST_USD else None


def _micros(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
