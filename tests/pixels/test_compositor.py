"""Laws of layering: every blend mode over a grid of colors and alphas, and how sheets nest."""

import numpy as np
import pytest
from numpy.typing import NDArray

from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.compositor import Sheet, compose_tile
from aipaint.pixels.easel import Easel
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile
from aipaint.pixels.tile_map import TileMap
from tests.pixels.blend_reference import Floats, blended, grid

OPAQUE = np.array([255], np.uint8)


def _map(seed: int, *alphas: NDArray[np.uint8]) -> TileMap:
    return TileMap.from_pixels(grid(seed, *alphas))


def _coverage(seed: int) -> TileMap:
    chance = np.random.default_rng(seed)
    levels = np.array([0, 1, 77, 128, 255], np.uint8)
    return TileMap.from_pixels(chance.choice(levels, (TILE_SIZE, TILE_SIZE)))


def _composed(*sheets: Sheet) -> Pixels:
    tile = compose_tile(sheets, (0, 0))
    assert tile is not None
    return tile.pixels


def _floats(*sheets: Sheet) -> Floats:
    """The sheets in floats, by the rules of the compositor's docstring."""
    out = np.zeros((TILE_SIZE, TILE_SIZE, 4))
    index = 0
    while index < len(sheets):
        base, index = sheets[index], index + 1
        own = _own(base)
        alpha = own[..., 3:].copy()
        clipped = []
        while index < len(sheets) and sheets[index].is_clipped:
            clipped.append(sheets[index])
            index += 1
        if clipped:
            own = np.concatenate([own[..., :3] / np.maximum(alpha, 1e-12), np.ones_like(alpha)], 2)
            for sheet in clipped:
                own = blended(own, _own(sheet), sheet.opacity, sheet.blend_mode)
            own = own * alpha
        out = blended(out, own, base.opacity, base.blend_mode)
    return out


def _own(sheet: Sheet) -> Floats:
    if sheet.children:
        own = _floats(*sheet.children)
    else:
        assert sheet.tiles is not None
        tile = sheet.tiles.get((0, 0))
        own = np.zeros((TILE_SIZE, TILE_SIZE, 4)) if tile is None else tile.pixels / 255
    if sheet.mask is not None:
        tile = sheet.mask.get((0, 0))
        own = own * (tile.pixels[..., None] / 255 if tile is not None else 0)
    return own


def _distance(*sheets: Sheet) -> Floats:
    """How far the tile is from the floats, per pixel, in levels."""
    levels: Floats = np.abs(_composed(*sheets) - _floats(*sheets) * 255).max(axis=2)
    return levels


def _is_steep(below: Pixels, above: Pixels, mode: BlendMode) -> NDArray[np.bool_]:
    """Where Color Dodge turns from dark to white within one level: no rounding can be judged."""
    if mode is not BlendMode.COLOR_DODGE:
        return np.zeros(below.shape[:2], np.bool_)
    color, alpha = above[..., :3].astype(int), above[..., 3:].astype(int)
    steep = (color != alpha) & (color >= alpha - 3) & (below[..., :3] > 0)
    return np.asarray(steep.any(axis=2))


@pytest.mark.parametrize("opacity", [1.0, 0.7, 0.02])
@pytest.mark.parametrize("mode", BlendMode)
def test_every_mode_is_near_the_float_reference(mode: BlendMode, opacity: float) -> None:
    below, above = grid(1), grid(2)
    sheets = (
        Sheet(TileMap.from_pixels(below)),
        Sheet(TileMap.from_pixels(above), opacity, mode),
    )
    off = _distance(*sheets)[~_is_steep(below, above, mode)]
    # Two 8-bit roundings, and the mode's own; Soft Light has a root.
    assert off.max() <= 3.0
    assert off.mean() <= 1.0


@pytest.mark.parametrize("mode", BlendMode)
def test_the_result_is_always_valid_premultiplied_color(mode: BlendMode) -> None:
    out = _composed(Sheet(_map(1)), Sheet(_map(2), 0.7, mode)).astype(int)
    assert (out[..., :3] <= out[..., 3:] + 1).all()


@pytest.mark.parametrize("mode", BlendMode)
def test_a_transparent_sheet_changes_nothing(mode: BlendMode) -> None:
    below = _map(1)
    clear = _map(2, np.array([0], np.uint8))
    out = _composed(Sheet(below), Sheet(clear, 1.0, mode))
    assert np.abs(out.astype(int) - _composed(Sheet(below))).max() <= 1


@pytest.mark.parametrize("mode", BlendMode)
def test_over_nothing_every_mode_shows_its_source(mode: BlendMode) -> None:
    source = _map(2)
    assert (_composed(Sheet(source, 1.0, mode)) == _composed(Sheet(source))).all()


