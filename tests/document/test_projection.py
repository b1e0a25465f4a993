"""The projection: whatever is cached, it shows what composing everything anew would show."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap, keys_over, tile_rect

_VIEW = Rect(-100, -60, 420, 380)
_MODES = [BlendMode.NORMAL, BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.COLOR]


def _noise(rect: Rect, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


def _picture(count: int) -> Picture:
    layers = [
        Layer(LayerStyle(opacity=1.0 if index % 2 else 0.8), _painted(Rect(0, 0, 300, 300), index))
        for index in range(count)
    ]
    return Picture(layers, Rect(0, 0, 300, 300))


def _painted(rect: Rect, seed: int) -> TileMap:
    return TileMap.from_pixels(_noise(rect, seed), rect.x, rect.y)


def _paint(picture: Picture, layer: int, rect: Rect, seed: int) -> Rect:
    tiles = picture.layers[layer].tiles
    tiles.swap(tiles.with_pixels(rect, _noise(rect, seed)))
    return rect


def _shown(projection: Projection) -> np.ndarray:
    out = np.zeros((_VIEW.height, _VIEW.width, 4), np.uint8)
    for key in keys_over(_VIEW):
        tile = projection.tile(key)
        if tile is not None:
            part = tile_rect(key).intersected(_VIEW)
            out[part.slices(_VIEW)] = tile.pixels[part.slices(tile_rect(key))]
    return out


def _distance(picture: Picture, projection: Projection) -> int:
    return int(np.abs(_shown(projection).astype(int) - render(picture, _VIEW)).max())


_RECTS = st.builds(
    Rect, st.integers(-80, 280), st.integers(-50, 280), st.integers(1, 90), st.integers(1, 90)
)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["paint", "paint", "paint", "style", "hide"]), st.integers(0, 4), _RECTS
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40)
@given(_STEPS)
def test_any_sequence_of_changes_shows_what_composing_anew_shows(
    steps: list[tuple[str, int, Rect]],
) -> None:
    picture = _picture(5)
    projection = Projection(picture)
    _shown(projection)
    for number, (what, index, rect) in enumerate(steps):
        layer = picture.layers[index]
        if what == "paint":
            for _ in range(3):  # caches come with the second change in a row
                projection.invalidate(_paint(picture, index, rect, number))
                # What is joined ahead is rounded in another order.
                assert _distance(picture, projection) <= 3
            continue
        style = layer.style
        if what == "style":
            layer.style = replace(style, blend_mode=_MODES[number % 4], opacity=(number % 5) / 4)
        else:
            layer.style = replace(style, is_visible=not style.is_visible)
        projection.invalidate(Rect(-256, -256, 1024, 1024))
        assert _distance(picture, projection) <= 3


@pytest.mark.parametrize("mode", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.LUMINOSITY])
def test_what_lies_above_a_stroke_is_right_in_every_mode(mode: BlendMode) -> None:
    picture = _picture(4)
    picture.layers[3].style = LayerStyle(blend_mode=mode)
    projection = Projection(picture)
    for number in range(4):
        projection.invalidate(_paint(picture, 1, Rect(200 + number * 9, 30, 60, 60), number))
        assert _distance(picture, projection) <= 3


def test_only_the_dirty_part_is_painted_again() -> None:
    picture = _picture(3)
    projection = Projection(picture)
    tile = projection.tile((0, 0))
    assert tile is not None
    tile.pixels[200:, 200:] = 77  # a mark in the cache that only repainting would remove
    projection.invalidate(_paint(picture, 1, Rect(10, 10, 40, 40), 9))
    again = projection.tile((0, 0))
    assert again is tile
    assert (tile.pixels[200:, 200:] == 77).all()
    assert (tile.pixels[10:50, 10:50] == render(picture, Rect(10, 10, 40, 40))).all()


def test_the_tile_of_a_lone_layer_is_never_painted_over() -> None:
    picture = _picture(2)
    picture.layers[1].tiles = TileMap(TileFormat.COLOR)
    picture.layers[0].style = LayerStyle()
    projection = Projection(picture)
    lone = picture.layers[0].tiles.get((0, 0))
    assert projection.tile((0, 0)) is lone
    assert lone is not None
    before = lone.pixels.copy()
    projection.invalidate(_paint(picture, 1, Rect(0, 0, 50, 50), 3))
    assert projection.tile((0, 0)) is not lone
    assert (lone.pixels == before).all()


def test_a_rectangle_of_the_whole_plane_costs_no_more_than_what_is_there() -> None:
    picture = _picture(2)
    projection = Projection(picture)
    _shown(projection)
    far = Rect(1_000_000_000, -1_000_000_000, 10, 10)
    _paint(picture, 0, far, 1)
    _paint(picture, 1, Rect(0, 0, 9, 9), 2)
    projection.invalidate(Rect(0, 0, 9, 9).united(far))
    assert _distance(picture, projection) == 0
