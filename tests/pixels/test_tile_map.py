"""Laws of sparse tiles: what is written is read, anywhere, and snapshots never change."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat, difference_rect
from aipaint.pixels.tile_map import TileMap, keys_over, tile_rect

_PLACES = st.integers(-700, 700)
_SIDES = st.integers(1, 600)
_RECTS = st.builds(Rect, _PLACES, _PLACES, _SIDES, _SIDES)


def _noise(rect: Rect, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 256, (rect.height, rect.width, 4), np.uint8)


@given(_RECTS)
def test_what_is_written_is_read_and_nothing_else_is_there(rect: Rect) -> None:
    pixels = _noise(rect)
    tiles = TileMap.from_pixels(pixels, rect.x, rect.y)
    assert (tiles.read(rect) == pixels).all()
    around = tiles.read(rect.expanded(40))
    assert np.count_nonzero(around) == np.count_nonzero(pixels)
    assert tiles.bounds() == rect


@given(_RECTS, _RECTS)
def test_a_snapshot_keeps_its_pixels_when_the_map_is_painted_over(
    first: Rect, second: Rect
) -> None:
    tiles = TileMap.from_pixels(_noise(first), first.x, first.y)
    snapshot = tiles.copy()
    before = snapshot.read(first)
    undo = tiles.swap(tiles.with_pixels(second, _noise(second, 2)))
    assert (tiles.read(second) == _noise(second, 2)).all()
    assert (snapshot.read(first) == before).all()
    tiles.swap(undo)
    assert (tiles.read(first) == before).all()
    assert set(tiles) == set(snapshot)


@given(_RECTS)
def test_keys_cover_a_rectangle_exactly(rect: Rect) -> None:
    covered = EMPTY_RECT
    area = 0
    for key in keys_over(rect):
        part = tile_rect(key).intersected(rect)
        assert not part.is_empty
        covered, area = covered.united(part), area + part.area
    assert (covered, area) == (rect, rect.area)


def test_a_tile_that_becomes_blank_is_dropped() -> None:
    rect = Rect(-5, -5, 10, 10)
    tiles = TileMap.from_pixels(_noise(rect), rect.x, rect.y)
    assert len(tiles) == 4
    tiles.swap(tiles.with_pixels(rect, np.zeros((10, 10, 4), np.uint8)))
    assert len(tiles) == 0


def test_numpy_and_qimage_share_memory_in_both_formats() -> None:
    color = Tile.blank(TileFormat.COLOR)
    color.pixels[2, 7] = (1, 2, 3, 255)
    seen = color.image.pixelColor(7, 2)
    assert (seen.blue(), seen.green(), seen.red()) == (1, 2, 3)
    coverage = Tile.blank(TileFormat.COVERAGE)
    coverage.pixels[2, 7] = 99
    assert coverage.image.pixelColor(7, 2).alpha() == 99
    assert (coverage.image.width(), coverage.image.height()) == (TILE_SIZE, TILE_SIZE)


@given(_RECTS, st.sampled_from(TileFormat))
def test_the_difference_of_two_tiles_is_found_to_the_pixel(rect: Rect, format_: TileFormat) -> None:
    part = rect.translated(300, 300).intersected(Rect(0, 0, TILE_SIZE, TILE_SIZE))
    one = Tile.blank(format_)
    one.pixels[...] = 7
    other = one.copy()
    if part.is_empty:
        assert difference_rect(one, other) == EMPTY_RECT
        return
    other.pixels[part.y, part.x : part.right] = 8
    other.pixels[part.y : part.bottom, part.x] = 9
    assert difference_rect(one, other) == difference_rect(other, one) == part
    assert difference_rect(None, other) == Rect(0, 0, TILE_SIZE, TILE_SIZE)
    assert difference_rect(other, other) == EMPTY_RECT
