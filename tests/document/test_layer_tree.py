"""Laws of groups, clipping and layer masks: what they must never change, and must."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, MoveLayers, RemoveLayer, StyleLayer
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.document.layer_tree import base_of, groups_around, with_contents
from aipaint.document.merge import composed
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(-20, -20, 330, 310)
_SEEDS = st.integers(0, 10_000)
_MODES = st.sampled_from(BlendMode)
_OPACITIES = st.sampled_from([1.0, 0.5, 0.2])


def _noise(seed: int) -> TileMap:
    chance = np.random.default_rng(seed)
    x, y = (int(value) for value in chance.integers(-20, 200, 2))
    pixels = chance.integers(0, 256, (90, 80, 4), np.uint8)
    pixels[:40, :40, 3] = 255
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return TileMap.from_pixels(pixels, x, y)


def _layer(seed: int, name: str = "", **style: object) -> Layer:
    base = LayerStyle(name or f"Layer {seed}")
    return Layer(replace(base, **style), _noise(seed))  # type: ignore[arg-type]


def _group(*contents: Layer, **style: object) -> list[Layer]:
    """The contents and, above them, their group."""
    group = Layer(replace(LayerStyle("Group"), **style), is_group=True)  # type: ignore[arg-type]
    for layer in contents:
        layer.group_id = layer.group_id or group.id
    return [*contents, group]


def _seen(*layers: Layer) -> np.ndarray:
    return render(Picture(layers, Rect(0, 0, 300, 300)), _VIEW)


def _coverage(seed: int) -> TileMap:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (300, 300), np.uint8)
    pixels[100:200, :] = 0
    return TileMap.from_pixels(pixels, -10, 0)


@given(_SEEDS, _SEEDS, _MODES)
@settings(max_examples=25, deadline=None)
def test_a_group_around_one_layer_looks_like_the_layer(one: int, two: int, mode: BlendMode) -> None:
    """Its mode counts against nothing inside the group, so the group carries it."""
    plain = _seen(_layer(one), _layer(two, blend_mode=mode))
    grouped = _seen(_layer(one), *_group(_layer(two), blend_mode=mode))
    assert np.array_equal(plain, grouped)


@given(_SEEDS, _SEEDS, _SEEDS, _MODES, _OPACITIES)
@settings(max_examples=25, deadline=None)
def test_a_group_is_met_as_one_layer_with_its_opacity(
    one: int, two: int, three: int, mode: BlendMode, opacity: float
) -> None:
    group = _group(_layer(one), _layer(two, blend_mode=mode), opacity=opacity)
    inner = composed(Picture([_layer(one), _layer(two, blend_mode=mode)], _VIEW).sheets())
    flat = Layer(LayerStyle(opacity=opacity), inner)
    assert np.array_equal(_seen(_layer(three), *group), _seen(_layer(three), flat))


def test_a_mode_inside_a_group_does_not_reach_what_lies_below_it() -> None:
    lone = _seen(_layer(1), _layer(1, blend_mode=BlendMode.DIFFERENCE))
    grouped = _seen(_layer(1), *_group(_layer(1, blend_mode=BlendMode.DIFFERENCE)))
    assert not np.array_equal(lone, grouped)
    assert np.array_equal(grouped, _seen(_layer(1), _layer(1)))


@given(_SEEDS, _SEEDS, _MODES, _MODES, _OPACITIES)
@settings(max_examples=40, deadline=None)
def test_clipping_never_paints_outside_the_layer_below(
    base: int, top: int, mode: BlendMode, top_mode: BlendMode, opacity: float
) -> None:
    below = _layer(base, blend_mode=mode, opacity=opacity)
    clipped = _layer(top, blend_mode=top_mode, is_clipped=True)
    alone, both = _seen(below), _seen(below, clipped)
    assert np.array_equal(alone[..., 3], both[..., 3])
    assert np.array_equal(both[alone[..., 3] == 0], alone[alone[..., 3] == 0])


def test_what_is_clipped_goes_with_a_hidden_base_and_stands_alone_without_one() -> None:
    hidden = _layer(1, is_visible=False)
    assert not _seen(hidden, _layer(1, is_clipped=True)).any()
    assert np.array_equal(_seen(_layer(1, is_clipped=True)), _seen(_layer(1)))
    group = _group(_layer(2))
    clipped = _layer(1, is_clipped=True)
    assert np.array_equal(_seen(*group, clipped)[..., 3], _seen(*group)[..., 3])


@given(_SEEDS, _SEEDS, _MODES, _OPACITIES)
@settings(max_examples=25, deadline=None)
def test_a_full_mask_changes_nothing_and_an_empty_one_hides_all(
    one: int, two: int, mode: BlendMode, opacity: float
) -> None:
    def shown(mask: LayerMask | None) -> np.ndarray:
        top = _layer(two, blend_mode=mode, opacity=opacity)
        top.mask = mask
        return _seen(_layer(one), top)

    full = TileMap.from_pixels(np.full((800, 800), 255, np.uint8), -256, -256)
    assert np.array_equal(shown(LayerMask(full)), shown(None))
    assert np.array_equal(shown(LayerMask(OpenArea())), shown(None))
    nothing = TileMap(TileFormat.COVERAGE)
    assert np.array_equal(shown(LayerMask(nothing)), _seen(_layer(one)))
    assert np.array_equal(shown(LayerMask(nothing, is_enabled=False)), shown(None))


@given(_SEEDS, _SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_mask_takes_from_a_group_what_it_takes_from_its_only_layer(one: int, seed: int) -> None:
    layer, group = _layer(one), _group(_layer(one))
    layer.mask = group[-1].mask = LayerMask(_coverage(seed))
    assert np.array_equal(_seen(layer), _seen(*group))
    covered = _coverage(seed).read(_VIEW)
    assert not _seen(layer)[covered == 0].any()
    exact = np.rint(_seen(_layer(one))[..., 3] * (covered / 255.0))
    assert np.array_equal(_seen(layer)[..., 3], exact)


def _picture() -> Picture:
    """Bottom, a group with two layers and a group in it, a clipped layer, top."""
    inner = _group(_layer(1, "deep"))
    group = _group(_layer(2, "low"), *inner, _layer(3, "high"))
    clipped = _layer(4, "clip", is_clipped=True)
    return Picture([_layer(5, "bottom"), *group, clipped, _layer(6, "top")], Rect(0, 0, 300, 300))


def _names(picture: Picture) -> list[str]:
    return [
        "/".join([layer.name, *(group.name for group in groups_around(picture.layers, layer))])
        for layer in picture.layers
    ]


def _id(picture: Picture, name: str) -> str:
    return next(layer.id for layer in picture.layers if layer.name == name)


def test_an_added_empty_layer_changes_nothing_wherever_it_is_added() -> None:
    for index in range(len(_picture().layers)):
        picture = _picture()
        before = render(picture, _VIEW)
        picture.active_layer_id = picture.layers[index].id
        AddLayer(Layer(LayerStyle("new"))).apply(picture)
        assert np.array_equal(render(picture, _VIEW), before)


def test_a_layer_is_added_above_the_active_one_and_into_an_active_group() -> None:
    picture = _picture()
    picture.active_layer_id = _id(picture, "low")
    AddLayer(Layer(LayerStyle("new"))).apply(picture)
    assert _names(picture)[1:3] == ["low/Group", "new/Group"]
    picture = Picture(_group(_layer(1, "a")), _VIEW)
    AddLayer(Layer(LayerStyle("new"))).apply(picture)
    assert _names(picture) == ["a/Group", "new/Group", "Group"]
    AddLayer(Layer(LayerStyle("over")), index=3).apply(picture)
    assert _names(picture)[-1] == "over"


def test_layers_move_into_groups_and_out_with_all_they_hold() -> None:
    picture = _picture()
    outer = picture.layers[5].id
    MoveLayer(_id(picture, "top"), 0, outer).apply(picture)
    assert _names(picture)[1] == "top/Group"
    MoveLayer(outer, 0).apply(picture)
    assert _names(picture) == [
        "top/Group", "low/Group", "deep/Group/Group", "Group/Group", "high/Group", "Group",
        "bottom", "clip",
    ]  # fmt: skip
    MoveLayer(picture.layers[3].id, 9).apply(picture)
    assert _names(picture)[-3:] == ["clip", "deep/Group", "Group"]
    assert picture.layers[-1].group_id == ""
    before = _names(picture)
    MoveLayer(outer, 0, outer).apply(picture)
    assert _names(picture) == before


def test_several_layers_move_together_and_keep_their_order() -> None:
    picture = Picture([_layer(seed, str(seed)) for seed in range(5)], _VIEW)
    ids = [picture.layers[index].id for index in (4, 0, 1)]
    MoveLayers(ids, 1).apply(picture)
    assert _names(picture) == ["2", "0", "1", "4", "3"]


def test_a_group_is_deleted_with_its_contents_and_the_last_entry_stays() -> None:
    picture = _picture()
    RemoveLayer(picture.layers[5].id).apply(picture)
    assert _names(picture) == ["bottom", "clip", "top"]
    only = Picture(_group(_layer(1)), _VIEW)
    RemoveLayer(only.layers[-1].id).apply(only)
    assert len(only.layers) == 2


def test_grouping_and_dissolving_keep_every_pixel() -> None:
    picture = Picture([_layer(seed, str(seed)) for seed in range(4)], _VIEW)
    before = render(picture, _VIEW)
    ids = [picture.layers[index].id for index in (1, 2)]
    GroupLayers(Layer(LayerStyle("Group"), is_group=True), ids).apply(picture)
    assert _names(picture) == ["0", "1/Group", "2/Group", "Group", "3"]
    assert picture.active_layer.name == "Group"
    assert np.array_equal(render(picture, _VIEW), before)
    Ungroup(picture.layers[3].id).apply(picture)
    assert _names(picture) == ["0", "1", "2", "3"]


def test_the_dirty_rectangle_of_a_group_is_that_of_its_contents() -> None:
    picture = _picture()
    group = picture.layers[5]
    style = replace(group.style, opacity=0.5)
    change = StyleLayer(group.id, style, "Opacity").apply(picture)
    for layer in with_contents(picture.layers, group):
        for bounds in (layer.tiles.bounds(),):
            assert bounds.is_empty or change.dirty.contains(bounds)


def test_bases_are_the_nearest_unclipped_layer_of_the_same_group() -> None:
    picture = _picture()
    clip = picture.layer(_id(picture, "clip"))
    assert base_of(picture.layers, clip) is picture.layers[5]
    assert base_of(picture.layers, picture.layers[0]) is None


def test_a_mask_is_painted_on_while_it_is_active() -> None:
    picture = _picture()
    top = picture.active_layer
    assert picture.paint_target == top.id
    command = SetLayerMask("Add", top.id, LayerMask(OpenArea()), is_active=True)
    command.apply(picture)
    assert picture.paint_target == top.mask_target
    command.revert(picture)
    assert picture.paint_target == top.id
    assert top.mask is None
    picture.is_mask_active = True
    assert picture.paint_target == top.id


@pytest.mark.parametrize("name", ["deep", "high"])
def test_snapshots_hold_the_whole_tree(name: str) -> None:
    picture = _picture()
    picture.layer(_id(picture, name)).mask = LayerMask(_coverage(3))
    snapshot = picture.snapshot()
    assert np.array_equal(render(snapshot, _VIEW), render(picture, _VIEW))
    mask = picture.layer(_id(picture, name)).mask
    assert mask is not None
    mask.tiles.swap(mask.tiles.cleared())
    assert not np.array_equal(render(snapshot, _VIEW), render(picture, _VIEW))
