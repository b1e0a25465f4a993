"""The pencil: whole pixels, no gaps, no seams, opacity of the stroke."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.pencil import PencilStroke
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_RED = Color(255, 0, 0)
_PLACES = st.tuples(st.integers(-40, 40), st.integers(-40, 40))


def _drawn(size: float, *places: tuple[float, float], opacity: float = 1.0) -> TileMap:
    tiles = TileMap(TileFormat.COLOR)
    brush = Brush(size_pixels=size, opacity=opacity)
    stroke = PencilStroke(tiles.copy(), brush, _RED, StrokeMode.PAINT)
    tiles.swap(stroke.add([Sample(x, y) for x, y in places]))
    return tiles


def _view(tiles: TileMap) -> Pixels:
    return tiles.read(Rect(-64, -64, 128, 128))[..., 3]


@given(_PLACES, _PLACES)
def test_a_thin_line_is_connected_and_one_pixel_wide(
    start: tuple[int, int], end: tuple[int, int]
) -> None:
    alpha = _view(_drawn(1, start, end))
    assert set(np.unique(alpha)) <= {0, 255}
    across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
    assert (alpha > 0).sum() == max(across, down) + 1
    lines = (alpha > 0).sum(axis=1 if down >= across else 0)
    assert set(lines.tolist()) <= {0, 1}


@given(_PLACES, _PLACES, st.integers(1, 30))
def test_the_way_back_is_the_way_there(
    start: tuple[int, int], end: tuple[int, int], size: int
) -> None:
    there, back = _view(_drawn(size, start, end)), _view(_drawn(size, end, start))
    assert (there == back).all()


def test_a_press_draws_a_circle_of_the_size() -> None:
    for size in (1, 2, 3, 8, 31):
        bounds = _drawn(size, (0.5, 0.5)).bounds()
        assert (bounds.width, bounds.height) == (size, size)


def test_opacity_does_not_add_up_where_a_stroke_crosses_itself() -> None:
    alpha = _view(_drawn(5, (-20, 0), (20, 0), (0, 20), (0, -20), opacity=0.5))
    assert set(np.unique(alpha)) == {0, 128}


def test_a_stroke_in_pieces_is_the_stroke_in_one() -> None:
    places = [(-30.0, -30.0), (10.0, -12.0), (25.0, 33.0)]
    tiles = TileMap(TileFormat.COLOR)
    stroke = PencilStroke(tiles.copy(), Brush(size_pixels=6), _RED, StrokeMode.PAINT)
    for x, y in places:
        tiles.swap(stroke.add([Sample(x, y)]))
    assert (_view(tiles) == _view(_drawn(6, *places))).all()


def test_erasing_clears_whole_pixels_and_drops_blank_tiles() -> None:
    tiles = _drawn(10, (0, 0), (30, 30))
    eraser = PencilStroke(tiles.copy(), Brush(size_pixels=60), _RED, StrokeMode.ERASE)
    tiles.swap(eraser.add([Sample(-5, -5), Sample(40, 40)]))
    assert len(tiles) == 0


@pytest.mark.parametrize(("pressure", "width"), [(0.25, 5), (0.5, 10), (1.0, 20)])
def test_a_pen_that_presses_less_draws_thinner_as_the_curve_says(
    pressure: float, width: int
) -> None:
    tiles = TileMap(TileFormat.COLOR)
    brush = Brush(size_pixels=20, pressure_to_size=True)
    stroke = PencilStroke(tiles.copy(), brush, _RED, StrokeMode.PAINT)
    tiles.swap(stroke.add([Sample(-20, 0, pressure), Sample(20, 0, pressure)]))
    assert tiles.bounds().height == width
    steady = PencilStroke(
        tiles.copy(), replace(brush, pressure_to_size=False), _RED, StrokeMode.PAINT
    )
    tiles.swap(steady.add([Sample(-20, 0, pressure)]))
    assert tiles.bounds().height == 20
