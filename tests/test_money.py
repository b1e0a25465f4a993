"""Amounts: exact, rounded up, never a float."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.money import Usage, decimal_usd, format_usd, usd_to_micros

MICROS = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("usd", "micros"),
    [
        ("10.0", 10_000_000),
        ("0", 0),
        ("0.1", 100_000),
        ("0.0000001", 1),  # rounded up, never to nothing
        ("0.0410001", 41_001),
        ("1e2", 100_000_000),
        (Decimal("0.3"), 300_000),
    ],
)
def test_dollars_to_micros(usd: str | Decimal, micros: int) -> None:
    assert usd_to_micros(usd) == micros


@pytest.mark.parametrize("usd", ["", "ten", "-1", "nan", "inf", "1,5", "$5"])
def test_what_is_no_amount_is_refused(usd: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        usd_to_micros(usd)


@given(MICROS)
def test_decimal_strings_are_exact(micros: int) -> None:
    text = decimal_usd(micros)
    assert usd_to_micros(text) == micros
    assert len(text.split(".")[1]) >= 2
    assert decimal_usd(-micros) == (f"-{text}" if micros else text)


@given(MICROS)
def test_people_never_see_less_than_it_costs(micros: int) -> None:
    shown = Decimal(format_usd(micros).removeprefix("$"))
    assert micros <= shown * 1_000_000 < micros + 10_000
    assert (shown == 0) == (micros == 0)


@pytest.mark.parametrize(
    ("micros", "shown"),
    [(0, "$0.00"), (1, "$0.001"), (41_000, "$0.041"), (99_999, "$0.10"), (1_250_000, "$1.25")],
)
def test_amounts_as_people_read_them(micros: int, shown: str) -> None:
    assert format_usd(micros) == shown
    assert format_usd(-micros) == (f"-{shown}" if micros else shown)


@given(st.lists(MICROS, max_size=20))
def test_a_sum_of_amounts_is_the_sum_of_their_strings(amounts: list[int]) -> None:
    total = sum((Decimal(decimal_usd(amount)) for amount in amounts), Decimal(0))
    assert usd_to_micros(total) == sum(amounts)


def test_usage_is_empty_only_when_nothing_was_counted() -> None:
    assert Usage().is_empty
    for name in ("text_in", "image_in", "image_out", "text_out"):
        assert not Usage(**{name: 1}).is_empty
