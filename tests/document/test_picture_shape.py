"""A picture as a whole: turned, flipped, resized, cropped; everything in it goes along."""

import numpy as np
import pytest

from aipaint.document.document import Document
from aipaint.document.keep_area import KeepArea
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.picture_shape import Turn, anchored_frame, cropped, resized, turned
from aipaint.document.render import render
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Progress

_FRAME = Rect(40, -30, 300, 200)


def _noise(rect: Rect, seed: int) -> TileMap:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return TileMap.from_pixels(pixels, rect.x, rect.y)


def _picture() -> Picture:
    group = Layer(LayerStyle("Group"), is_group=True)
    inner = Layer(LayerStyle("Inner"), _noise(Rect(100, 20, 260, 90), 2), group_id=group.id)
    inner.mask = LayerMask(rectangle_area(Rect(120, 0, 100, 300)))
    ground = Layer(LayerStyle("Ground"), _noise(_FRAME.expanded(25), 1))
    picture = Picture([ground, inner, group], _FRAME, rectangle_area(Rect(50, 0, 60, 40)))
    picture.selection = rectangle_area(Rect(200, 50, 33, 44))
    return picture


def _document() -> Document:
    document = Document(_picture())
    document.do(KeepArea("Keep", "face", rectangle_area(Rect(90, 90, 20, 10))))
    return document


def _state(picture: Picture) -> tuple[object, ...]:
    assert picture.selection is not None
    return (
        render(picture, Rect(-400, -400, 1200, 1200)).tobytes(),
        picture.mask.bounds(),
        picture.selection.bounds(),
        picture.kept["face"].bounds(),
        picture.frame,
    )


_EXPECTED = {
    Turn.LEFT: lambda pixels: np.rot90(pixels, 1),
    Turn.RIGHT: lambda pixels: np.rot90(pixels, -1),
    Turn.HALF: lambda pixels: np.rot90(pixels, 2),
    Turn.FLIP_HORIZONTALLY: lambda pixels: pixels[:, ::-1],
    Turn.FLIP_VERTICALLY: lambda pixels: pixels[::-1],
}


@pytest.mark.parametrize("turn", list(Turn))
def test_what_the_frame_shows_is_turned_exactly_and_comes_back(turn: Turn) -> None:
    document = _document()
    picture = document.picture
    before, shown, mask = _state(picture), render(picture, _FRAME), picture.mask.read(_FRAME)
    command = turned(picture.snapshot(), turn, Progress())
    assert command is not None
    document.do(command)
    assert (picture.frame.x, picture.frame.y) == (_FRAME.x, _FRAME.y)
    assert (render(picture, picture.frame) == _EXPECTED[turn](shown)).all()
    assert (picture.mask.read(picture.frame) == _EXPECTED[turn](mask)).all()
    assert _state(picture)[2:4] != before[2:4]
    opposite = {Turn.LEFT: Turn.RIGHT, Turn.RIGHT: Turn.LEFT}.get(turn, turn)
    back = turned(picture.snapshot(), opposite, Progress())
    assert back is not None
    document.do(back)
    assert _state(picture) == before
    document.undo()
    document.undo()
    assert _state(picture) == before
    assert document.undo_stack.redo_label == turn.value


def test_another_image_size_scales_layers_masks_and_areas() -> None:
    document = _document()
    picture = document.picture
    command = resized(picture.snapshot(), 600, 400, Progress())
    assert command is not None
    document.do(command)
    assert picture.frame == Rect(40, -30, 600, 400)
    # The corner of the frame stays, everything else goes away from it.
    assert picture.mask.bounds() == Rect(60, 30, 120, 80)
    assert picture.selection is not None
    assert picture.selection.bounds() == Rect(360, 130, 66, 88)
    inner = picture.layers[1]
    assert inner.mask is not None
    assert inner.mask.tiles.bounds() == Rect(200, 30, 200, 600)
    assert picture.layers[0].tiles.bounds() == Rect(-10, -80, 700, 500)
    document.undo()
    assert picture.frame == _FRAME


def test_given_up_it_changes_nothing() -> None:
    picture = _picture()
    assert resized(picture.snapshot(), 600, 400, Progress(lambda: True)) is None


def test_a_crop_keeps_what_is_outside_unless_told_to_delete_it() -> None:
    document = _document()
    picture, frame = document.picture, Rect(100, 0, 90, 70)
    before, shown = _state(picture), render(picture, frame)
    document.do(cropped(picture, frame, deletes_outside=False))
    assert picture.frame == frame
    assert _state(picture)[0] == before[0]
    document.undo()
    document.do(cropped(picture, frame, deletes_outside=True))
    assert (render(picture, frame) == shown).all()
    assert picture.layers[0].tiles.bounds() == frame
    assert frame.contains(picture.mask.bounds())
    document.undo()
    assert _state(picture) == before


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ((-1, -1), Rect(40, -30, 320, 260)),
        ((1, 1), Rect(20, -90, 320, 260)),
        ((0, 0), Rect(30, -60, 320, 260)),
    ],
)
def test_the_anchor_is_what_stays(anchor: tuple[int, int], expected: Rect) -> None:
    assert anchored_frame(_FRAME, 320, 260, anchor) == expected
