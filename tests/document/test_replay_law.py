"""Undo under pressure of memory: random commands, undo and redo end in a replay's pixels.

The normal run is short. The long one, 10,000 commands, takes about two minutes:

    AIPAINT_LONG_TESTS=1 python -m pytest tests/document/test_replay_law.py --timeout 1200
"""

import os
import random

import numpy as np
import pytest

from aipaint.document.command import Command
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, RemoveLayer, StyleLayer
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.document.tile_keeper import MemoryBudget, TileKeeper
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.brush import Accumulation, Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile_map import keys_over, tile_rect

_FRAME = Rect(0, 0, 700, 500)
_VIEW = Rect(-256, -256, 1280, 1024)
_TILE = 256 * 256 * 4
_TIGHT = MemoryBudget(8 * _TILE, 2 * _TILE, 4 * _TILE, 6 * _TILE)
_MOST_LAYERS = 5


class _Hand:
    """Acts by chance, the same chance for the same seed. Ids are given, so that a replay names the
    same layers."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._dabs = DabCache()

    def act(self, seed: int) -> None:
        chance = random.Random(seed)
        chance.choices([self._stroke, self._fill, self._layers, self._style], weights=[6, 3, 1, 2])[
            0
        ](chance)
        self._document.undo_stack.close_step()

    def _target(self, chance: random.Random) -> str:
        if chance.random() < 0.15:
            return MASK
        return chance.choice(self._document.picture.layers).id

    def _stroke(self, chance: random.Random) -> None:
        brush = Brush(
            size_pixels=chance.choice([3, 12, 60, 180]),
            hardness=chance.random(),
            opacity=chance.choice([1.0, 0.4]),
            flow=chance.choice([1.0, 0.1]),
            accumulation=chance.choice(list(Accumulation)),
        )
        color = Color(*(chance.randrange(256) for _ in range(3)))
        mode = chance.choice([StrokeMode.PAINT, StrokeMode.PAINT, StrokeMode.ERASE])
        live = LiveStroke(self._target(chance), Stroke(brush, color, mode, self._dabs))
        for _ in range(chance.randrange(1, 5)):
            live.add([Sample(chance.uniform(-100, 800), chance.uniform(-100, 600), 1.0)])
            self._document.preview(live)
        self._document.finish(live, "Stroke")

    def _fill(self, chance: random.Random) -> None:
        picture, target = self._document.picture, self._target(chance)
        rect = Rect(
            chance.randrange(-100, 600),
            chance.randrange(-100, 400),
            chance.randrange(1, 300),
            chance.randrange(1, 300),
        )
        shape = (rect.height, rect.width) if target == MASK else (rect.height, rect.width, 4)
        pixels = np.full(shape, chance.choice([0, 90, 255]), np.uint8)
        tiles = picture.mask if target == MASK else picture.layer(target).tiles
        self._do(EditTiles.replacing("Fill", picture, target, tiles.with_pixels(rect, pixels)))

    def _layers(self, chance: random.Random) -> None:
        picture = self._document.picture
        if len(picture.layers) < _MOST_LAYERS and chance.random() < 0.6:
            self._do(AddLayer(Layer(id=f"layer-{chance.getrandbits(64)}")))
        elif len(picture.layers) > 1 and chance.random() < 0.5:
            self._do(RemoveLayer(chance.choice(picture.layers).id))
        else:
            layer = chance.choice(picture.layers)
            self._do(MoveLayer(layer.id, chance.randrange(len(picture.layers))))

    def _style(self, chance: random.Random) -> None:
        style = LayerStyle(
            opacity=chance.choice([1.0, 1.0, 0.5]),
            blend_mode=chance.choice([BlendMode.NORMAL, *BlendMode]),
            is_visible=chance.random() < 0.9,
        )
        self._do(StyleLayer(chance.choice(self._document.picture.layers).id, style, "Style"))

    def _do(self, command: Command) -> None:
        self._document.do(command)


def _first() -> Picture:
    picture = blank_picture(_FRAME.width, _FRAME.height)
    picture.layers[0].id = picture.active_layer_id = "first"
    return picture


def _state(picture: Picture) -> tuple[object, ...]:
    layers = [
        (layer.id, layer.style, layer.tiles.read(_VIEW).tobytes()) for layer in picture.layers
    ]
    return layers, picture.mask.read(_VIEW).tobytes(), picture.frame, picture.active_layer_id


def _shown(projection: Projection) -> np.ndarray:
    out = np.zeros((_VIEW.height, _VIEW.width, 4), np.uint8)
    for key in keys_over(_VIEW):
        tile = projection.tile(key)
        if tile is not None:
            out[tile_rect(key).slices(_VIEW)] = tile.pixels
    return out


def _run(steps: int, seed: int) -> None:
    document = Document(_first())
    keeper = TileKeeper(_TIGHT, SpillFile())
    hand, chance = _Hand(document), random.Random(seed)
    projection = Projection(document.picture)
    document.changed.connect(lambda change: projection.invalidate(change.dirty))
    done: list[int] = []
    for number in range(steps):
        wish = chance.random()
        if wish < 0.2:
            document.undo()
        elif wish < 0.32:
            document.redo()
        elif wish < 0.34:
            document.go_to(chance.randrange(len(done) + 1))
        else:
            del done[document.undo_stack.index :]
            hand.act(number)
            if document.undo_stack.index > len(done):  # painting nothing leaves no step
                done.append(number)
        if number % 16 == 0:
            keeper.look(document.picture, document.undo_stack)
        if number % 50 == 0:
            difference = _shown(projection).astype(int) - render(document.picture, _VIEW)
            assert np.abs(difference).max() <= 4, number
    keeper.wait()
    replayed = Document(_first())
    again = _Hand(replayed)
    for number in done[: document.undo_stack.index]:
        again.act(number)
    assert _state(document.picture) == _state(replayed.picture)
    document.go_to(0)
    assert _state(document.picture) == _state(_first())
    keeper.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_undo_and_redo_end_in_the_pixels_of_a_replay(seed: int) -> None:
    _run(150, seed)


@pytest.mark.skipif("AIPAINT_LONG_TESTS" not in os.environ, reason="the long form: see the top")
def test_ten_thousand_commands_end_in_the_pixels_of_a_replay() -> None:
    _run(10_000, 3)
