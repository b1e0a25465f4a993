"""Every command on layers names all that looks different, forth and back.

Each layer has a tile of its own and one that it shares with its neighbor, so that a rectangle that
forgets one layer is found out.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from aipaint.document.change import Part
from aipaint.document.command import Command
from aipaint.document.copy_layers import duplicate_layer
from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, RemoveLayer, StyleLayer
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.merge import ReplaceLayers, merge_down
from aipaint.document.picture import Picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.errors import UsageError
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, TileFormat
from aipaint.pixels.tile_map import TileMap, keys_over, tile_rect

_COUNT = 7
_VIEW = Rect(0, 0, (_COUNT + 1) * TILE_SIZE, TILE_SIZE)
_Maker = Callable[[Picture, Layer], Command]


def _painted(number: int) -> TileMap:
    pixels = np.random.default_rng(number).integers(0, 256, (40, 300, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return TileMap.from_pixels(pixels, number * TILE_SIZE, 10)


def _picture() -> Picture:
    """Plain, clipped, a group of (plain, clipped, a group of one), clipped, plain."""
    outer = Layer(LayerStyle("outer", 0.8), is_group=True)
    inner = Layer(LayerStyle("inner"), is_group=True, group_id=outer.id)
    layers = [Layer(LayerStyle(str(number)), _painted(number)) for number in range(_COUNT)]
    for number in (1, 3, 5):
        layers[number].style = replace(layers[number].style, is_clipped=True)
    for layer in layers[2:4]:
        layer.group_id = outer.id
    layers[4].group_id = inner.id
    layers[4].mask = LayerMask(TileMap(TileFormat.COVERAGE))
    return Picture([*layers[:5], inner, outer, *layers[5:]], _VIEW)


def _restyled(**changes: object) -> _Maker:
    def make(picture: Picture, layer: Layer) -> Command:
        del picture
        style = replace(layer.style, **changes)  # type: ignore[arg-type]
        return StyleLayer(layer.id, style, "Style")

    return make


def _clip_switched(picture: Picture, layer: Layer) -> Command:
    is_clipped = not layer.style.is_clipped
    return _restyled(is_clipped=is_clipped)(picture, layer)


def _open_switched(picture: Picture, layer: Layer) -> Command:
    return _restyled(is_pass_through=not layer.style.is_pass_through)(picture, layer)


def _moved(place: int, group: str) -> _Maker:
    def make(picture: Picture, layer: Layer) -> Command:
        group_id = next((one.id for one in picture.layers if one.name == group), "")
        return MoveLayer(layer.id, place, group_id)

    return make


def _mask(picture: Picture, layer: Layer) -> Command:
    del picture
    mask = None if layer.mask is not None else LayerMask(TileMap(TileFormat.COVERAGE))
    return SetLayerMask("Mask", layer.id, mask, is_active=True)


def _merged(picture: Picture, layer: Layer) -> Command:
    try:
        return ReplaceLayers(merge_down(picture.snapshot(), layer.id))
    except UsageError:
        return _clip_switched(picture, layer)


_MAKERS: dict[str, _Maker] = {
    "remove": lambda _picture, layer: RemoveLayer(layer.id),
    "hide": _restyled(is_visible=False),
    "fade": _restyled(opacity=0.4),
    "blend": _restyled(blend_mode=BlendMode.MULTIPLY),
    "clip": _clip_switched,
    "open": _open_switched,
    "to the bottom": _moved(0, ""),
    "to the top": _moved(99, ""),
    "to the middle": _moved(2, ""),
    "into the outer group": _moved(0, "outer"),
    "into the inner group": _moved(9, "inner"),
    "mask": _mask,
    "merge": _merged,
    "add": lambda _picture, _layer: AddLayer(Layer(LayerStyle("new"), _painted(2))),
    "duplicate": lambda picture, layer: duplicate_layer(picture, layer.id),
    "group": lambda _picture, layer: GroupLayers(
        Layer(LayerStyle("g", 0.5), is_group=True), [layer.id]
    ),
    "ungroup": lambda picture, layer: (
        Ungroup(layer.id) if layer.is_group else RemoveLayer(layer.id)
    ),
}


def _stale(projection: Projection, picture: Picture) -> Iterator[int]:
    shown = render(picture, _VIEW)
    for key in keys_over(_VIEW):
        tile = projection.tile(key)
        part = tile_rect(key)
        got = 0 if tile is None else tile.pixels
        if np.abs(shown[part.slices(_VIEW)].astype(int) - got).max() > 2:
            yield key[1]


@pytest.mark.parametrize("what", _MAKERS)
def test_what_is_drawn_again_is_all_that_differs(what: str) -> None:
    for index in range(len(_picture().layers)):
        picture = _picture()
        projection = Projection(picture)
        assert not list(_stale(projection, picture))
        state = [(layer.id, layer.group_id, layer.style) for layer in picture.layers]
        picture.active_layer_id = picture.layers[index].id
        command = _MAKERS[what](picture, picture.layers[index])
        for act in (command.apply, command.revert):
            change = act(picture)
            is_restyled = bool(change.parts & Part.LAYERS)
            projection.invalidate(change.dirty, is_restyled=is_restyled)
            assert not list(_stale(projection, picture)), (index, act)
        assert [(layer.id, layer.group_id, layer.style) for layer in picture.layers] == state


def test_moving_one_layer_a_step_redraws_only_it_and_its_neighbor() -> None:
    layers = [Layer(LayerStyle(str(number)), _painted(number)) for number in range(_COUNT)]
    picture = Picture(layers, _VIEW)
    change = MoveLayer(layers[2].id, 3).apply(picture)
    assert change.dirty == Rect(2 * TILE_SIZE, 0, 3 * TILE_SIZE, TILE_SIZE)
    assert AddLayer(Layer()).apply(picture).dirty.is_empty


def test_a_deleted_mask_comes_back_as_what_is_painted_on() -> None:
    picture = _picture()
    layer = picture.layers[4]
    picture.active_layer_id, picture.is_mask_active = layer.id, True
    command = SetLayerMask("Delete", layer.id, None)
    command.apply(picture)
    assert picture.paint_target == layer.id
    command.revert(picture)
    assert picture.paint_target == layer.mask_target
