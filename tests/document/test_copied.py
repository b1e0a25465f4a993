"""What is copied is what was there, in its place, under the selection, and no larger."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aipaint.document.copied import copied_layer, copied_merged, largest_copy
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.area import area_of, rectangle_area
from aipaint.pixels.cut import covered
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(-100, -100, 900, 800)
_rects = st.builds(
    Rect, st.integers(-90, 600), st.integers(-90, 500), st.integers(1, 200), st.integers(1, 200)
)


def _picture() -> Picture:
    under = Layer(tiles=TileMap.from_pixels(np.full((300, 400, 4), 255, np.uint8), -30, 10))
    pixels = np.full((100, 150, 4), 90, np.uint8)
    pixels[20:40, 30:60] = 0
    style = LayerStyle("Top", opacity=0.5)
    mask = LayerMask(rectangle_area(Rect(0, 0, 300, 300)))
    over = Layer(style, TileMap.from_pixels(pixels, 200, 240), mask=mask)
    return Picture([under, over], Rect(0, 0, 350, 330))


def _whole(pixels: np.ndarray, place: Rect) -> np.ndarray:
    out = np.zeros((_VIEW.height, _VIEW.width, 4), np.uint8)
    out[place.slices(_VIEW)] = pixels
    return out


@given(rect=_rects)
def test_put_back_in_its_place_it_is_what_was_selected(rect: Rect) -> None:
    picture = _picture()
    rng = np.random.default_rng(1)
    coverage = rng.choice([0, 90, 255], (rect.height, rect.width)).astype(np.uint8)
    picture.selection = area_of(coverage, rect.x, rect.y)
    layer = picture.active_layer
    seen = {
        "layer": (layer.tiles.read(_VIEW), copied_layer(picture, layer.id)),
        "merged": (render(picture, _VIEW), copied_merged(picture)),
    }
    for all_of_it, copied in seen.values():
        wanted = covered(all_of_it, picture.selection.read(_VIEW))
        if copied is None:
            assert not wanted.any()
            continue
        assert (_whole(copied.pixels, copied.place) == wanted).all()
        assert copied.place.area <= largest_copy(picture)
        alpha = copied.pixels[..., 3]
        assert alpha[0].any()
        assert alpha[-1].any()
        assert alpha[:, 0].any()
        assert alpha[:, -1].any()


def test_without_a_selection_it_is_the_layer_or_the_frame() -> None:
    picture = _picture()
    copied = copied_layer(picture, picture.active_layer_id)
    assert copied is not None
    assert copied.place == Rect(200, 240, 150, 100)
    assert largest_copy(picture, picture.active_layer_id) == 150 * 100
    merged = copied_merged(picture)
    assert merged is not None
    # All that is seen of the frame: the upper layer's mask ends at 300, 300.
    assert merged.place == Rect(0, 10, 370, 300).intersected(picture.frame)
    assert (merged.pixels == render(picture, merged.place)).all()


def test_nothing_is_no_picture() -> None:
    picture = _picture()
    picture.selection = rectangle_area(Rect(700, 700, 5, 5))
    assert copied_layer(picture, picture.active_layer_id) is None
    assert copied_merged(picture) is None
    picture.selection = None
    picture.active_layer.tiles = TileMap(TileFormat.COLOR)
    assert copied_layer(picture, picture.active_layer_id) is None
    assert largest_copy(picture, picture.active_layer_id) == 0
