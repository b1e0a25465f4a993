"""The law of the history: undo and redo in any order end in the pixels of a plain replay."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.change import Part
from aipaint.document.command import Command
from aipaint.document.copy_layers import duplicate_layer
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles, target_tiles
from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.keep_area import KeepArea
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, RemoveLayer, StyleLayer
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.layer_tree import groups_around
from aipaint.document.merge import ReplaceLayers, flatten, merge_down
from aipaint.document.picture import Picture, blank_picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.document.set_frame import SetFrame
from aipaint.document.set_selection import SetSelection
from aipaint.document.solo import set_visibility, shown_alone
from aipaint.document.together import Together
from aipaint.errors import UsageError
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap, keys_over, tile_rect

_VIEW = Rect(-64, -64, 400, 400)


def _fill(picture: Picture, seed: int, target: str) -> Command:
    chance = np.random.default_rng(seed)
    x, y = (int(value) for value in chance.integers(-60, 250, 2))
    rect = Rect(x, y, *(int(value) for value in chance.integers(1, 120, 2)))
    tiles = target_tiles(picture, target)
    is_color = tiles.format is TileFormat.COLOR
    shape = (rect.height, rect.width, 4) if is_color else (rect.height, rect.width)
    pixels = np.full(shape, chance.integers(0, 256), np.uint8)
    return EditTiles.replacing("Fill", picture, target, tiles.with_pixels(rect, pixels))


def _some_layer(picture: Picture, seed: int) -> Layer:
    return picture.layers[seed % len(picture.layers)]


def _paint(picture: Picture, seed: int) -> Command:
    """On a layer or its mask; a group has no pixels."""
    layer = _some_layer(picture, seed)
    if layer.mask is not None and (layer.is_group or seed % 3 == 0):
        return _fill(picture, seed, layer.mask_target)
    return _fill(picture, seed, MASK if layer.is_group else layer.id)


def _style(picture: Picture, seed: int) -> Command:
    modes = list(BlendMode)
    opacity = (seed % 11) / 10
    mode = modes[seed % len(modes)]
    is_clipped = seed % 5 < 2
    style = LayerStyle(f"n{seed}", opacity, mode, seed % 4 != 0, is_clipped=is_clipped)
    style = replace(style, is_pass_through=seed % 3 == 0)
    return StyleLayer(_some_layer(picture, seed).id, style, "Style")


def _add(picture: Picture, seed: int) -> Command:
    return Together("Add and unmask", [AddLayer(Layer()), _fill(picture, seed, MASK)])


def _move(picture: Picture, seed: int) -> Command:
    """To some place of some group, or of the ground."""
    groups = ["", *(layer.id for layer in picture.layers if layer.is_group)]
    return MoveLayer(_some_layer(picture, seed).id, seed % 5, groups[seed % len(groups)])


def _group(picture: Picture, seed: int) -> Command:
    chosen = {_some_layer(picture, seed).id, _some_layer(picture, seed // 3).id}
    return GroupLayers(Layer(LayerStyle("Group"), is_group=True), list(chosen))


def _ungroup(picture: Picture, seed: int) -> Command:
    groups = [layer for layer in picture.layers if layer.is_group]
    return Ungroup(groups[seed % len(groups)].id) if groups else _group(picture, seed)


def _mask(picture: Picture, seed: int) -> Command:
    layer = _some_layer(picture, seed)
    if layer.mask is not None and seed % 2:
        off = LayerMask(layer.mask.tiles, not layer.mask.is_enabled)
        return SetLayerMask("Switch mask", layer.id, off if seed % 4 == 1 else None)
    tiles = OpenArea() if seed % 3 else TileMap(TileFormat.COVERAGE)
    return SetLayerMask("Mask", layer.id, LayerMask(tiles), is_active=True)


def _merge(picture: Picture, seed: int) -> Command:
    try:
        merged = merge_down(picture.snapshot(), _some_layer(picture, seed).id)
        return ReplaceLayers(flatten(picture.snapshot()) if seed % 7 == 0 else merged)
    except UsageError:
        return _paint(picture, seed)


def _solo(picture: Picture, seed: int) -> Command:
    wanted = shown_alone(picture, _some_layer(picture, seed).id)
    return set_visibility(picture, wanted, "Solo") or _paint(picture, seed)


def _select(_picture: Picture, seed: int) -> Command:
    area = rectangle_area(Rect(seed % 200 - 60, seed % 90 - 30, seed % 130, seed % 170))
    return SetSelection("Select", area if seed % 5 else None)


_MAKERS: list[Callable[[Picture, int], Command]] = [
    _paint,
    _paint,
    lambda picture, seed: _fill(picture, seed, MASK),
    _add,
    lambda picture, seed: RemoveLayer(_some_layer(picture, seed).id),
    _move,
    _style,
    _style,
    lambda picture, seed: duplicate_layer(picture, _some_layer(picture, seed).id),
    _group,
    _group,
    _ungroup,
    _mask,
    _mask,
    _merge,
    _solo,
    lambda _picture, seed: SetFrame(Rect(seed % 50, 0, 100 + seed % 100, 80)),
    _select,
    lambda picture, seed: KeepArea("Keep", f"n{seed % 3}", picture.selection),
]


def _layer_state(layer: Layer) -> tuple[object, ...]:
    mask = layer.mask
    seen = (mask.is_enabled, mask.tiles.read(_VIEW).tobytes()) if mask is not None else None
    return layer.id, layer.group_id, layer.is_group, layer.style, seen


def _assert_whole(picture: Picture) -> None:
    """A group stands directly above its contents; nothing is in a group that is not there."""
    open_groups: list[str] = []
    for layer in reversed(picture.layers):
        around = [group.id for group in groups_around(picture.layers, layer)]
        while open_groups and open_groups[-1] not in around:
            open_groups.pop()
        assert open_groups == around[::-1]
        if layer.is_group:
            open_groups.append(layer.id)
            assert not len(layer.tiles)
    assert picture.active_layer in picture.layers


def _state(picture: Picture) -> tuple[object, ...]:
    return (
        render(picture, _VIEW).tobytes(),
        picture.mask.read(_VIEW).tobytes(),
        picture.selection.read(_VIEW).tobytes() if picture.selection is not None else None,
        [(name, area.read(_VIEW).tobytes()) for name, area in picture.kept.items()],
        [_layer_state(layer) for layer in picture.layers],
        picture.active_layer_id,
        picture.is_mask_active,
        picture.frame,
    )


_STEPS = st.lists(st.tuples(st.integers(0, len(_MAKERS) + 4), st.integers(0, 10_000)), max_size=40)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_undo_and_redo_restore_every_state_exactly(steps: list[tuple[int, int]]) -> None:
    document = Document(blank_picture(200, 150))
    states = [_state(document.picture)]
    for kind, seed in steps:
        _step(document, kind, seed)
        if kind < len(_MAKERS):
            del states[document.undo_stack.index :]
            states.append(_state(document.picture))
        assert _state(document.picture) == states[document.undo_stack.index]
        _assert_whole(document.picture)
    document.go_to(0)
    assert _state(document.picture) == states[0]
    document.go_to(len(states))
    assert _state(document.picture) == states[-1]


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_every_change_names_all_that_differs(steps: list[tuple[int, int]]) -> None:
    document = Document(blank_picture(200, 150))
    projection = Projection(document.picture)
    document.changed.connect(
        lambda change: projection.invalidate(
            change.dirty, is_restyled=bool(change.parts & Part.LAYERS)
        )
    )
    for kind, seed in steps:
        _step(document, kind, seed)
        shown = render(document.picture, _VIEW)
        for key in keys_over(_VIEW):
            tile = projection.tile(key)
            part = tile_rect(key).intersected(_VIEW)
            want = shown[part.slices(_VIEW)].astype(int)
            got = 0 if tile is None else tile.pixels[part.slices(tile_rect(key))]
            # A cached neighborhood rounds once more.
            assert np.abs(want - got).max() <= 2


def _step(document: Document, kind: int, seed: int) -> None:
    if kind < len(_MAKERS):
        document.do(_MAKERS[kind](document.picture, seed))
        document.undo_stack.close_step()
    elif kind % 2:
        document.undo()
    else:
        document.redo()