@pytest.mark.parametrize("mode", [BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOR])
def test_color_modes_keep_the_light_of_what_is_below(mode: BlendMode) -> None:
    weights = np.array([0.11, 0.59, 0.3])
    below = grid(1, OPAQUE)
    out = _composed(Sheet(TileMap.from_pixels(below)), Sheet(_map(2, OPAQUE), 1.0, mode))
    assert np.abs(out[..., :3] @ weights - below[..., :3] @ weights).max() <= 1.01


def test_opposite_modes_are_each_other_with_the_sheets_exchanged() -> None:
    one, other = _map(1, OPAQUE), _map(2, OPAQUE)
    for mode, opposite in (
        (BlendMode.OVERLAY, BlendMode.HARD_LIGHT),
        (BlendMode.COLOR, BlendMode.LUMINOSITY),
    ):
        there = _composed(Sheet(one), Sheet(other, 1.0, mode)).astype(int)
        back = _composed(Sheet(other), Sheet(one, 1.0, opposite))
        assert np.abs(there - back).max() <= 1


def test_a_mask_takes_away_before_opacity_and_mode_count() -> None:
    masked = Sheet(_map(2), 0.6, BlendMode.MULTIPLY, mask=_coverage(3))
    assert _distance(Sheet(_map(1)), masked).max() <= 2.5


def test_a_missing_mask_tile_hides_everything() -> None:
    empty = TileMap(_coverage(1).format)
    assert compose_tile([Sheet(_map(1), mask=empty)], (0, 0)) is None


def test_a_group_is_composed_apart_and_met_like_a_layer() -> None:
    children = (Sheet(_map(2)), Sheet(_map(3), 0.8, BlendMode.SCREEN))
    group = Sheet(None, 0.5, BlendMode.MULTIPLY, mask=_coverage(4), children=children)
    assert _distance(Sheet(_map(1)), group).max() <= 3.0
    inner = Sheet(None, children=(Sheet(_map(5)), group))
    nested = Sheet(None, 0.9, children=(Sheet(_map(6), mask=_coverage(7)), inner))
    assert _distance(Sheet(_map(1)), nested).max() <= 3.0


def test_a_group_with_nothing_in_it_is_not_there() -> None:
    blank = TileMap(_map(1).format)
    assert compose_tile([Sheet(None, children=(Sheet(blank),))], (0, 0)) is None


@pytest.mark.parametrize("mode", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.LUMINOSITY])
def test_a_clipped_sheet_shows_only_on_its_base(mode: BlendMode) -> None:
    base = Sheet(_map(2), 0.7, BlendMode.SCREEN)
    clipped = Sheet(_map(3), 0.8, mode, is_clipped=True)
    more = Sheet(_map(4), 0.5, mask=_coverage(5), is_clipped=True)
    assert _distance(Sheet(_map(1)), base, clipped, more, Sheet(_map(6), 0.3)).max() <= 4.0
    alone = _composed(Sheet(_map(2)), clipped)
    assert (alone[..., 3] == _composed(Sheet(_map(2)))[..., 3]).all()


def test_a_clipped_sheet_without_a_base_is_shown_as_it_is() -> None:
    clipped = Sheet(_map(1), is_clipped=True)
    assert (_composed(clipped) == _composed(Sheet(_map(1)))).all()


def test_where_the_base_is_blank_what_is_clipped_to_it_is_gone() -> None:
    blank = TileMap(_map(1).format)
    assert compose_tile([Sheet(blank), Sheet(_map(1), is_clipped=True)], (0, 0)) is None


def test_where_every_sheet_is_blank_there_is_no_tile() -> None:
    assert compose_tile([Sheet(_map(1))], (5, 5)) is None


def test_the_only_layer_is_not_copied() -> None:
    tiles = _map(1)
    assert compose_tile([Sheet(tiles)], (0, 0)) is tiles.get((0, 0))


def test_what_an_easel_held_before_never_shows() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (TILE_SIZE, TILE_SIZE, 4), np.uint8)
    pixels[..., 3] = 255
    tile = Tile(pixels)
    whole = Rect(0, 0, TILE_SIZE, TILE_SIZE)
    for opacity in (None, 0.5, 1.0):
        canvas = np.full((TILE_SIZE, TILE_SIZE, 4), 77, np.uint8)
        with Easel(canvas, is_stale=True) as easel:
            if opacity is not None:
                easel.draw_tile(tile, whole, opacity, BlendMode.NORMAL)
        expected = 0.0 if opacity is None else tile.pixels * opacity
        assert np.abs(canvas - expected).max() <= 1
