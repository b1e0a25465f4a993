"""The projection of groups: what is cached around a layer deep inside shows what is there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.picture import Picture
from aipaint.document.projection import Projection
from aipaint.document.render import render
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.easel import Easel
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(0, 0, 256, 256)


def _noise(rect: Rect, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    pixels = chance.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


def _nested(siblings: int) -> tuple[Picture, Layer]:
    """A layer two groups deep, with so many siblings on every level, and the layer."""

    def sheets(group_id: str, seed: int) -> list[Layer]:
        return [
            Layer(
                LayerStyle(str(seed + number), opacity=0.7),
                TileMap.from_pixels(_noise(_VIEW, seed + number)),
                group_id=group_id,
            )
            for number in range(siblings)
        ]

    outer = Layer(LayerStyle("outer", 0.8), is_group=True)
    inner = Layer(LayerStyle("inner", 0.9, BlendMode.MULTIPLY), is_group=True, group_id=outer.id)
    deep = Layer(LayerStyle("deep"), TileMap(TileFormat.COLOR), group_id=inner.id)
    coverage = np.random.default_rng(5).integers(0, 256, (256, 256), np.uint8)
    inner.mask = LayerMask(TileMap.from_pixels(coverage))
    layers = [
        *sheets("", 0),
        *sheets(outer.id, 100),
        *sheets(inner.id, 200), deep, *sheets(inner.id, 300),
        inner,
        *sheets(outer.id, 400),
        outer,
        *sheets("", 500),
    ]  # fmt: skip
    return Picture(layers, _VIEW), deep


def _paint(layer: Layer, rect: Rect, seed: int) -> Rect:
    layer.tiles.swap(layer.tiles.with_pixels(rect, _noise(rect, seed)))
    return rect


_RECTS = st.builds(
    Rect, st.integers(0, 200), st.integers(0, 200), st.integers(1, 50), st.integers(1, 50)
)
_STEPS = st.lists(
    st.tuples(st.sampled_from(["deep"] * 4 + ["other", "style", "hide", "open", "mode"]), _RECTS),
    max_size=10,
)


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_any_sequence_of_changes_shows_what_composing_anew_shows(
    steps: list[tuple[str, Rect]],
) -> None:
    picture, deep = _nested(2)
    projection = Projection(picture)
    projection.tile((0, 0))
    for number, (what, rect) in enumerate(steps):
        layer = deep if what == "deep" else picture.layers[rect.x % len(picture.layers)]
        dirty, is_restyled = _VIEW, True
        if what == "style":
            layer.style = replace(layer.style, opacity=rect.width / 50)
        elif what == "open":
            layer.style = replace(layer.style, is_pass_through=not layer.style.is_pass_through)
        elif what == "mode":
            modes = (BlendMode.NORMAL, BlendMode.SCREEN, BlendMode.DIFFERENCE)
            layer.style = replace(layer.style, blend_mode=modes[rect.y % 3])
        elif what == "hide":
            layer.style = replace(layer.style, is_visible=not layer.style.is_visible)
        elif not layer.is_group:
            dirty, is_restyled = _paint(layer, rect, number), False
        projection.invalidate(dirty, is_restyled=is_restyled)
        tile = projection.tile((0, 0))
        shown = np.zeros((256, 256, 4), np.uint8) if tile is None else tile.pixels
        assert np.abs(shown.astype(int) - render(picture, _VIEW)).max() <= 4


def test_painting_deep_inside_costs_the_same_with_many_siblings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts: list[int] = []
    draw = Easel.draw_tile

    def counted(*args: object) -> None:
        counts[-1] += 1
        draw(*args)  # type: ignore[arg-type]

    for siblings in (2, 12):
        picture, deep = _nested(siblings)
        projection = Projection(picture)
        projection.tile((0, 0))
        for number in range(8):  # each level learns in two of them what changes
            projection.invalidate(_paint(deep, Rect(9, 9, 30, 30), number), is_restyled=False)
            projection.tile((0, 0))
        with monkeypatch.context() as patch:
            patch.setattr(Easel, "draw_tile", counted)
            counts.append(0)
            projection.invalidate(_paint(deep, Rect(9, 9, 30, 30), 9), is_restyled=False)
            projection.tile((0, 0))
    assert counts[0] == counts[1] <= 8


def test_painting_in_a_faint_open_group_shows_what_composing_anew_shows() -> None:
    """It has no look of its own that could be kept apart from what lies below it."""
    picture, deep = _nested(1)
    for layer in picture.layers:
        if layer.is_group:
            layer.style = replace(layer.style, is_pass_through=True, opacity=0.6)
        elif layer is not deep:
            layer.style = replace(layer.style, blend_mode=BlendMode.DIFFERENCE)
    projection = Projection(picture)
    projection.tile((0, 0))
    for number in range(6):
        dirty = _paint(deep, Rect(9 + 7 * number, 9, 60, 90), number)
        projection.invalidate(dirty, is_restyled=False)
        tile = projection.tile((0, 0))
        assert tile is not None
        assert np.abs(tile.pixels.astype(int) - render(picture, _VIEW)).max() <= 4
