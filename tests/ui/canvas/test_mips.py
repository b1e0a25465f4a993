"""Smaller versions of tiles: the right level, the right pixels, stale when they change."""

import numpy as np
import pytest

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey
from aipaint.ui.canvas.mips import DEEPEST_LEVEL, Mips, level_for


@pytest.mark.parametrize(
    ("zoom", "level"),
    [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.3, 1), (0.25, 2), (0.1, 3), (0.0625, 4), (0.01, 4)],
)
def test_the_level_is_as_fine_as_the_screen(zoom: float, level: int) -> None:
    assert level_for(zoom) == level


def _tile(color: tuple[int, int, int, int]) -> Tile:
    pixels = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint8)
    pixels[:] = color
    return Tile(pixels)


def _color_of(key: TileKey) -> tuple[int, int, int, int]:
    return (key[0] * 7 % 256, key[1] * 11 % 256, 99, 255)


@pytest.mark.parametrize("level", range(1, DEEPEST_LEVEL + 1))
@pytest.mark.parametrize("place", [(0, 0), (-1, 0), (2, -3)])
def test_a_page_shows_each_tile_at_its_place(level: int, place: TileKey) -> None:
    mips = Mips(lambda key: _tile(_color_of(key)))
    first = place[0] << level, place[1] << level
    filled = {
        (first[0] + row, first[1] + column)
        for row in range(1 << level)
        for column in range(1 << level)
    }
    page = mips.page((level, *place), filled | {(first[0] - 1, first[1])})
    assert page.stale == filled
    for key in filled:
        mips.refresh(page, key)
    assert not page.stale
    side = TILE_SIZE >> level
    for key in filled:
        x, y = (key[1] - first[1]) * side + side // 2, (key[0] - first[0]) * side + side // 2
        assert tuple(page.pixels[y, x]) == _color_of(key)
    assert page.rect == Rect(
        place[1] * TILE_SIZE << level, place[0] * TILE_SIZE << level, *(TILE_SIZE << level,) * 2
    )


def test_a_small_tile_is_the_mean_of_the_large_one() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (TILE_SIZE, TILE_SIZE, 4)).astype(np.uint8)
    mips = Mips(lambda _: Tile(pixels))
    page = mips.page((3, 0, 0), {(0, 0)})
    mips.refresh(page, (0, 0))
    means = pixels.reshape(32, 8, 32, 8, 4).mean(axis=(1, 3))
    assert np.abs(page.pixels[:32, :32] - means).max() <= 1
    assert not page.pixels[32:].any()


def test_a_change_makes_stale_what_it_touches_and_nothing_else() -> None:
    colors = {(0, 0): (10, 20, 30, 255), (0, 1): (1, 2, 3, 255)}
    mips = Mips(lambda key: _tile(colors[key]) if key in colors else None)
    pages = [mips.page((level, 0, 0), set(colors)) for level in (1, 3)]
    for page in pages:
        for key in colors:
            mips.refresh(page, key)
    mips.invalidate(Rect(5, 5, 1, 1))
    assert [page.stale for page in pages] == [{(0, 0)}, {(0, 0)}]
    del colors[0, 0]
    mips.refresh(pages[0], (0, 0))
    assert not pages[0].pixels[:128, :128].any()
    assert tuple(pages[0].pixels[3, 130]) == (1, 2, 3, 255)


def test_a_huge_change_costs_no_more_than_the_pages_there_are() -> None:
    mips = Mips(lambda _: _tile((1, 2, 3, 255)))
    page = mips.page((4, 0, 0), {(0, 0)})
    far = mips.page((4, 50, 50), {(800, 800)})
    mips.refresh(page, (0, 0))
    mips.refresh(far, (800, 800))
    mips.invalidate(Rect(-2_000_000_000, -2_000_000_000, 2_000_000_100, 2_000_000_100))
    assert page.stale == {(0, 0)}
    assert not far.stale


def test_until_the_right_level_is_made_another_one_stands_in() -> None:
    mips = Mips(lambda key: _tile(_color_of(key)))
    assert mips.stand_in((1, 2), 1) is None
    page = mips.page((3, 0, 0), {(1, 2)})
    assert mips.stand_in((1, 2), 1) is None
    mips.refresh(page, (1, 2))
    found = mips.stand_in((1, 2), 1)
    assert found is not None
    assert found[0] is page.image
    assert found[1].getRect() == (64, 32, 32, 32)
