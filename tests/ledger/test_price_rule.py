"""One rule of the price book: what it is for, what it counts, and what it says of it."""

from typing import Any

import pytest

from aipaint.ledger.errors import PriceBookError
from aipaint.ledger.price import PriceRequest
from aipaint.ledger.price_rule import PriceRule, rule_from_toml
from aipaint.money import Usage

NAMED = {"provider": "p", "model": "m", "source": "s", "as_of": "2026-11"}


def rule(unit: str, **more: Any) -> PriceRule:
    return rule_from_toml({**NAMED, "unit": unit, **more})


def asked(**more: Any) -> PriceRequest:
    return PriceRequest("p", "m", "generate", **more)


UNITS = {
    "free": rule("free"),
    "call": rule("call", ceiling_micros=7),
    "chat": rule("chat", output_tokens=4, request_micros=5, rates={"text_out": 1_000_000}),
    "image": rule("image", sizes={"any": {"any": 9}}),
    "megapixel": rule("megapixel", micros_per_megapixel=3, rates={"text_in": 1_000_000}),
}


@pytest.mark.parametrize(
    ("unit", "refine", "generate"),
    [
        ("free", True, True), ("call", True, True), ("chat", True, False),
        ("image", False, True), ("megapixel", False, True),
    ],
)  # fmt: skip
def test_what_a_unit_is_a_price_for(unit: str, refine: bool, generate: bool) -> None:
    assert UNITS[unit].prices("refine") is refine
    assert UNITS[unit].prices("generate") is generate


@pytest.mark.parametrize("usage", [Usage(), Usage(text_in=5, image_out=6), Usage(pictures=1)])
def test_only_some_units_can_tell_a_cost_from_what_was_counted(usage: Usage) -> None:
    assert UNITS["free"].cost(usage) == 0
    assert UNITS["call"].cost(usage) is None
    assert UNITS["megapixel"].cost(usage) is None


def test_the_parts_say_what_they_are() -> None:
    parts = UNITS["chat"].parts(asked(prompt_chars=3))
    assert [(part.what, part.units, part.micros) for part in parts] == [
        ("prompt", "up to 3 text tokens", 0),
        ("answer", "up to 4 text tokens", 4),
        ("call", "1 call", 5),
    ]
    assert UNITS["free"].parts(asked()) == ()


@pytest.mark.parametrize(
    ("count", "width", "units"),
    [(1, 1000, "1 megapixel"), (2, 1000, "2 megapixels"), (1, 1001, "2 megapixels")],
)
def test_one_megapixel_is_one(count: int, width: int, units: str) -> None:
    (part, _) = UNITS["megapixel"].parts(asked(count=count, width=width, height=1000))
    assert part.units == units


@pytest.mark.parametrize("row", [None, {}, 3])
def test_a_table_without_a_figure_is_named(row: object) -> None:
    grid = {"grids": {"low": 16}, "dearest_side": 2880}
    for name in ("grids", "factors"):
        if row is None and name == "factors":
            continue  # may be left out
        broken = {key: value for key, value in (grid | {name: row}).items() if value is not None}
        with pytest.raises(PriceBookError, match=f"The table {name} is missing"):
            rule("image_grid", **broken)
