"""`price_words`: a price rule as a person reads it."""

from aipaint.ledger.price_rule import PriceRule
from aipaint.money import Micros, decimal_usd


def price_words(rule: PriceRule) -> str:
    """One short line, exact to the micro-dollar."""
    match rule.unit:
        case "free":
            return "free"
        case "call":
            return f"{_usd(rule.ceiling_micros)} a call at most"
        case "second":
            return f"{_usd(rule.micros_per_second)} a second, at most {rule.ceiling_seconds} s"
        case "megapixel":
            return f"{_usd(rule.micros_per_megapixel)} a megapixel"
        case "image" if rule.table is not None:
            figures = [each for row in rule.table.figures.values() for each in row.values()]
            low, high = _usd(min(figures)), _usd(max(figures))
            return f"{low} a picture" if low == high else f"{low} to {high} a picture"
        case "chat":
            return f"{_usd(rule.rates.text_in)} in, {_usd(rule.rates.text_out)} out per M tokens"
    return f"{_usd(rule.rates.image_out)} per M image tokens"


def _usd(micros: Micros) -> str:
    return f"${decimal_usd(micros)}"
