"""Price rules in words."""

from pathlib import Path

import pytest

from aipaint.ledger.price_book import PriceBook
from aipaint.ledger.price_rule import rule_from_toml
from aipaint.ledger.price_words import price_words

BOOK = PriceBook.load(Path(__file__).parents[2] / "resources" / "prices.toml")
NAMED = {"provider": "p", "model": "m", "source": "s", "as_of": "2026-11"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"unit": "free"}, "free"),
        ({"unit": "call", "ceiling_micros": 70_000}, "$0.07 a call at most"),
        (
            {"unit": "second", "micros_per_second": 975, "ceiling_seconds": 60},
            "$0.000975 a second, at most 60 s",
        ),
        ({"unit": "megapixel", "micros_per_megapixel": 12_000}, "$0.012 a megapixel"),
        ({"unit": "image", "sizes": {"any": {"any": 40_000}}}, "$0.04 a picture"),
        (
            {"unit": "image", "sizes": {"a": {"low": 9, "high": 20}, "b": {"low": 5}}},
            "$0.000005 to $0.00002 a picture",
        ),
        (
            {"unit": "chat", "rates": {"text_in": 200_000, "text_out": 1_250_000}},
            "$0.20 in, $1.25 out per M tokens",
        ),
    ],
)
def test_a_rule_in_words(rule: dict[str, object], words: str) -> None:
    assert price_words(rule_from_toml(NAMED | rule)) == words


def test_token_formulas_say_the_price_of_their_tokens() -> None:
    rule = next(rule for rule in BOOK.rules if rule.unit == "image_grid")
    assert price_words(rule) == "$30.00 per M image tokens"
