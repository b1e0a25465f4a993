"""Clear and fill: within the selection to the pixel, by the rules, one step, exactly undone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.document.clear_and_fill import cleared, filled
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, target_tiles
from aipaint.document.layer import LayerMask, LayerStyle
from aipaint.document.picture import Picture, blank_picture
from aipaint.pixels.area import area_of, rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_FRAME = Rect(0, 0, 400, 300)
_VIEW = Rect(-60, -60, 600, 500)
_RED = Color(200, 30, 10)
_rects = st.builds(
    Rect, st.integers(-50, 380), st.integers(-50, 280), st.integers(1, 400), st.integers(1, 300)
)


def _picture() -> Picture:
    """Noise of all alphas, 20 pixels beyond the frame to the left."""
    picture = blank_picture(_FRAME.width, _FRAME.height)
    chance = np.random.default_rng(5)
    alpha = chance.integers(0, 256, (250, 300, 1)).astype(np.uint8)
    color = (chance.random((250, 300, 3)) * alpha).astype(np.uint8)
    layer = picture.active_layer
    layer.tiles = TileMap.from_pixels(np.concatenate([color, alpha], axis=2), -20, 0)
    layer.mask = LayerMask(rectangle_area(Rect(0, 0, 200, 100)))
    picture.mask = rectangle_area(Rect(50, 50, 100, 100))
    return picture


def _targets(picture: Picture) -> tuple[str, ...]:
    return picture.active_layer_id, picture.active_layer.mask_target, MASK


def _look(picture: Picture, target: str) -> np.ndarray:
    return target_tiles(picture, target).read(_VIEW)


def _inside(rect: Rect) -> np.ndarray:
    """Where of the view a rectangle is."""
    inside = np.zeros((_VIEW.height, _VIEW.width), bool)
    inside[rect.intersected(_VIEW).slices(_VIEW)] = True
    return inside


@given(rect=_rects, which=st.sampled_from([0, 1, 2]), is_fill=st.booleans())
def test_only_what_is_selected_changes_and_undo_is_exact(
    rect: Rect, which: int, is_fill: bool
) -> None:
    document = Document(_picture())
    picture = document.picture
    picture.selection = rectangle_area(rect)
    target = _targets(picture)[which]
    before, inside = _look(picture, target), _inside(rect)
    command = (
        filled("Fill", picture, target, _RED) if is_fill else cleared("Clear", picture, target)
    )
    if command is None:
        assert not is_fill or which > 0
        assert which > 0 or not before[inside].any()
        return
    document.do(command)
    after = _look(picture, target)
    assert (after[~inside] == before[~inside]).all()
    wanted = ([10, 30, 200, 255] if which == 0 else 255) if is_fill else 0
    assert (after[inside] == wanted).all()
    document.undo()
    assert (_look(picture, target) == before).all()
    document.redo()
    assert (_look(picture, target) == after).all()


def test_without_a_selection_all_is_cleared_and_the_frame_is_filled() -> None:
    picture = _picture()
    for target in _targets(picture):
        command = cleared("Clear", picture, target)
        assert command is not None
        command.apply(picture)
        assert not len(target_tiles(picture, target))
        assert cleared("Clear", picture, target) is None
        command = filled("Fill", picture, target, _RED)
        assert command is not None
        command.apply(picture)
        assert target_tiles(picture, target).bounds() == _FRAME
        assert filled("Fill", picture, target, _RED) is None


def test_a_soft_selection_takes_its_share() -> None:
    picture = blank_picture(100, 100)
    layer = picture.active_layer
    layer.tiles = TileMap.from_pixels(np.full((100, 100, 4), 255, np.uint8))
    picture.selection = area_of(np.full((100, 100), 128, np.uint8))
    command = cleared("Clear", picture, layer.id)
    assert command is not None
    command.apply(picture)
    assert (layer.tiles.read(picture.frame) == 127).all()


def test_a_locked_transparency_keeps_its_alpha() -> None:
    picture = _picture()
    layer = picture.active_layer
    layer.style = LayerStyle(is_alpha_locked=True)
    before = _look(picture, layer.id)
    assert cleared("Clear", picture, layer.id) is None
    command = filled("Fill", picture, layer.id, _RED)
    assert command is not None
    command.apply(picture)
    after = _look(picture, layer.id)
    assert (after[..., 3] == before[..., 3]).all()
    opaque = _inside(_FRAME) & (before[..., 3] == 255)
    assert (after[opaque] == [10, 30, 200, 255]).all()
    # Its mask has no alpha to lock.
    assert cleared("Clear", picture, layer.mask_target) is not None


@pytest.mark.parametrize("alpha", [0, 1, 100, 254])
def test_a_color_that_lets_through_lies_over_what_is_there(alpha: int) -> None:
    picture = blank_picture(10, 10)
    layer = picture.active_layer
    layer.tiles = TileMap.from_pixels(np.full((10, 10, 4), 255, np.uint8))
    command = filled("Fill", picture, layer.id, Color(0, 0, 0, alpha))
    if alpha == 0:
        assert command is None
        return
    assert command is not None
    command.apply(picture)
    pixel = layer.tiles.read(Rect(5, 5, 1, 1))[0, 0]
    assert pixel.tolist() == [255 - alpha] * 3 + [255]


def test_filling_a_mask_with_no_color_uncovers_it() -> None:
    picture = _picture()
    picture.selection = rectangle_area(Rect(60, 60, 10, 10))
    command = filled("Fill", picture, MASK, None)
    assert command is not None
    command.apply(picture)
    assert not picture.mask.read(Rect(60, 60, 10, 10)).any()
    assert picture.mask.read(Rect(50, 50, 10, 10)).all()
