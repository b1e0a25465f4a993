"""The shipped price book, estimates as upper bounds, and price files that are wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.ledger.errors import PriceBookError, UnpricedModel
from aipaint.ledger.price_book import EstimatePart, PriceBook, PriceRequest, Tier
from aipaint.money import Usage

PRICES = Path(__file__).parents[2] / "resources" / "prices.toml"
BOOK = PriceBook.load(PRICES)
FLARE = "gpt-image-2.5-flare"


def request(model: str = FLARE, **changes: object) -> PriceRequest:
    values: dict[str, object] = {
        "provider": "openai",
        "model": model,
        "operation": "generate",
        "width": 1024,
        "height": 1024,
        "quality": "medium",
    }
    return PriceRequest(**(values | changes))  # type: ignore[arg-type]


def pictures(ask: PriceRequest) -> int:
    return BOOK.estimate(ask).parts[0].micros


def test_an_estimate_adds_everything_that_is_billed() -> None:
    found = BOOK.estimate(request(count=2, input_images=1, prompt_chars=30, operation="edit"))
    assert found.parts == (
        EstimatePart("2 pictures", "878 image tokens", 26_340),
        EstimatePart("1 input picture", "1600 image tokens", 12_800),
        EstimatePart("prompt", "up to 80 text tokens", 400),
    )
    assert (found.micros, found.tier) == (39_540, Tier.MEDIUM)
    assert (found.source.split(",")[0], found.as_of) == ("OpenAI model page", "2026-11")


@pytest.mark.parametrize(
    ("size", "quality", "usd_micros"),
    [
        ((1024, 768), "low", 4_020),
        ((1024, 1024), "medium", 13_170),
        ((1024, 1536), "high", 41_160),
        ((1920, 1080), "xhigh", 70_410),
        ((2048, 2048), "max", 428_160),
        ((3840, 2160), "max", 400_260),
    ],
)
def test_prices_of_the_2_5_family(size: tuple[int, int], quality: str, usd_micros: int) -> None:
    ask = request(width=size[0], height=size[1], quality=quality)
    assert pictures(ask) == usd_micros


def test_2_6_is_reserved_at_four_times_the_tokens_where_it_is_dearer() -> None:
    for quality, factor in (("low", 4), ("medium", 4), ("high", 1), ("max", 1)):
        dearer = pictures(request("gpt-image-2.6-flare", quality=quality))
        assert dearer == factor * pictures(request(quality=quality))


@pytest.mark.parametrize(
    ("model", "quality", "square", "portrait", "landscape"),
    [
        ("gpt-image-1.5", "low", 8_704, 13_056, 12_800),
        ("gpt-image-1.5", "medium", 33_792, 50_688, 50_176),
        ("gpt-image-1.5", "high", 133_120, 199_680, 198_656),
        ("gpt-image-1-mini", "low", 5_000, 6_000, 6_000),
        ("gpt-image-1-mini", "medium", 11_000, 15_000, 15_000),
        ("gpt-image-1-mini", "high", 36_000, 52_000, 52_000),
    ],
)
def test_older_models_by_their_tables(
    model: str, quality: str, square: int, portrait: int, landscape: int
) -> None:
    sizes = ((1024, 1024), (1024, 1536), (1536, 1024))
    found = [pictures(request(model, width=w, height=h, quality=quality)) for w, h in sizes]
    assert found == [square, portrait, landscape]


@pytest.mark.parametrize(
    "model", ["gpt-image-2", "gpt-image-2-2026-04-21", FLARE, f"{FLARE}-2026-09-08"]
)
def test_what_the_model_decides_counts_at_the_dearest(model: str) -> None:
    dearest = pictures(request(model, width=0, height=0, quality="auto"))
    assert dearest == 23_719 * 30
    assert pictures(request(model, quality="")) == 7_024 * 30


def test_auto_of_older_models_is_their_dearest() -> None:
    assert pictures(request("gpt-image-1.5", width=0, height=0, quality="auto")) == 199_680
    assert pictures(request("gpt-image-1-mini", width=0, height=0, quality="auto")) == 52_000


@pytest.mark.parametrize(
    "model", ["gpt-image-1", "gpt-image-3", "gpt-image-2.7-flare", "dall-e-3", "", "flux"]
)
def test_a_model_without_a_price_is_blocked(model: str) -> None:
    with pytest.raises(UnpricedModel) as unpriced:
        BOOK.estimate(request(model))
    assert unpriced.value.kind == "unpriced"
    assert unpriced.value.hint.endswith(f"aipaint prices set {model} --ceiling USD")
    assert BOOK.cost_of("openai", model, Usage(image_out=1)) is None


def test_a_price_is_of_one_provider_and_one_kind_of_work() -> None:
    for ask in (
        request(provider="replicate"),
        request("gpt-4o-mini"),
        request(operation="refine"),
    ):
        with pytest.raises(UnpricedModel):
            BOOK.estimate(ask)


@pytest.mark.parametrize(("model", "micros"), [("gpt-5.4-nano", 5_220), ("gpt-4o-mini", 2_565)])
def test_a_refine_call_is_bounded_by_its_longest_answer(model: str, micros: int) -> None:
    found = BOOK.estimate(request(model, operation="refine", prompt_chars=100))
    assert (found.micros, found.tier) == (micros, Tier.LOW)
    counted = BOOK.cost_of("openai", model, Usage(text_in=900, text_out=400))
    assert counted is not None
    assert 0 < counted < micros


def test_what_runs_here_is_free() -> None:
    for ask in (request(provider="offline", model="patchmatch"), request("any", is_free=True)):
        found = BOOK.estimate(ask)
        assert (found.micros, found.tier, found.parts) == (0, Tier.LOW, ())


def test_the_cost_of_counted_tokens() -> None:
    usage = Usage(text_in=30, image_in=1100, image_out=196)
    assert BOOK.cost_of("openai", "gpt-image-2", usage) == 14_830
    assert BOOK.cost_of("openai", "gpt-image-1.5", Usage(text_out=3)) == 30
    assert BOOK.cost_of("openai", "gpt-5.4-nano", Usage(text_in=1)) == 1  # 0.2 rounded up
    assert BOOK.cost_of("openai", "gpt-image-2", Usage()) is None
    assert BOOK.cost_of("replicate", "gpt-image-2", usage) is None


@given(
    st.sampled_from(["gpt-image-2", FLARE, "gpt-image-2.6-sunburst", "gpt-image-1.5"]),
    st.integers(1, 10),
    st.integers(0, 16),
    st.text(max_size=400),
)
def test_no_estimate_is_below_what_its_tokens_cost(
    model: str, count: int, inputs: int, prompt: str
) -> None:
    size = len(prompt.encode())
    found = BOOK.estimate(request(model, count=count, input_images=inputs, prompt_chars=size))
    one = BOOK.estimate(request(model)).parts[0].units.split()[0]
    usage = Usage(text_in=size, image_in=1600 * inputs, image_out=int(one) * count)
    actual = BOOK.cost_of("openai", model, usage)
    assert actual is not None
    assert actual <= found.micros
    assert found.micros == sum(part.micros for part in found.parts)


@pytest.mark.parametrize(
    ("micros", "tier"),
    [(0, "low"), (19_999, "low"), (20_000, "medium"), (99_999, "medium"), (100_000, "high")],
)
def test_tiers(micros: int, tier: str) -> None:
    assert Tier.of(micros).value == tier


def test_tier_limits_can_be_others() -> None:
    assert Tier.of(50, medium_from_micros=10, high_from_micros=50) is Tier.HIGH


def test_every_shipped_rule_says_where_and_when_it_is_from() -> None:
    assert {rule.provider for rule in BOOK.rules} == {
        "openai",
        "google",
        "openrouter",
        "replicate",
        "offline",
        "rehearsal",
    }
    assert all(rule.source and rule.as_of >= "2026" for rule in BOOK.rules)
    assert not [rule.model for rule in BOOK.rules if "check" in rule.source]  # not the user's work


def test_pictures_on_their_way_cost_tokens_for_each_picture() -> None:
    ask = PriceRequest("openai", "gpt-image-2", "generate", 1024, 1024, "low", count=3)
    plain = BOOK.estimate(ask).micros
    shown = BOOK.estimate(replace(ask, partial_images=2)).micros
    assert shown - plain == 3 * 2 * 100 * 30  # 100 tokens each at $30 a million


def test_the_users_own_rules_come_first(tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    assert PriceBook.load(PRICES, own).rules == BOOK.rules  # no such file yet
    own.write_text(
        '[[rules]]\nprovider = "openai"\nmodel = "flux"\nunit = "call"\n'
        'ceiling_micros = 70_000\nsource = "you"\nas_of = "2026-11-20"\n'
    )
    book = PriceBook.load(PRICES, own)
    found = book.estimate(request("flux", count=3))
    assert (found.micros, found.source) == (70_000, "you")
    assert book.cost_of("openai", "flux", Usage(image_out=9)) is None


GOOD = {
    "provider": '"p"',
    "model": '"m"',
    "unit": '"chat"',
    "source": '"s"',
    "as_of": '"2026"',
    "rates": "{ text_in = 1 }",
}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"unit": '"barter"'}, "Unknown unit 'barter'"),
        ({"rates": "{ text_in = 0.2 }"}, "text_in = 0.2 is not a whole number"),
        ({"rates": "{ text_in = -1 }"}, "not a whole number"),
        ({"rates": "{ sound_in = 1 }"}, "Unknown rate 'sound_in'"),
        ({"rates": "3"}, "rates = 3 is not a table"),
        ({"source": '""'}, "source is missing"),
        ({"unit": '"image_grid"'}, "grids is missing"),
        ({"unit": '"image"'}, "sizes"),
        ({"unit": '"image"', "sizes": "{}"}, "[rules.sizes] is missing"),
        ({"unit": '"image"', "sizes": "3"}, "[rules.sizes] is missing"),
        ({"unit": '"call"'}, "ceiling_micros = None"),
        ({"unit": '"second"', "micros_per_second": "0"}, "micros_per_second is 0"),
        ({"unit": '"second"', "micros_per_second": "1"}, "ceiling_seconds = None"),
        ({"unit": '"megapixel"', "micros_per_megapixel": "0.5"}, "not a whole number"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, change: dict[str, str], complaint: str) -> None:
    lines = [f"{key} = {value}" for key, value in (GOOD | change).items()]
    path = tmp_path / "prices.toml"
    path.write_text("[[rules]]\n" + "\n".join(lines))
    with pytest.raises(PriceBookError) as wrong:
        PriceBook.load(path)
    assert complaint in wrong.value.message
    assert f"{path}, rule 1" in wrong.value.message


def test_a_file_that_is_no_price_book_is_named(tmp_path: Path) -> None:
    path = tmp_path / "prices.toml"
    with pytest.raises(PriceBookError, match="cannot be read"):
        PriceBook.load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PriceBookError, match="not valid TOML"):
        PriceBook.load(path)
    for text in ("rules = 3", "rules = [3]", "[rules]"):
        path.write_text(text)
        with pytest.raises(PriceBookError, match="tables"):
            PriceBook.load(path)
