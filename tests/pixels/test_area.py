"""Areas: how two are combined, that whole squares are shared, and edits between two areas."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.area import (
    Combine,
    area_of,
    combined,
    difference,
    full_tile,
    inverted,
    is_same_area,
    rectangle_area,
)
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(-300, -300, 1000, 1000)


@st.composite
def _areas(draw: st.DrawFn) -> TileMap:
    area = TileMap(TileFormat.COVERAGE)
    for _ in range(draw(st.integers(0, 3))):
        x, y = draw(st.integers(-290, 500)), draw(st.integers(-290, 500))
        rect = Rect(x, y, draw(st.integers(1, 150)), draw(st.integers(1, 150)))
        value = draw(st.sampled_from([40, 128, 255]))
        area.swap(area.with_pixels(rect, np.full((rect.height, rect.width), value, np.uint8)))
    return area


@given(_areas(), _areas())
def test_combining_is_what_it_says_pixel_by_pixel(one: TileMap, other: TileMap) -> None:
    a, b = (area.read(_VIEW).astype(int) for area in (one, other))
    expected = {
        Combine.REPLACE: b,
        Combine.ADD: np.maximum(a, b),
        Combine.SUBTRACT: np.maximum(a - b, 0),
        Combine.INTERSECT: np.minimum(a, b),
    }
    for how, pixels in expected.items():
        assert (combined(one, other, how).read(_VIEW) == pixels).all()


@given(_areas())
def test_an_area_with_itself(area: TileMap) -> None:
    assert is_same_area(combined(area, area, Combine.ADD), area)
    assert is_same_area(combined(area, area, Combine.INTERSECT), area)
    assert not len(combined(area, area, Combine.SUBTRACT))


@given(_areas())
def test_inverting_twice_within_its_bounds_changes_nothing(area: TileMap) -> None:
    assert is_same_area(inverted(inverted(area, _VIEW), _VIEW), area)


@given(_areas(), _areas())
def test_the_difference_leads_from_one_to_the_other_and_names_only_what_differs(
    one: TileMap, other: TileMap
) -> None:
    edits = difference(one, other)
    changed = one.copy()
    changed.swap(edits)
    assert is_same_area(changed, other)
    assert not difference(one, one.copy())
    assert all(
        (one.read(Rect(k[1] * 256, k[0] * 256, 256, 256)).tobytes())
        != (other.read(Rect(k[1] * 256, k[0] * 256, 256, 256)).tobytes())
        for k in edits
    )


def test_whole_squares_of_a_large_area_cost_nothing() -> None:
    area = rectangle_area(Rect(10, 10, 20_000, 20_000))
    shared = [key for key in area if area.get(key) is full_tile()]
    assert len(shared) == 77 * 77
    assert area.bounds() == Rect(10, 10, 20_000, 20_000)


def test_an_array_anywhere_becomes_an_area_and_comes_back() -> None:
    coverage = np.zeros((300, 700), np.uint8)
    coverage[0, 0], coverage[299, 699], coverage[40:300, 100:600] = 3, 9, 255
    area = area_of(coverage, -77, 133)
    assert (area.read(Rect(-77, 133, 700, 300)) == coverage).all()
    assert area.bounds() == Rect(-77, 133, 700, 300)
