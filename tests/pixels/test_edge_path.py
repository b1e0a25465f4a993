"""The edge of an area: the right pieces, each once, and none forgotten."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.area import area_of, rectangle_area
from aipaint.pixels.edge_path import edge_of_tile, tiles_with_edge
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap


def _pieces(area: TileMap, level: int = 0) -> list[tuple[int, ...]]:
    keys = sorted(tiles_with_edge(area))
    return [tuple(map(int, piece)) for key in keys for piece in edge_of_tile(area, key, level)]


def _length(pieces: list[tuple[int, ...]]) -> int:
    return sum(abs(x1 - x0) + abs(y1 - y0) for x0, y0, x1, y1 in pieces)


def test_a_rectangle_has_four_sides() -> None:
    assert set(_pieces(rectangle_area(Rect(10, 20, 30, 40)))) == {
        (10, 20, 40, 20),
        (10, 60, 40, 60),
        (10, 20, 10, 60),
        (40, 20, 40, 60),
    }


@settings(max_examples=40)
@given(st.integers(-520, 520), st.integers(-520, 520), st.integers(1, 700), st.integers(1, 700))
def test_the_edge_of_a_rectangle_is_as_long_as_it_is_round(
    x: int, y: int, width: int, height: int
) -> None:
    pieces = _pieces(rectangle_area(Rect(x, y, width, height)))
    assert _length(pieces) == 2 * (width + height)
    assert len(pieces) == len(set(pieces))


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(-300, 300), st.integers(-300, 300))
def test_every_place_where_two_pixels_differ_is_on_a_piece(seed: int, x: int, y: int) -> None:
    chance = np.random.default_rng(seed)
    coverage = (chance.random((30, 290)) > 0.7).astype(np.uint8) * 255
    padded = np.pad(coverage, 1) >= 128
    differing = np.count_nonzero(padded[1:] != padded[:-1])
    differing += np.count_nonzero(padded[:, 1:] != padded[:, :-1])
    assert _length(_pieces(area_of(coverage, x, y))) == differing


def test_a_soft_edge_runs_where_half_is_covered() -> None:
    ramp = np.repeat(np.arange(0, 256, dtype=np.uint8)[None], 4, axis=0)
    pieces = _pieces(area_of(ramp, 0, 0))
    assert (128, 0, 128, 4) in pieces


def test_shown_small_the_edge_is_as_long_and_made_of_fewer_pieces() -> None:
    y, x = np.mgrid[0:1024, 0:1024]
    disk = ((x - 512) ** 2 + (y - 512) ** 2 < 500**2).astype(np.uint8) * 255
    full, small = _pieces(area_of(disk)), _pieces(area_of(disk), 3)
    assert abs(_length(small) / _length(full) - 1) < 0.02
    assert len(small) < len(full) / 4


def test_the_inside_of_a_huge_area_is_not_looked_at() -> None:
    assert len(tiles_with_edge(rectangle_area(Rect(0, 0, 25_600, 25_600)))) < 410
