"""Laws of groups that are open below: what is in them meets what lies under them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.document.document import Document
from aipaint.document.group_commands import GroupLayers, Ungroup
from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.document.layer_commands import StyleLayer
from aipaint.document.merge import ReplaceLayers, flatten, merge_down
from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.open_file import open_picture
from aipaint.projects.ora_write import save_ora

_VIEW = Rect(-20, -20, 290, 280)
_FRAME = Rect(0, 0, 260, 250)
_SEEDS = st.integers(0, 10_000)
_MODES = st.sampled_from(BlendMode)
_OPACITIES = st.sampled_from([1.0, 0.6, 0.1])


def _layer(seed: int, **style: object) -> Layer:
    chance = np.random.default_rng(seed)
    x, y = (int(value) for value in chance.integers(-20, 200, 2))
    pixels = chance.integers(0, 256, (90, 80, 4), np.uint8)
    pixels[:40, :40, 3] = 255
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    base = LayerStyle(f"Layer {seed}")
    tiles = TileMap.from_pixels(pixels, x, y)
    return Layer(replace(base, **style), tiles)  # type: ignore[arg-type]


def _open(*contents: Layer, **style: object) -> list[Layer]:
    """The contents and, above them, an open group around them."""
    base = LayerStyle("Group", is_pass_through=True)
    group = Layer(replace(base, **style), is_group=True)  # type: ignore[arg-type]
    for layer in contents:
        layer.group_id = layer.group_id or group.id
    return [*contents, group]


def _ground(seed: int) -> Layer:
    """Something everywhere, so that every mode has what it can meet."""
    pixels = np.random.default_rng(seed).integers(0, 256, (280, 290, 4), np.uint8)
    pixels[..., 3] = 255
    return Layer(LayerStyle("Ground"), TileMap.from_pixels(pixels, -20, -20))


def _mask(seed: int) -> LayerMask:
    coverage = np.random.default_rng(seed).integers(0, 256, (280, 290), np.uint8)
    return LayerMask(TileMap.from_pixels(coverage, -20, -20))


def _seen(*layers: Layer) -> np.ndarray:
    return render(Picture(layers, _FRAME), _VIEW)


@given(_SEEDS, _MODES, _MODES, _OPACITIES)
@settings(max_examples=30, deadline=None)
def test_an_open_group_looks_like_its_layers_without_it(
    seed: int, one: BlendMode, two: BlendMode, opacity: float
) -> None:
    def layers() -> tuple[Layer, Layer, Layer]:
        return (
            _layer(seed, blend_mode=one, opacity=opacity),
            _layer(seed + 1, blend_mode=two, is_clipped=seed % 2 == 0),
            _layer(seed + 2, opacity=opacity),
        )

    ground, above = _ground(seed), _layer(seed + 9, blend_mode=two)
    plain = _seen(ground, *layers(), above)
    assert np.array_equal(plain, _seen(ground, *_open(*layers()), above))
    inner = _open(*layers()[:2])
    nested = _open(*inner, layers()[2])
    assert np.array_equal(plain, _seen(ground, *nested, above))


@given(_SEEDS, _MODES, _OPACITIES, st.booleans())
@settings(max_examples=30, deadline=None)
def test_its_opacity_and_mask_mix_what_is_under_it_with_what_it_gives(
    seed: int, mode: BlendMode, opacity: float, has_mask: bool
) -> None:
    contents = [_layer(seed, blend_mode=mode), _layer(seed + 1)]
    ground = _ground(seed)
    before, after = _seen(ground).astype(float), _seen(ground, *contents).astype(float)
    group = _open(*contents, opacity=opacity)
    share = np.full((*before.shape[:2], 1), opacity)
    if has_mask:
        group[-1].mask = _mask(seed)
        share = share * _mask(seed).tiles.read(_VIEW)[..., None] / 255
    seen = _seen(ground, *group)
    assert np.abs(seen - (before + (after - before) * share)).max() <= 2.5


@given(_SEEDS, _OPACITIES)
@settings(max_examples=20, deadline=None)
def test_with_normal_layers_only_open_and_closed_are_the_same(seed: int, opacity: float) -> None:
    contents = [_layer(seed, opacity=0.5), _layer(seed + 1)]
    ground = _ground(seed)
    group = _open(*contents, opacity=opacity)
    as_open = _seen(ground, *group)
    group[-1].style = replace(group[-1].style, is_pass_through=False)
    difference = np.abs(as_open.astype(int) - _seen(ground, *group))
    assert difference.max() <= (2 if opacity == 1 else 0)  # eight bits, rounded in another order


def test_where_something_is_clipped_to_it_it_has_a_shape_of_its_own() -> None:
    ground, contents = _ground(1), [_layer(2, blend_mode=BlendMode.DIFFERENCE)]
    clipped = _layer(3, is_clipped=True)
    group = _open(*contents)
    as_open = _seen(ground, *group, clipped)
    group[-1].style = replace(group[-1].style, is_pass_through=False)
    assert np.array_equal(as_open, _seen(ground, *group, clipped))


@given(_SEEDS, _MODES)
@settings(max_examples=15, deadline=None)
def test_grouping_and_ungrouping_change_nothing_that_is_seen(seed: int, mode: BlendMode) -> None:
    layers = [_ground(seed), _layer(seed, blend_mode=mode), _layer(seed + 1, blend_mode=mode)]
    document = Document(Picture(layers, _FRAME))
    before = render(document.picture, _VIEW)
    group = Layer(LayerStyle("Group", is_pass_through=True), is_group=True)
    document.do(GroupLayers(group, [layer.id for layer in layers[1:]]))
    assert np.array_equal(render(document.picture, _VIEW), before)
    document.do(Ungroup(group.id))
    assert np.array_equal(render(document.picture, _VIEW), before)


def test_closing_a_group_is_seen_and_undone() -> None:
    group = _open(_layer(2, blend_mode=BlendMode.MULTIPLY))
    document = Document(Picture([_ground(1), *group], _FRAME))
    before = render(document.picture, _VIEW)
    closed = replace(group[-1].style, is_pass_through=False)
    document.do(StyleLayer(group[-1].id, closed, "Isolate group"))
    assert not np.array_equal(render(document.picture, _VIEW), before)
    document.undo()
    assert np.array_equal(render(document.picture, _VIEW), before)


def test_merging_leaves_a_layer_that_is_no_open_group() -> None:
    group = _open(_layer(2))
    picture = Picture([_ground(1), *group], _FRAME)
    before = render(picture, _VIEW)
    document = Document(picture)
    document.do(ReplaceLayers(merge_down(picture, group[-1].id)))
    merged = document.picture.active_layer
    assert (merged.is_group, merged.style.is_pass_through) == (False, False)
    assert np.abs(render(document.picture, _VIEW).astype(int) - before).max() <= 1


@given(_SEEDS, _MODES)
@settings(max_examples=10, deadline=None)
def test_flattening_keeps_what_is_seen(seed: int, mode: BlendMode) -> None:
    group = _open(_layer(seed, blend_mode=mode), _layer(seed + 1), opacity=0.6)
    document = Document(Picture([_ground(seed), *group], _FRAME))
    before = render(document.picture, _VIEW)
    document.do(ReplaceLayers(flatten(document.picture)))
    assert np.array_equal(render(document.picture, _VIEW), before)


def test_a_faint_open_group_is_opened_as_it_was_saved(tmp_path: Path) -> None:
    group = _open(_layer(2, blend_mode=BlendMode.DIFFERENCE), opacity=0.4)
    group[-1].mask = _mask(3)
    picture = Picture([_ground(1), *group], _FRAME)
    save_ora(picture, tmp_path / "a.ora")
    opened = open_picture(tmp_path / "a.ora")
    assert [layer.style for layer in opened.layers] == [layer.style for layer in picture.layers]
    assert np.array_equal(render(opened, _FRAME), render(picture, _FRAME))
