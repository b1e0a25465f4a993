"""`listed_rule`: what a service lists as the price of a model, as a rule of the price book."""

import glob
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation

from aipaint.ledger.price_rule import MOST_MEGAPIXELS, PriceRule, rule_from_toml

_MICROS_PER_MILLION_TOKENS = Decimal(10**12)
_MICROS_PER_USD = Decimal(10**6)
_MOST_USD = Decimal(10_000)
# As for the shipped chat models: what a refine call sends and answers at most.
_OVERHEAD_TOKENS, _ANSWER_TOKENS = 1_000, 4_000
_WORDS_AROUND = 150  # what is said to a picture model beside the prompt
# What nobody says is counted at more than any known model takes.
_MOST_TOKENS, _MOST_INPUT_TOKENS = 24_000, 5_000

Rule = dict[str, object]


@dataclass(frozen=True)
class ListedPrice:
    """What a listing says of one model: decimal strings in dollars, "" where it says nothing.

    `text_in` and `text_out` per token; `picture` per picture made, `picture_token` per token of
    one, `picture_megapixel` per million pixels; the `input_` ones the same for a picture sent;
    `request` per call. `counted_like` says how many tokens a picture takes: the rule of the model's
    maker.
    """

    model: str
    text_in: str = ""
    text_out: str = ""
    picture: str = ""
    picture_token: str = ""
    picture_megapixel: str = ""
    input_picture: str = ""
    input_token: str = ""
    input_megapixel: str = ""
    request: str = ""
    counted_like: PriceRule | None = None


def listed_rule(price: ListedPrice, provider: str, source: str, today: date) -> Rule | None:
    """As the price book reads it; None if any part is odd, or nothing is charged by it."""
    amounts = _amounts(price)
    if amounts is None or not price.model or not price.model.isprintable():
        return None
    rule: Rule = {
        "provider": provider,
        "model": glob.escape(price.model),
        "source": source,
        "as_of": today.isoformat(),
        "request_micros": _micros(amounts["request"] * _MICROS_PER_USD),
    }
    counted = _counted(amounts, price.counted_like) or _chat(amounts)
    if counted is None:
        return None
    rule |= counted
    rule_from_toml(rule)  # what is written can be read
    return rule


def _amounts(price: ListedPrice) -> dict[str, Decimal] | None:
    """0 where nothing is said; None if anything is no price."""
    names = [
        "text_in", "text_out", "picture", "picture_token", "picture_megapixel", "input_picture",
        "input_token", "input_megapixel", "request",
    ]  # fmt: skip
    found = {name: _amount(getattr(price, name)) for name in names}
    known = {name: amount for name, amount in found.items() if amount is not None}
    return known if len(known) == len(found) else None


def _counted(amounts: dict[str, Decimal], like: PriceRule | None) -> Rule | None:
    """How the pictures made are paid for; None where they are not."""
    each, token, mega = (
        amounts[name] for name in ("picture", "picture_token", "picture_megapixel")
    )
    rates = {"text_in": _micros(amounts["text_in"] * _MICROS_PER_MILLION_TOKENS)}
    sent: Rule = {"input_picture_micros": _sent(amounts, like)}
    if amounts["text_in"]:
        sent["text_overhead_tokens"] = _WORDS_AROUND
    if token and not (each or mega):
        out = _micros(token * _MICROS_PER_MILLION_TOKENS)
        return {**_tokens(like, out), "rates": rates | {"image_out": out}, **sent}
    if mega and not (each or token):
        micros = _micros(mega * _MICROS_PER_USD)
        return {"unit": "megapixel", "micros_per_megapixel": micros, "rates": rates, **sent}
    if not (each or token or mega):
        return None
    # Served in several ways: each counts, the dearest of all holds.
    most = max(each, token * _most_tokens(like), mega * MOST_MEGAPIXELS)
    sizes = {"any": {"any": _micros(most * _MICROS_PER_USD)}}
    return {"unit": "image", "sizes": sizes, "rates": rates, **sent}


def _sent(amounts: dict[str, Decimal], like: PriceRule | None) -> int:
    """The most that a picture which is sent may cost."""
    tokens = (like.image_in_tokens if like is not None else 0) or _MOST_INPUT_TOKENS
    most = max(
        amounts["input_picture"],
        amounts["input_token"] * tokens,
        amounts["input_megapixel"] * MOST_MEGAPIXELS,
    )
    return _micros(most * _MICROS_PER_USD)


def _tokens(like: PriceRule | None, image_out: int) -> Rule:
    """How many tokens a picture takes, as the maker's own rule counts them."""
    if like is not None and like.grid is not None:
        grid = like.grid
        found: Rule = {
            "unit": "image_grid", "grids": dict(grid.grids), "dearest_side": grid.dearest_side,
        }  # fmt: skip
        return found | ({"factors": dict(grid.factors)} if grid.factors else {})
    if like is None or like.table is None:
        return {"unit": "image_tokens", "sizes": {"any": {"any": _MOST_TOKENS}}}
    rate = like.rates.image_out if like.unit == "image" else 0
    sizes = {
        size: {quality: _as_tokens(figure, rate) for quality, figure in row.items()}
        for size, row in like.table.figures.items()
    }
    return {"unit": "image_tokens", "sizes": sizes}


def _as_tokens(figure: int, rate: int) -> int:
    """Of a price in micro-dollars where there is a rate; else the figure counts tokens."""
    return -(-figure * 1_000_000 // rate) if rate else figure


def _most_tokens(like: PriceRule | None) -> int:
    if like is not None and like.grid is not None:
        return like.grid.tokens(0, 0, "")
    if like is not None and like.table is not None and like.unit == "image_tokens":
        return like.table.figure(0, 0, "")
    return _MOST_TOKENS


def _chat(amounts: dict[str, Decimal]) -> Rule | None:
    if not amounts["text_out"]:
        return None
    rates = {
        name: _micros(amounts[name] * _MICROS_PER_MILLION_TOKENS)
        for name in ("text_in", "text_out")
    }
    tokens = {"text_overhead_tokens": _OVERHEAD_TOKENS, "output_tokens": _ANSWER_TOKENS}
    return {"unit": "chat", "rates": rates, **tokens}


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
