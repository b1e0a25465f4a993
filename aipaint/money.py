"""Money as integers in micro-dollars, and the counts that money is computed from."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import TypeAlias

Micros: TypeAlias = int
"""Millionths of a US dollar. Never a float."""

MICROS_PER_USD = 1_000_000


@dataclass(frozen=True)
class Usage:
    """What a provider says it counted: tokens, or machine time and pictures; the price rule says
    which of them cost. Zero everywhere means it did not count."""

    text_in: int = 0
    image_in: int = 0
    image_out: int = 0
    text_out: int = 0
    predict_microseconds: int = 0
    pictures: int = 0

    @property
    def has_tokens(self) -> bool:
        return bool(self.text_in or self.image_in or self.image_out or self.text_out)

    @property
    def is_empty(self) -> bool:
        return not (self.has_tokens or self.predict_microseconds or self.pictures)


def usd_to_micros(usd: str | Decimal) -> Micros:
    """Dollars to micro-dollars, rounded up. Raises ValueError unless finite and >= 0."""
    try:
        amount = Decimal(usd)
    except InvalidOperation:
        raise ValueError(f"not an amount in dollars: {usd!r}") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"not an amount in dollars: {usd!r}")
    return int((amount * MICROS_PER_USD).to_integral_value(ROUND_CEILING))


def decimal_usd(micros: Micros) -> str:
    """The exact amount as a plain decimal string, at least two places: 41000 -> "0.041"."""
    whole, rest = divmod(abs(micros), MICROS_PER_USD)
    places = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if micros < 0 else ''}{whole}.{places}"


def format_usd(micros: Micros) -> str:
    """For people: "$1.25", "$0.041" (never rounded down to nothing)."""
    if micros and abs(micros) < 100_000:
        tenths_of_cents = -(-abs(micros) // 1000)
        places = f"{tenths_of_cents:03d}".rstrip("0").ljust(2, "0")
        return f"{'-' if micros < 0 else ''}$0.{places}"
    cents = -(-abs(micros) // 10_000)
    return f"{'-' if micros < 0 else ''}${cents // 100}.{cents % 100:02d}"
