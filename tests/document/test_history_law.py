"""The law of the history: undo and redo in any order end in the pixels of a plain replay."""

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.command import Command
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, RemoveLayer, StyleLayer
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.render import render
from aipaint.document.set_frame import SetFrame
from aipaint.document.together import Together
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect

_VIEW = Rect(-64, -64, 400, 400)


def _fill(picture: Picture, seed: int, target: str) -> Command:
    chance = np.random.default_rng(seed)
    x, y = (int(value) for value in chance.integers(-60, 250, 2))
    rect = Rect(x, y, *(int(value) for value in chance.integers(1, 120, 2)))
    tiles = picture.mask if target == MASK else picture.layer(target).tiles
    shape = (rect.height, rect.width) if target == MASK else (rect.height, rect.width, 4)
    pixels = np.full(shape, chance.integers(0, 256), np.uint8)
    return EditTiles.replacing("Fill", picture, target, tiles.with_pixels(rect, pixels))


def _some_layer(picture: Picture, seed: int) -> Layer:
    return picture.layers[seed % len(picture.layers)]


def _style(picture: Picture, seed: int) -> Command:
    modes = list(BlendMode)
    style = LayerStyle(f"n{seed}", (seed % 11) / 10, modes[seed % len(modes)], seed % 4 != 0)
    return StyleLayer(_some_layer(picture, seed).id, style, "Style")


def _add(picture: Picture, seed: int) -> Command:
    return Together("Add and unmask", [AddLayer(Layer()), _fill(picture, seed, MASK)])


_MAKERS: list[Callable[[Picture, int], Command]] = [
    lambda picture, seed: _fill(picture, seed, _some_layer(picture, seed).id),
    lambda picture, seed: _fill(picture, seed, MASK),
    _add,
    lambda picture, seed: RemoveLayer(_some_layer(picture, seed).id),
    lambda picture, seed: MoveLayer(_some_layer(picture, seed).id, seed % 5),
    _style,
    lambda _picture, seed: SetFrame(Rect(seed % 50, 0, 100 + seed % 100, 80)),
]


def _state(picture: Picture) -> tuple[object, ...]:
    return (
        render(picture, _VIEW).tobytes(),
        picture.mask.read(_VIEW).tobytes(),
        [(layer.id, layer.style) for layer in picture.layers],
        picture.active_layer_id,
        picture.frame,
    )


_STEPS = st.lists(st.tuples(st.integers(0, len(_MAKERS) + 2), st.integers(0, 10_000)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_undo_and_redo_restore_every_state_exactly(steps: list[tuple[int, int]]) -> None:
    document = Document(blank_picture(200, 150))
    states = [_state(document.picture)]
    for kind, seed in steps:
        if kind < len(_MAKERS):
            index = document.undo_stack.index
            document.do(_MAKERS[kind](document.picture, seed))
            document.undo_stack.close_step()
            del states[index + 1 :]
            states.append(_state(document.picture))
        elif kind % 2:
            document.undo()
        else:
            document.redo()
        assert _state(document.picture) == states[document.undo_stack.index]
    document.go_to(0)
    assert _state(document.picture) == states[0]
    document.go_to(len(states))
    assert _state(document.picture) == states[-1]
