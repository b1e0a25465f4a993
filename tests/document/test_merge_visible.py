"""Merging what shows keeps what the eye sees and loses nothing that is hidden."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_tree import children
from aipaint.document.merge import ReplaceLayers
from aipaint.document.merge_visible import merge_visible
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.errors import UsageError
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(0, 0, 80, 60)


def _layer(name: str, group: str = "", **style: object) -> Layer:
    chance = np.random.default_rng(sum(map(ord, name)))
    pixels = chance.integers(0, 256, (60, 80, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    layer = Layer(replace(LayerStyle(name), **style), TileMap.from_pixels(pixels))  # type: ignore[arg-type]
    layer.group_id = group
    return layer


def _group(name: str, around: str = "", **style: object) -> Layer:
    group = Layer(replace(LayerStyle(name), **style), is_group=True)  # type: ignore[arg-type]
    group.group_id = around
    return group


def _names(picture: Picture, group_id: str = "") -> list[str]:
    return [layer.name for layer in children(picture.layers, group_id)]


@given(st.lists(st.booleans(), min_size=5, max_size=5))
@settings(max_examples=32, deadline=None)
def test_it_looks_the_same_and_what_is_hidden_stays(shown: list[bool]) -> None:
    group = _group("G")
    layers = [
        _layer("a", is_visible=shown[0]),
        _layer("b", group.id, is_visible=shown[1]),
        _layer("c", group.id, is_visible=shown[2]),
        group,
        _layer("d", is_visible=shown[3], is_clipped=shown[4]),
        _layer("e"),
    ]
    picture = Picture(layers, _VIEW)
    before = render(picture, _VIEW)
    document = Document(picture)
    document.do(ReplaceLayers(merge_visible(picture.snapshot())))
    assert np.abs(render(picture, _VIEW).astype(int) - before).max() <= 2
    hidden = {layer.name for layer in layers if not layer.style.is_visible}
    assert hidden <= set(_names(picture))
    document.undo()
    assert picture.layers == layers
    assert (render(picture, _VIEW) == before).all()


def test_hidden_layers_come_out_of_a_group_that_goes() -> None:
    outer, inner = _group("Outer"), _group("Inner")
    inner.group_id = outer.id
    locked_away = _group("Sketches", outer.id, is_visible=False)
    layers = [
        _layer("ground"),
        _layer("old", inner.id, is_visible=False),
        _layer("new", inner.id),
        inner,
        _layer("s1", locked_away.id),
        locked_away,
        outer,
    ]
    picture = Picture(layers, _VIEW)
    ReplaceLayers(merge_visible(picture.snapshot())).apply(picture)
    assert _names(picture) == ["ground", "old", "Sketches"]
    assert _names(picture, locked_away.id) == ["s1"]
    assert picture.active_layer.name == "ground"


def test_it_lands_where_the_lowest_was() -> None:
    picture = Picture([_layer("a", is_visible=False), _layer("b"), _layer("c")], _VIEW)
    ReplaceLayers(merge_visible(picture.snapshot())).apply(picture)
    assert _names(picture) == ["a", "b"]


def test_a_locked_layer_or_one_alone_is_answered_with_a_sentence() -> None:
    locked = Picture([_layer("a"), _layer("b", is_locked=True)], _VIEW)
    with pytest.raises(UsageError, match="locked"):
        merge_visible(locked)
    alone = Picture([_layer("a"), _layer("b", is_visible=False)], _VIEW)
    with pytest.raises(UsageError, match="two layers"):
        merge_visible(alone)
    hidden_lock = Picture(
        [_layer("a"), _layer("b"), _layer("c", is_visible=False, is_locked=True)], _VIEW
    )
    assert merge_visible(hidden_lock).layer.name == "a"
