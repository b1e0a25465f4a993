"""Prices a provider lists itself: kept, dated, bounded, and never instead of what we know."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.ledger.errors import PriceBookError, UnpricedModel
from aipaint.ledger.listed_prices import keep_listed, keep_listed_one
from aipaint.ledger.listed_rule import ListedPrice
from aipaint.ledger.own_prices import set_ceiling
from aipaint.ledger.price_book import PriceBook, PriceRequest
from aipaint.ledger.price_rule import PriceRule
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
        ListedPrice("half\ud800", picture="0.1"),  # no file can hold it
        ListedPrice("gone\x7f", picture="0.1"),
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


def _maker(model: str) -> PriceRule:
    return next(rule for rule in PriceBook.load(PRICES).rules if rule.covers("openai", model))


@settings(max_examples=30)
@given(
    st.sampled_from(["gpt-image-2", "gpt-image-2.5-flare", "gpt-image-2.6-flare", "gpt-image-1.5"]),
    st.sampled_from(["low", "high", "auto", ""]),
    st.sampled_from([(0, 0), (1024, 1024), (1536, 1024), (2048, 1152)]),
)
def test_pictures_by_the_token_are_counted_as_their_maker_counts(
    tmp_path_factory: pytest.TempPathFactory, model: str, quality: str, size: tuple[int, int]
) -> None:
    path = tmp_path_factory.mktemp("listed") / "listed-prices.toml"
    like = _maker(model)
    usd = f"{like.rates.image_out / 10**12:.8f}"
    price = ListedPrice(f"openai/{model}", picture_token=usd, counted_like=like)
    assert keep_listed(path, "openrouter", [price], "s", TODAY) == 1
    ask = PriceRequest("openrouter", f"openai/{model}", "generate", *size, quality, count=2)
    own = replace(ask, provider="openai", model=model)
    found = book(path).estimate(ask)
    assert found.parts[0] == book(path).estimate(own).parts[0]
    assert (found.source, found.as_of) == ("s", "2026-11-20")


def test_the_tokens_of_an_unknown_model_are_counted_high(listed: Path) -> None:
    price = ListedPrice(
        "x/new", picture_token="0.00003", input_token="0.000008", text_in="0.000001"
    )
    keep_listed(listed, "openai", [price], "s", TODAY)
    assert micros(listed, "x/new") == 24_000 * 30 + 150
    assert micros(listed, "x/new", "edit", input_images=2, prompt_chars=50) == (
        24_000 * 30 + 2 * 5_000 * 8 + 200
    )


def test_a_price_per_picture_becomes_tokens_by_its_rate(listed: Path) -> None:
    price = ListedPrice("m", picture_token="0.000008", counted_like=_maker("gpt-image-1-mini"))
    keep_listed(listed, "openai", [price], "s", TODAY)
    assert micros(listed, "m", width=1024, height=1024, quality="high") == 36_000


def test_pictures_by_the_megapixel(listed: Path) -> None:
    price = ListedPrice("m", picture_megapixel="0.03", input_megapixel="0.015")
    keep_listed(listed, "openai", [price], "s", TODAY)
    assert micros(listed, "m", width=1000, height=1000) == 30_000
    assert micros(listed, "m", "edit", width=1000, height=1001, input_images=1) == 60_000 + 60_000
    assert micros(listed, "m") == 4 * 30_000


def test_a_model_served_in_several_ways_counts_as_the_dearest(listed: Path) -> None:
    price = ListedPrice(
        "m",
        picture="0.02",
        picture_token="0.00003",
        picture_megapixel="0.03",
        counted_like=_maker("gpt-image-1.5"),
    )
    keep_listed(listed, "openai", [price], "s", TODAY)
    assert micros(listed, "m", width=64, height=64, quality="low") == 6240 * 30
    keep_listed(listed, "openai", [replace(price, picture="0.5")], "s", TODAY)
    assert micros(listed, "m", width=64, height=64) == 500_000


@pytest.mark.parametrize("left_out", ["", "picture", "picture_token", "picture_megapixel"])
@pytest.mark.parametrize("dearest", ["picture", "picture_token", "picture_megapixel"])
def test_no_way_of_serving_costs_more_than_was_estimated(
    listed: Path, left_out: str, dearest: str
) -> None:
    ways: dict[str, Any] = {
        "picture": "0.02",
        "picture_token": "0.000001",
        "picture_megapixel": "0.006",
    }
    ways |= {dearest: {"picture": "0.5", "picture_token": "0.00003"}.get(dearest, "0.4")}
    ways = {way: usd for way, usd in ways.items() if way != left_out}
    every = ListedPrice("every", **ways, text_in="0.000001")
    alone = [ListedPrice(way, **{way: usd}, text_in="0.000001") for way, usd in ways.items()]
    keep_listed(listed, "openai", [every, *alone], "s", TODAY)
    estimates = [micros(listed, price.model, prompt_chars=50) for price in alone]
    assert micros(listed, "every", prompt_chars=50) == max(estimates)


def test_what_is_said_to_cost_nothing_is_added_as_nothing_up_to_the_dearest(listed: Path) -> None:
    free: dict[str, Any] = {"request": "0", "input_picture": "0.0"}
    prices = [ListedPrice("m", picture="0.1", **free), ListedPrice("n", picture="10000", **free)]
    assert keep_listed(listed, "openai", prices, "s", TODAY) == 2
    assert (micros(listed, "m"), micros(listed, "n")) == (100_000, 10**10)
    above = [ListedPrice("n", picture="10000.000001")]
    assert keep_listed(listed, "openai", above, "s", TODAY) == 0


def test_words_are_paid_for_beside_megapixels(listed: Path) -> None:
    price = ListedPrice("m", picture_megapixel="0.03", text_in="0.000001")
    keep_listed(listed, "openai", [price], "s", TODAY)
    assert micros(listed, "m", width=1000, height=1000, prompt_chars=50) == 30_000 + 200


def test_what_one_model_says_of_itself_comes_before_whole_lists(listed: Path) -> None:
    keep_listed(listed, "openai", [PAINTER, CHAT], "list", TODAY)
    exact = ListedPrice("maker/painter", picture="0.05")
    assert keep_listed_one(listed, "openai", exact, "one", TODAY)
    assert micros(listed, "maker/painter") == 50_000
    keep_listed(listed, "openai", [PAINTER], "list", TODAY)  # asked again
    assert micros(listed, "maker/painter") == 50_000
    assert keep_listed_one(listed, "openai", replace(exact, picture="0.06"), "one", TODAY)
    assert micros(listed, "maker/painter") == 60_000
    assert [rule.model for rule in book(listed).rules].count("maker/painter") == 2
    assert not keep_listed_one(listed, "openai", replace(exact, picture="-1"), "one", TODAY)
    assert micros(listed, "maker/painter") == 41_000
