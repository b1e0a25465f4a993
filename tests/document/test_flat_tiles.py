"""A picture put down as one layer shows what it showed, and is made row by row."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.flat_tiles import flat_tiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileMap

_OFFSETS = st.integers(-700, 700)


def _picture(frame: Rect) -> Picture:
    chance = np.random.default_rng(4)
    layers = []
    for mode in (BlendMode.NORMAL, BlendMode.MULTIPLY):
        pixels = chance.integers(0, 256, (500, 400, 4), np.uint8)
        pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
        style = LayerStyle(blend_mode=mode)
        layers.append(Layer(style, TileMap.from_pixels(pixels, -30, -40)))
    return Picture(layers, frame)


@given(_OFFSETS, _OFFSETS, st.integers(1, 600), st.integers(1, 600), _OFFSETS, _OFFSETS)
@settings(max_examples=20, deadline=None)
def test_it_shows_what_the_frame_showed(
    left: int, top: int, width: int, height: int, x: int, y: int
) -> None:
    picture = _picture(Rect(left // 4, top // 4, width, height))
    kept: list[Tile] = []
    tiles = flat_tiles(picture, x, y, kept.append)
    place = Rect(x, y, width, height)
    assert np.array_equal(tiles.read(place), render(picture, picture.frame))
    around = tiles.read(place.expanded(40))
    around[40:-40, 40:-40] = 0
    assert not around.any()
    assert set(kept) == set(tiles.tiles())
