"""Merging keeps what the eye sees, and refuses with a sentence where it cannot."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.copy_layers import duplicate_layer
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.merge import ReplaceLayers, flatten, masked_tiles, merge_down
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.document.solo import set_visibility, shown_alone
from aipaint.errors import UsageError
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(0, 0, 300, 80)
_MODES = st.sampled_from([BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.SCREEN])


def _layer(seed: int, *, is_opaque: bool = False, **style: object) -> Layer:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (60, 280, 4), np.uint8)
    if is_opaque:
        pixels[..., 3] = 255
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    named = LayerStyle(str(seed))
    return Layer(replace(named, **style), TileMap.from_pixels(pixels, seed, 5))  # type: ignore[arg-type]


def _mask(seed: int) -> LayerMask:
    pixels = np.random.default_rng(seed).integers(0, 256, (80, 300), np.uint8)
    return LayerMask(TileMap.from_pixels(pixels))


def _distance(one: np.ndarray, other: np.ndarray) -> int:
    return int(np.abs(one.astype(int) - other).max())


@given(_MODES, st.booleans(), st.booleans(), st.sampled_from([1.0, 0.6]))
@settings(max_examples=30, deadline=None)
def test_merging_down_looks_the_same(
    mode: BlendMode, is_clipped: bool, has_mask: bool, opacity: float
) -> None:
    upper = _layer(3, blend_mode=mode, opacity=opacity, is_clipped=is_clipped)
    lower = _layer(2, is_opaque=mode is not BlendMode.NORMAL, opacity=opacity)
    if not is_clipped and mode is not BlendMode.NORMAL:
        lower.style = replace(lower.style, opacity=1.0)
        upper.tiles = TileMap.from_pixels(lower.tiles.read(lower.tiles.bounds())[::-1], 2, 5)
    if has_mask:
        upper.mask = _mask(1)
    picture = Picture([_layer(1, is_opaque=True), lower, upper, _layer(4, opacity=0.3)], _VIEW)
    before = render(picture, _VIEW)
    merged = merge_down(picture.snapshot(), upper.id)
    ReplaceLayers(merged).apply(picture)
    assert [layer.name for layer in picture.layers] == ["1", "2", "4"]
    assert picture.active_layer is merged.layer
    assert _distance(render(picture, _VIEW), before) <= 2


def test_what_is_clipped_is_merged_along_with_its_base() -> None:
    layers = [_layer(1), _layer(2), _layer(3, is_clipped=True), _layer(4, is_clipped=True)]
    picture = Picture(layers, _VIEW)
    before = render(picture, _VIEW)
    ReplaceLayers(merge_down(picture.snapshot(), layers[1].id)).apply(picture)
    assert len(picture.layers) == 1
    assert _distance(render(picture, _VIEW), before) <= 2


def test_two_clipped_layers_merge_into_a_clipped_one() -> None:
    layers = [_layer(1), _layer(2, is_clipped=True), _layer(3, is_clipped=True)]
    picture = Picture(layers, _VIEW)
    before = render(picture, _VIEW)
    ReplaceLayers(merge_down(picture.snapshot(), layers[2].id)).apply(picture)
    assert [layer.style.is_clipped for layer in picture.layers] == [False, True]
    assert _distance(render(picture, _VIEW), before) <= 2


def _with_group() -> Picture:
    group = Layer(LayerStyle("Group", opacity=0.5), is_group=True, mask=_mask(9))
    inside = [_layer(2), _layer(3, blend_mode=BlendMode.MULTIPLY)]
    for layer in inside:
        layer.group_id = group.id
    return Picture([_layer(1), *inside, group, _layer(4)], _VIEW)


def test_a_group_becomes_a_layer_with_its_mask_and_opacity() -> None:
    picture = _with_group()
    before = render(picture, _VIEW)
    ReplaceLayers(merge_down(picture.snapshot(), picture.layers[3].id)).apply(picture)
    assert [layer.name for layer in picture.layers] == ["1", "Group", "4"]
    assert picture.layers[1].style.opacity == 0.5
    assert picture.layers[1].mask is not None
    assert np.array_equal(render(picture, _VIEW), before)


def test_flattening_keeps_what_shows_and_drops_what_is_hidden() -> None:
    picture = _with_group()
    picture.layers[0].style = replace(picture.layers[0].style, is_visible=False)
    before = render(picture, _VIEW)
    command = ReplaceLayers(flatten(picture.snapshot()))
    command.apply(picture)
    assert [layer.name for layer in picture.layers] == ["Background"]
    assert np.array_equal(render(picture, _VIEW), before)
    command.revert(picture)
    assert len(picture.layers) == 5


def test_an_applied_mask_shows_the_same_pixels() -> None:
    layer = _layer(1)
    layer.mask = _mask(2)
    before = render(Picture([layer], _VIEW), _VIEW)
    plain = Layer(layer.style, masked_tiles(layer))
    assert np.array_equal(render(Picture([plain], _VIEW), _VIEW), before)


@pytest.mark.parametrize(
    ("lower", "upper", "sentence"),
    [
        ({}, {"is_visible": False}, "hidden"),
        ({"is_visible": False}, {}, "hidden"),
        ({"is_locked": True}, {}, "locked"),
        ({}, {"is_locked": True}, "locked"),
    ],
)
def test_what_cannot_be_merged_is_refused(
    lower: dict[str, bool], upper: dict[str, bool], sentence: str
) -> None:
    picture = Picture([_layer(1, **lower), _layer(2, **upper)], _VIEW)
    with pytest.raises(UsageError, match=sentence):
        merge_down(picture, picture.layers[1].id)


def test_nothing_below_and_an_unclipped_layer_on_a_clipped_one_are_refused() -> None:
    picture = Picture([_layer(1), _layer(2, is_clipped=True), _layer(3)], _VIEW)
    with pytest.raises(UsageError, match="nothing below"):
        merge_down(picture, picture.layers[0].id)
    with pytest.raises(UsageError, match="clipped"):
        merge_down(picture, picture.layers[2].id)
    hidden = Picture([_layer(1, is_visible=False)], _VIEW)
    with pytest.raises(UsageError, match="hidden"):
        flatten(hidden)


def test_a_duplicate_of_a_group_holds_copies_of_its_own() -> None:
    picture = _with_group()
    duplicate_layer(picture, picture.layers[3].id).apply(picture)
    assert [layer.name for layer in picture.layers] == [
        "1", "2", "3", "Group", "2", "3", "Group copy", "4",
    ]  # fmt: skip
    assert len({layer.id for layer in picture.layers}) == 8
    assert {layer.group_id for layer in picture.layers[4:6]} == {picture.layers[6].id}
    first, copy = picture.layers[3].mask, picture.layers[6].mask
    assert first is not None
    assert copy is not None
    copy.tiles.swap(copy.tiles.cleared())
    assert len(first.tiles)


def test_a_duplicate_lies_above_what_is_clipped_to_the_layer() -> None:
    picture = Picture([_layer(1), _layer(2, is_clipped=True), _layer(3)], _VIEW)
    duplicate_layer(picture, picture.layers[0].id).apply(picture)
    assert [layer.name for layer in picture.layers] == ["1", "2", "1 copy", "3"]


def test_a_layer_shown_alone_keeps_its_group_and_the_next_click_brings_the_rest_back() -> None:
    picture = _with_group()
    inner = picture.layers[1]
    wanted = shown_alone(picture, inner.id)
    before = {layer.id: layer.style.is_visible for layer in picture.layers}
    command = set_visibility(picture, wanted, "Show alone")
    assert command is not None
    command.apply(picture)
    assert [layer.style.is_visible for layer in picture.layers] == [False, True, False, True, False]
    back = set_visibility(picture, before, "Show all again")
    assert back is not None
    back.apply(picture)
    assert all(layer.style.is_visible for layer in picture.layers)
    assert set_visibility(picture, before, "again") is None
