"""Prices a provider lists itself: kept, dated, bounded, and never instead of what we know."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.ledger.errors import PriceBookError, UnpricedModel
from aipaint.ledger.listed_prices import ListedPrice, keep_listed
from aipaint.ledger.own_prices import set_ceiling
from aipaint.ledger.price_book import PriceBook, PriceRequest
from aipaint.money import Usage

PRICES = Path(__file__).parents[2] / "resources" / "prices.toml"
TODAY = date(2026, 11, 20)
CHAT = ListedPrice("maker/talker", text_in="0.0000002", text_out="0.00000125")
PAINTER = ListedPrice("maker/painter", picture="0.039", input_picture="0.001238", request="0.002")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "listed-prices.toml"


def book(listed: Path) -> PriceBook:
    return PriceBook.load(PRICES, listed.with_name("prices.toml"), listed)


def micros(listed: Path, model: str, operation: str = "generate", **more: Any) -> int:
    return book(listed).estimate(PriceRequest("openai", model, operation, **more)).micros


def test_a_listed_chat_model_is_bounded_like_a_shipped_one(listed: Path) -> None:
    assert keep_listed(listed, "openai", [CHAT], "openrouter", TODAY) == 1
    assert micros(listed, "maker/talker", "refine", prompt_chars=100) == 5_220
    rule = book(listed).rules[-1]
    assert (rule.source, rule.as_of) == ("openrouter", "2026-11-20")
    assert book(listed).cost_of("openai", "maker/talker", Usage(text_in=5, text_out=4)) == 6
    with pytest.raises(UnpricedModel):
        micros(listed, "maker/talker")


def test_a_listed_picture_counts_all_its_parts(listed: Path) -> None:
    keep_listed(listed, "openai", [PAINTER], "openrouter", TODAY)
    assert micros(listed, "maker/painter") == 41_000
    assert micros(listed, "maker/painter", "edit", count=2, input_images=3) == 83_714
    # Tokens or pictures alone do not say what the call cost: the estimate has to stand.
    for usage in (Usage(text_in=50, image_out=1000), Usage(pictures=1)):
        assert book(listed).cost_of("openai", "maker/painter", usage) is None


def test_a_call_fee_is_part_of_what_a_chat_costs(listed: Path) -> None:
    price = ListedPrice("m", text_in="0.000001", text_out="0.000001", request="0.01")
    keep_listed(listed, "openai", [price], "openrouter", TODAY)
    assert micros(listed, "m", "refine") == 1_000 + 4_000 + 10_000
    assert book(listed).cost_of("openai", "m", Usage(text_in=1, text_out=1)) == 10_002


def test_no_listing_makes_a_known_model_cheaper_and_the_user_comes_first(listed: Path) -> None:
    known = micros(listed, "gpt-image-2", width=1024, height=1024)
    cheap = ListedPrice("gpt-image-2", picture="0.000001")
    keep_listed(listed, "openai", [cheap, PAINTER], "openrouter", TODAY)
    assert micros(listed, "gpt-image-2", width=1024, height=1024) == known
    set_ceiling(listed.with_name("prices.toml"), "openai", "maker/painter", 99_000, TODAY)
    assert micros(listed, "maker/painter") == 99_000


def test_a_new_listing_replaces_its_own_and_leaves_others(listed: Path) -> None:
    keep_listed(listed, "openai", [CHAT, PAINTER], "openrouter", TODAY)
    keep_listed(listed, "openai", [ListedPrice("x", picture="1")], "elsewhere", TODAY)
    keep_listed(listed, "openai", [ListedPrice("y", picture="2")], "openrouter", TODAY)
    names = [rule.model for rule in book(listed).rules if rule.source != "nothing is sent"]
    assert names[-2:] == ["x", "y"]
    assert "maker/painter" not in names


@pytest.mark.parametrize(
    "price",
    [
        ListedPrice("m"),
        ListedPrice("m", text_in="0.1"),
        ListedPrice("", picture="0.1"),
        ListedPrice("m", picture="-1"),
        ListedPrice("m", picture="0.1", request="-1"),
        ListedPrice("m", picture="NaN"),
        ListedPrice("m", picture="Infinity"),
        ListedPrice("m", picture="1e99"),
        ListedPrice("m", picture="much"),
        ListedPrice("m", picture="0"),
    ],
)
def test_an_odd_price_leaves_the_model_blocked(listed: Path, price: ListedPrice) -> None:
    assert keep_listed(listed, "openai", [price, PAINTER], "openrouter", TODAY) == 1
    with pytest.raises(UnpricedModel):
        micros(listed, price.model)


def test_a_name_is_a_name_and_no_pattern(listed: Path) -> None:
    keep_listed(listed, "openai", [ListedPrice("*[a]?", picture="1")], "openrouter", TODAY)
    assert micros(listed, "*[a]?") == 1_000_000
    for other in ("xab", "anything", "*ax"):
        with pytest.raises(UnpricedModel):
            micros(listed, other)


def test_a_damaged_file_is_named_and_left_alone(listed: Path) -> None:
    listed.write_text("not toml")
    with pytest.raises(PriceBookError):
        keep_listed(listed, "openai", [CHAT], "openrouter", TODAY)
    assert listed.read_text() == "not toml"


@settings(max_examples=30)
@given(st.decimals(0, 1000, places=9, allow_nan=False), st.integers(1, 9))
def test_what_is_listed_is_rounded_up_never_down(
    tmp_path_factory: pytest.TempPathFactory, usd: object, count: int
) -> None:
    path = tmp_path_factory.mktemp("listed") / "listed-prices.toml"
    if not keep_listed(path, "openai", [ListedPrice("m", picture=str(usd))], "s", TODAY):
        return
    assert micros(path, "m", count=count) >= usd * 1_000_000 * count  # type: ignore[operator]
