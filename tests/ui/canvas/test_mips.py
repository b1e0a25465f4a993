"""Smaller versions of tiles: the right level, the right pixels, forgotten when they change."""

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


def test_images_are_made_once_and_again_after_a_change() -> None:
    asked: list[TileKey] = []
    colors = [(10, 20, 30, 255), (40, 50, 60, 255)]

    def source(key: TileKey) -> Tile:
        asked.append(key)
        return _tile(colors[len(asked) - 1])

    mips = Mips(source)
    for level in range(DEEPEST_LEVEL + 1):
        image = mips.image((0, 0), level)
        assert image is not None
        assert image.width() == TILE_SIZE >> level
        assert image.pixelColor(3, 3).getRgb() == (30, 20, 10, 255)
    assert asked == [(0, 0)]
    mips.invalidate(Rect(TILE_SIZE, 0, 5, 5))
    assert mips.has((0, 0), 2)
    mips.invalidate(Rect(5, 5, 1, 1))
    assert not mips.has((0, 0), 2)
    image = mips.image((0, 0), 1)
    assert image is not None
    assert image.pixelColor(3, 3).getRgb() == (60, 50, 40, 255)


def test_nothing_is_drawn_where_nothing_is() -> None:
    mips = Mips(lambda _: None)
    assert mips.image((4, -2), 3) is None
    assert mips.has((4, -2), 3)


def test_until_the_right_level_is_made_another_one_stands_in() -> None:
    mips = Mips(lambda _: _tile((1, 2, 3, 255)))
    assert mips.any_image((0, 0)) is None
    mips.image((0, 0), 3)
    standing_in = mips.any_image((0, 0))
    assert standing_in is not None
    assert standing_in.width() == TILE_SIZE >> 3


def test_a_huge_change_forgets_only_what_it_touches() -> None:
    mips = Mips(lambda _: _tile((1, 2, 3, 255)))
    for key in ((0, 0), (0, 1), (100, 100)):
        mips.image(key, 0)
    mips.invalidate(Rect(-50_000, -50_000, 50_100, 50_100))
    assert not mips.has((0, 0), 0)
    assert mips.has((0, 1), 0)
    assert mips.has((100, 100), 0)
