"""Prices by machine time, by picture and by megapixel, as Replicate has them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.ledger.entry import CostSource
from aipaint.ledger.price_book import EstimatePart, PriceBook, PriceRequest
from aipaint.ledger.price_rule import rule_from_toml
from aipaint.money import Usage

RULES = """
[[rules]]
provider = "replicate"
model = "timed"
unit = "second"
micros_per_second = 975
ceiling_seconds = 60
source = "s"
as_of = "2026-11"

[[rules]]
provider = "replicate"
model = "flat"
unit = "image"
sizes = { any = { any = 40_000 } }
source = "s"
as_of = "2026-11"

[[rules]]
provider = "replicate"
model = "large"
unit = "megapixel"
micros_per_megapixel = 12_000
source = "s"
as_of = "2026-11"
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PriceBook:
    path: Path = tmp_path_factory.mktemp("prices") / "prices.toml"
    path.write_text(RULES)
    return PriceBook.load(path)


def request(model: str, count: int = 1, size: tuple[int, int] = (1024, 768)) -> PriceRequest:
    return PriceRequest(
        "replicate", model, "edit", *size, count=count, input_images=1, prompt_chars=99
    )


def test_machine_time_is_bounded_by_its_ceiling_and_billed_by_the_microsecond(
    book: PriceBook,
) -> None:
    found = book.estimate(request("timed", count=2))
    part = EstimatePart("2 pictures", "up to 120 s of machine time", 117_000)
    assert found.parts == (part,)  # words and inputs cost nothing here
    assert (found.micros, found.rule_micros) == (117_000, 117_000)
    assert book.cost_of("replicate", "timed", Usage(predict_microseconds=2_000_001)) == 1_951
    assert book.cost_of("replicate", "timed", Usage(pictures=2)) is None
    assert book.cost_source("replicate", "timed") is CostSource.TIME


def test_a_flat_price_is_per_picture_that_came(book: PriceBook) -> None:
    assert book.estimate(request("flat", count=3)).micros == 120_000
    assert book.cost_of("replicate", "flat", Usage(pictures=2)) == 80_000
    assert book.cost_of("replicate", "flat", Usage(predict_microseconds=10**6)) is None
    assert book.cost_source("replicate", "flat") is CostSource.USAGE


@pytest.mark.parametrize(
    ("size", "micros"),
    [
        ((1000, 1000), 12_000),
        ((1001, 1000), 24_000),
        ((16, 16), 12_000),
        ((1, 1), 12_000),
        ((0, 0), 48_000),
        ((0, 16), 48_000),
        ((16, 0), 48_000),
    ],
)
def test_begun_megapixels_count(book: PriceBook, size: tuple[int, int], micros: int) -> None:
    assert book.estimate(request("large", size=size)).micros == micros
    assert book.estimate(request("large", 2, size)).micros == 2 * micros
    assert book.cost_of("replicate", "large", Usage(pictures=1)) is None


def test_tokens_cost_nothing_that_anybody_counted(book: PriceBook) -> None:
    shipped = PriceBook.load(Path(__file__).parents[2] / "resources" / "prices.toml")
    assert shipped.cost_of("openai", "gpt-image-2", Usage(pictures=3)) is None
    assert shipped.cost_source("openai", "gpt-image-2") is CostSource.USAGE
    assert shipped.cost_source("nobody", "nothing") is CostSource.USAGE


@given(st.integers(1, 60_000_000), st.integers(1, 10))
def test_no_time_within_the_ceiling_costs_more_than_was_reserved(
    book: PriceBook, microseconds: int, count: int
) -> None:
    cost = book.cost_of("replicate", "timed", Usage(predict_microseconds=microseconds * count))
    assert cost is not None
    assert 0 < cost <= book.estimate(request("timed", count)).micros


def test_a_rule_charges_nothing_that_it_does_not_name() -> None:
    named = {"provider": "p", "model": "m", "source": "s", "as_of": "2026-11"}
    rule = rule_from_toml(named | {"unit": "chat", "rates": {"text_in": 1_000_000}})
    assert [part.micros for part in rule.parts(request("m"))] == [99, 0]
    flat = rule_from_toml(named | {"unit": "image", "sizes": {"any": {"any": 7}}})
    assert [part.micros for part in flat.parts(request("m"))] == [7]
