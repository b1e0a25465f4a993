"""The token formula against every row of the published and derived tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.ledger.output_tokens import GridTokens, SizeTable

QUALITIES = ("low", "medium", "high", "xhigh", "max")
GRID_2_5 = GridTokens({"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96}, 2880)
GRID_2 = GridTokens({"low": 16, "medium": 48, "high": 96}, 2880)
TOKENS = {
    (1024, 768): (134, 301, 1204, 2140, 4815),
    (1024, 1024): (196, 439, 1756, 3122, 7024),
    (1024, 1536): (158, 343, 1372, 2459, 5488),
    (1536, 1024): (158, 343, 1372, 2459, 5488),
    (1920, 1080): (147, 343, 1320, 2347, 5280),
    (2048, 2048): (397, 892, 3568, 6343, 14272),
    (2560, 1440): (205, 478, 1843, 3276, 7370),
    (3840, 2160): (371, 865, 3336, 5930, 13342),
}
ROWS = [
    (size, quality, tokens)
    for size, row in TOKENS.items()
    for quality, tokens in zip(QUALITIES, row, strict=True)
]


@pytest.mark.parametrize(("size", "quality", "tokens"), ROWS)
def test_every_row_of_the_table(size: tuple[int, int], quality: str, tokens: int) -> None:
    assert GRID_2_5.tokens(*size, quality) == tokens


def test_a_begun_token_counts_and_none_that_is_not_begun() -> None:
    assert GRID_2_5.tokens(2000, 1000, "high") == 1152  # 48 · 24 · (2 + 2) / 4, exactly
    assert GRID_2_5.tokens(2608, 2544, "high") == 4871  # a little above 4870


@pytest.mark.parametrize("size", TOKENS)
def test_the_quality_names_shifted_between_2_and_2_5(size: tuple[int, int]) -> None:
    assert GRID_2.tokens(*size, "low") == GRID_2_5.tokens(*size, "low")
    assert GRID_2.tokens(*size, "medium") == GRID_2_5.tokens(*size, "high")
    assert GRID_2.tokens(*size, "high") == GRID_2_5.tokens(*size, "max")


@given(st.integers(40, 240), st.integers(40, 240), st.sampled_from([*QUALITIES, "auto", "", "hd"]))
def test_an_open_choice_is_never_cheaper_than_a_made_one(
    width: int, height: int, quality: str
) -> None:
    width, height = 16 * width, 16 * height
    if not 655_360 <= width * height <= 8_294_400:
        return
    tokens = GRID_2_5.tokens(width, height, quality)
    assert tokens <= GRID_2_5.tokens(width, height, "auto") <= GRID_2_5.tokens(0, 0, "auto")
    assert tokens == GRID_2_5.tokens(height, width, quality)


def test_a_factor_multiplies_the_rounded_tokens() -> None:
    grid = GridTokens({"low": 16, "high": 48}, 2880, {"low": 4})
    assert grid.tokens(1024, 1024, "low") == 784  # 4 · 196
    assert grid.tokens(1024, 1024, "high") == 1756


def test_a_size_that_is_not_in_the_table_counts_at_the_dearest() -> None:
    table = SizeTable({"1024x1024": {"low": 272, "high": 4160}, "1024x1536": {"low": 408}})
    assert table.figure(1024, 1024, "low") == 272
    assert table.figure(1024, 1024, "auto") == 4160
    assert table.figure(512, 512, "low") == 408
    assert table.figure(0, 0, "auto") == 4160
