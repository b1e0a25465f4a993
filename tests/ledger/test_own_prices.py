"""The user's own ceilings: written, replaced, read back, and never made from a wrong file."""

from datetime import date
from pathlib import Path

import pytest

from aipaint.ledger.errors import PriceBookError, UnpricedModel
from aipaint.ledger.own_prices import set_ceiling
from aipaint.ledger.price_book import PriceBook, PriceRequest

PRICES = Path(__file__).parents[2] / "resources" / "prices.toml"
TODAY = date(2026, 11, 20)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "prices.toml"


def price(own: Path, model: str) -> int:
    ask = PriceRequest("openai", model, "generate", width=64, height=64, count=9)
    return PriceBook.load(PRICES, own).estimate(ask).micros


def test_a_ceiling_is_the_price_of_one_call_and_can_be_changed(own: Path) -> None:
    set_ceiling(own, "openai", 'odd "name" ü', 70_000, TODAY)
    set_ceiling(own, "openai", "flux", 30_000, TODAY)
    set_ceiling(own, "openai", "flux", 40_000, TODAY)
    assert price(own, "flux") == 40_000
    assert price(own, 'odd "name" ü') == 70_000
    rules = PriceBook.load(PRICES, own).rules
    assert [(rule.model, rule.as_of) for rule in rules[:2]] == [
        ("flux", "2026-11-20"),
        ('odd "name" ü', "2026-11-20"),
    ]


def test_every_name_that_is_kept_is_read_back(own: Path) -> None:
    set_ceiling(own, "openai", 'boat 🚤 "fast" \\ ü', 70_000, TODAY)
    assert price(own, 'boat 🚤 "fast" \\ ü') == 70_000
    before = own.read_bytes()
    for name in ("half\udce9", "gone\x7f", "two\nlines"):
        with pytest.raises(PriceBookError, match="no price file can keep"):
            set_ceiling(own, "openai", name, 30_000, TODAY)
    assert own.read_bytes() == before


def test_what_the_user_wrote_with_an_escape_can_still_be_read(own: Path) -> None:
    own.write_text(
        '[[rules]]\nprovider = "openai"\nmodel = "m"\nunit = "call"\n'
        'ceiling_micros = 7\nsource = "mine\\u007f"\nas_of = "2026"\n'
    )
    set_ceiling(own, "openai", "flux", 30_000, TODAY)
    assert [rule.source for rule in PriceBook.load(own).rules] == ["your own ceiling", "mine\x7f"]


def test_other_rules_of_the_user_are_kept(own: Path) -> None:
    own.write_text(PRICES.read_text())
    set_ceiling(own, "openai", "flux", 1, TODAY)
    shipped = PriceBook.load(PRICES).rules
    assert PriceBook.load(PRICES, own).rules[1 : 1 + len(shipped)] == shipped


@pytest.mark.parametrize("text", ["[[rules]]\nunit = 'call'\n", "not toml", "\ud83d"])
def test_a_wrong_file_is_named_and_left_alone(own: Path, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    own.write_bytes(data)
    with pytest.raises(PriceBookError):
        set_ceiling(own, "openai", "flux", 1, TODAY)
    assert own.read_bytes() == data


def test_a_folder_in_its_place_is_said_so(own: Path) -> None:
    own.mkdir()
    with pytest.raises(PriceBookError, match="cannot be read"):
        set_ceiling(own, "openai", "flux", 1, TODAY)


def test_an_open_book_learns_of_a_new_ceiling(own: Path) -> None:
    book = PriceBook.load(PRICES, own)
    set_ceiling(own, "openai", "flux", 50_000, TODAY)
    ask = PriceRequest("openai", "flux", "generate")
    with pytest.raises(UnpricedModel):
        book.estimate(ask)
    book.reload()
    assert book.estimate(ask).micros == 50_000
    before = book.rules
    own.write_text("[[rules]]\nunit = 'call'\n")
    with pytest.raises(PriceBookError):
        book.reload()
    assert book.rules == before
