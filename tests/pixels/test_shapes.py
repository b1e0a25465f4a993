"""Shapes: the same on any tile, exact inside, clear outside, soft at the edge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.shapes import Shape, ShapeKind, ShapePaint, draw_shape, shape_bounds
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_RED, _BLUE = Color(255, 0, 0), Color(0, 0, 255)
_PLACES = st.tuples(st.integers(-300, 300), st.integers(-300, 300))


def _drawn(shape: Shape, paint: ShapePaint, view: Rect, base: TileMap | None = None) -> Pixels:
    tiles = base.copy() if base is not None else TileMap(TileFormat.COLOR)
    tiles.swap(draw_shape(tiles, shape, paint))
    return tiles.read(view)


def _moved(shape: Shape, x: int, y: int) -> Shape:
    return Shape(shape.kind, tuple((px + x, py + y) for px, py in shape.points))


_SHAPES = [
    Shape(ShapeKind.LINE, ((10.5, 12.25), (180.0, 90.5))),
    Shape(ShapeKind.RECTANGLE, ((20.0, 15.0), (170.0, 120.0))),
    Shape(ShapeKind.ELLIPSE, ((20.5, 15.0), (170.0, 120.0))),
    Shape(ShapeKind.POLYGON, ((10.0, 10.0), (190.0, 30.0), (60.0, 150.0), (150.0, 5.0))),
]


@pytest.mark.parametrize("shape", _SHAPES, ids=lambda shape: shape.kind.value)
@pytest.mark.parametrize("shift", [(0, 0), (-100, -80), (170, 190), (-25_000, 60_000)])
def test_a_shape_has_no_seams_where_it_crosses_tiles(shape: Shape, shift: tuple[int, int]) -> None:
    paint = ShapePaint(_RED, 7.0, _BLUE, 0.7)
    here = _drawn(shape, paint, Rect(0, 0, 210, 170))
    there = _drawn(_moved(shape, *shift), paint, Rect(*shift, 210, 170))
    # Where Qt counts in fractions of a pixel, a far place may round the other way.
    assert np.abs(here.astype(int) - there.astype(int)).max() <= 2
    assert here.any()


def test_a_filled_rectangle_on_whole_pixels_is_exact() -> None:
    shape = Shape(ShapeKind.RECTANGLE, ((-5.0, 3.0), (700.0, 600.0)))
    alpha = _drawn(shape, ShapePaint(None, 1.0, _RED), Rect(-10, 0, 720, 610))[..., 3]
    expected = np.zeros_like(alpha)
    expected[3:600, 5:710] = 255
    assert (alpha == expected).all()


def test_inside_tiles_of_a_large_shape_are_the_same_as_any() -> None:
    shape = Shape(ShapeKind.ELLIPSE, ((0.0, 0.0), (1500.0, 1500.0)))
    base = TileMap.from_pixels(np.full((1500, 1500, 4), 90, np.uint8))
    see_through = ShapePaint(None, 1.0, Color(200, 100, 0, 128), 0.5)
    view = _drawn(shape, see_through, Rect(500, 500, 500, 500), base)
    # 90 over which a quarter of (200, 100, 0) lies, give or take the rounding of two steps.
    assert (np.ptp(view.reshape(-1, 4), axis=0) == 0).all()
    expected = np.array([0.0, 100.0, 200.0, 255.0]) * 0.251 + 90 * (1 - 0.251)
    assert np.abs(view[0, 0] - expected).max() <= 1.5


def test_the_edge_of_an_ellipse_is_soft_and_its_area_is_right() -> None:
    shape = Shape(ShapeKind.ELLIPSE, ((10.0, 10.0), (110.0, 70.0)))
    alpha = _drawn(shape, ShapePaint(None, 1.0, _RED), Rect(0, 0, 128, 128))[..., 3]
    assert len(np.unique(alpha)) > 20
    assert alpha.astype(float).sum() / 255 == pytest.approx(np.pi * 50 * 30, rel=0.005)


def test_opacity_is_of_the_whole_shape_so_that_outline_and_fill_do_not_add_up() -> None:
    shape = Shape(ShapeKind.RECTANGLE, ((20.0, 20.0), (100.0, 100.0)))
    alpha = _drawn(shape, ShapePaint(_RED, 10.0, _BLUE, 0.5), Rect(0, 0, 128, 128))[..., 3]
    assert set(np.unique(alpha)) == {0, 128} or set(np.unique(alpha)) == {0, 127}


def test_a_wide_outline_reaches_into_tiles_that_the_fill_covers() -> None:
    shape = Shape(ShapeKind.RECTANGLE, ((-30.0, -30.0), (900.0, 900.0)))
    view = _drawn(shape, ShapePaint(_RED, 100.0, _BLUE), Rect(0, 0, 600, 600))
    assert tuple(view[10, 300]) == (0, 0, 255, 255)
    assert tuple(view[300, 10]) == (0, 0, 255, 255)
    assert (view[20:, 20:] == (255, 0, 0, 255)).all()


def test_a_line_is_as_wide_as_asked() -> None:
    shape = Shape(ShapeKind.LINE, ((20.0, 64.0), (100.0, 64.0)))
    alpha = _drawn(shape, ShapePaint(_RED, 9.0), Rect(0, 0, 128, 128))[..., 3]
    assert alpha[:, 60].astype(float).sum() / 255 == pytest.approx(9, abs=0.05)


def test_a_mask_takes_a_shape_by_its_alpha() -> None:
    mask = TileMap(TileFormat.COVERAGE)
    shape = Shape(ShapeKind.RECTANGLE, ((200.0, 200.0), (300.0, 300.0)))
    mask.swap(draw_shape(mask, shape, ShapePaint(None, 1.0, Color(9, 9, 9))))
    assert (mask.read(Rect(200, 200, 100, 100)) == 255).all()
    assert mask.bounds() == Rect(200, 200, 100, 100)


@given(st.lists(_PLACES, min_size=3, max_size=7), st.integers(1, 40), st.booleans())
def test_the_bounds_hold_everything_that_is_drawn(
    places: list[tuple[int, int]], width: int, is_filled: bool
) -> None:
    shape = Shape(ShapeKind.POLYGON, tuple((float(x), float(y)) for x, y in places))
    paint = ShapePaint(_RED, float(width), _BLUE if is_filled else None)
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap(draw_shape(tiles, shape, paint))
    assert shape_bounds(shape, paint).contains(tiles.bounds())
