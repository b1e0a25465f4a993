"""Filling: what hangs together, what is alike, gaps, growth and edges; on arrays and on tiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Color, StrokeMode
from aipaint.pixels.fill import FloodOptions, Likeness, flood, flood_tiles
from aipaint.pixels.paint_coverage import Ink, paint_coverage
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap

_SHARP = FloodOptions(is_smooth=False)


def _noise(height: int, width: int, seed: int = 1) -> Pixels:
    chance = np.random.default_rng(seed)
    return chance.choice(np.array([0, 60, 90, 200], np.uint8), (height, width, 4))


def _reached(bgra: Pixels, seed: tuple[int, int], tolerance: int) -> np.ndarray:
    """The plain way: from neighbor to neighbor."""
    far = np.abs(bgra.astype(int) - bgra[seed[1], seed[0]]).max(axis=2)
    alike, found, waiting = far <= tolerance, np.zeros(far.shape, bool), [seed]
    while waiting:
        x, y = waiting.pop()
        if 0 <= y < far.shape[0] and 0 <= x < far.shape[1] and alike[y, x] and not found[y, x]:
            found[y, x] = True
            waiting += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return found


def _ring(side: int, gap: int) -> Pixels:
    """White with a black square frame 10 from the edge, three wide, open by `gap` at the top."""
    picture = np.full((side, side, 4), 255, np.uint8)
    picture[10:-10, 10:-10, :3] = 0
    picture[13:-13, 13:-13, :3] = 255
    middle = side // 2
    picture[10:13, middle : middle + gap, :3] = 255
    return picture


@given(st.integers(0, 50), st.integers(0, 19), st.integers(0, 24), st.sampled_from([0, 30, 140]))
def test_a_contiguous_fill_takes_what_neighbors_reach(
    seed: int, row: int, column: int, tolerance: int
) -> None:
    picture = _noise(20, 25, seed)
    taken = flood(picture, (column, row), FloodOptions(tolerance, is_smooth=False))
    assert ((taken == 255) == _reached(picture, (column, row), tolerance)).all()
    assert set(np.unique(taken)) <= {0, 255}


def test_without_contiguity_everything_alike_is_taken() -> None:
    picture = _noise(40, 40)
    taken = flood(picture, (3, 3), FloodOptions(35, is_contiguous=False, is_smooth=False))
    alike = np.abs(picture.astype(int) - picture[3, 3]).max(axis=2) <= 35
    assert ((taken == 255) == alike).all()


def test_alpha_counts_like_a_color() -> None:
    picture = np.zeros((10, 10, 4), np.uint8)
    picture[:, 5:, 3] = 100
    assert (flood(picture, (0, 0), FloodOptions(99, is_smooth=False))[:, 5:] == 0).all()
    assert (flood(picture, (0, 0), FloodOptions(100, is_smooth=False)) == 255).all()


def test_a_seed_outside_takes_nothing() -> None:
    picture = _noise(10, 10)
    assert not flood(picture, (-1, 3), _SHARP).any()
    assert not flood(picture, (3, 10), _SHARP).any()


@pytest.mark.parametrize("gap", [1, 4, 9])
def test_a_gap_lets_color_out_until_it_is_closed(gap: int) -> None:
    picture = _ring(101, gap)
    leaking = flood(picture, (50, 50), FloodOptions(is_smooth=False))
    assert leaking[0, 0] == 255
    closed = flood(picture, (50, 50), FloodOptions(gap_pixels=gap, is_smooth=False))
    assert closed[0, 0] == 0
    assert (closed[13 + gap : -13, 13:-13] == 255).all()


def test_closing_gaps_keeps_to_the_lines() -> None:
    picture = _ring(101, 4)
    closed = flood(picture, (50, 50), FloodOptions(gap_pixels=8, is_smooth=False))
    assert (picture[closed > 0][:, 0] == 255).all()
    # Corners that are square are filled to the last pixel.
    assert closed[13, 13] == 255
    assert closed[-14, -14] == 255


def test_a_click_with_less_room_than_the_gap_still_fills() -> None:
    picture = _ring(101, 0)
    closed = flood(picture, (14, 50), FloodOptions(gap_pixels=40, is_smooth=False))
    assert closed[50, 14] == 255
    assert closed[50, 50] == 255


@pytest.mark.parametrize("grow", [-3, 2, 5])
def test_growing_moves_the_edge_by_so_many_pixels(grow: int) -> None:
    picture = _ring(101, 0)
    inside = FloodOptions(is_smooth=False, grow_pixels=grow)
    row = flood(picture, (50, 50), inside)[50]
    assert np.flatnonzero(row)[0] == 13 - grow
    assert np.flatnonzero(row)[-1] == 101 - 14 + grow


def test_a_smooth_edge_reaches_into_the_line_and_leaves_no_halo() -> None:
    row = flood(_ring(101, 0), (50, 50), FloodOptions())[50]
    assert row[11] == 0
    assert 0 < row[12] < 128
    assert row[13] == 255


@given(st.integers(1, 600), st.integers(1, 600), st.sampled_from([0, 40, 255]))
def test_likeness_works_in_any_size(height: int, width: int, tolerance: int) -> None:
    picture = _noise(height, width)
    color = picture[0, 0]
    out = np.full((height, width), 7, np.uint8)
    Likeness(color, tolerance).find(picture, out)
    alike = np.abs(picture.astype(int) - color).max(axis=2) <= tolerance
    assert (out == np.where(alike, 255, 0)).all()


@pytest.mark.parametrize("gap", [0, 6])
@pytest.mark.parametrize("seed", [(40, 40), (-90, 200), (300, -60)])
def test_tiles_are_filled_like_an_array(seed: tuple[int, int], gap: int) -> None:
    area = Rect(-100, -80, 500, 420)
    picture = np.zeros((area.height, area.width, 4), np.uint8)
    picture[60:300, 150:400] = _ring(250, 3)[:240]
    tiles = TileMap.from_pixels(picture, area.x, area.y)
    options = FloodOptions(gap_pixels=gap)
    whole = flood(picture, (seed[0] - area.x, seed[1] - area.y), options)
    assert (flood_tiles(tiles.get, area, seed, options) == whole).all()


def test_a_click_outside_the_area_takes_nothing_of_it() -> None:
    def nothing(_key: TileKey) -> Tile | None:
        return None

    area = Rect(0, 0, 50, 50)
    assert not flood_tiles(nothing, area, (50, 0), _SHARP).any()
    assert (flood_tiles(nothing, area, (49, 0), _SHARP) == 255).all()


def _expected(base: Pixels, coverage: Pixels, ink: Ink) -> np.ndarray:
    share = coverage / 255 * ink.opacity
    if ink.mode is StrokeMode.ERASE:
        share = share if base.ndim == 2 else share[..., None]
        return base * (1 - share)
    share = share * ink.color.alpha / 255
    if base.ndim == 2:
        return base * (1 - share) + 255 * share
    color = np.array([ink.color.blue, ink.color.green, ink.color.red, 255])
    return base * (1 - share[..., None]) + color * share[..., None]


@pytest.mark.parametrize("format_", TileFormat)
@pytest.mark.parametrize("mode", StrokeMode)
@pytest.mark.parametrize("opacity", [1.0, 0.4])
def test_painting_through_coverage_mixes_by_it(
    format_: TileFormat, mode: StrokeMode, opacity: float
) -> None:
    rect = Rect(-40, 30, 500, 330)
    noise = np.random.default_rng(5).integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    noise[..., :3] = np.minimum(noise[..., :3], noise[..., 3:])
    base = noise if format_ is TileFormat.COLOR else noise[..., 3].copy()
    coverage = np.random.default_rng(6).integers(0, 256, (rect.height, rect.width), np.uint8)
    coverage[:, 100:250] = 0
    coverage[:, 280:] = 255
    tiles = TileMap.from_pixels(base, rect.x, rect.y)
    ink = Ink(Color(250, 100, 7, 255 if opacity == 1 else 200), opacity, mode)
    tiles.swap(paint_coverage(tiles, rect, coverage, ink))
    painted = tiles.read(rect)
    assert np.abs(painted - _expected(base, coverage, ink)).max() <= 2
    assert (painted[coverage == 0] == base[coverage == 0]).all()


def test_whole_tiles_of_one_color_are_one_tile_and_erased_ones_are_gone() -> None:
    tiles = TileMap(TileFormat.COLOR)
    area = Rect(0, 0, 1024, 512)
    full = np.full((512, 1024), 255, np.uint8)
    edits = paint_coverage(tiles, area, full, Ink(Color(1, 2, 3)))
    assert len(edits) == 8
    assert len({id(tile) for tile in edits.values()}) == 1
    tiles.swap(edits)
    tiles.swap(paint_coverage(tiles, area, full, Ink(Color(1, 2, 3), mode=StrokeMode.ERASE)))
    assert len(tiles) == 0
