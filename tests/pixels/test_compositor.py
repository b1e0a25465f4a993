"""Laws of layering, over every blend mode and a grid of colors and alphas."""

import numpy as np
import pytest

from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.compositor import Sheet, compose_tile
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileMap

_LEVELS = np.array([0, 1, 64, 128, 200, 255], np.uint8)


def _grid(seed: int, alphas: np.ndarray = _LEVELS) -> TileMap:
    chance = np.random.default_rng(seed)
    rgba = chance.choice(_LEVELS, (TILE_SIZE, TILE_SIZE, 4))
    rgba[..., 3] = chance.choice(alphas, (TILE_SIZE, TILE_SIZE))
    return TileMap.from_pixels(premultiplied(rgba))


def _composed(*sheets: Sheet) -> np.ndarray:
    tile = compose_tile(sheets, (0, 0))
    assert tile is not None
    return tile.pixels


@pytest.mark.parametrize("mode", BlendMode)
def test_the_result_is_always_valid_premultiplied_color(mode: BlendMode) -> None:
    out = _composed(Sheet(_grid(1)), Sheet(_grid(2), 0.7, mode)).astype(int)
    assert (out[..., :3] <= out[..., 3:] + 1).all()


@pytest.mark.parametrize("mode", BlendMode)
def test_a_transparent_sheet_changes_nothing(mode: BlendMode) -> None:
    below = _grid(1)
    clear = _grid(2, np.array([0], np.uint8))
    out = _composed(Sheet(below), Sheet(clear, 1.0, mode))
    assert np.abs(out.astype(int) - _composed(Sheet(below))).max() <= 1


@pytest.mark.parametrize("mode", BlendMode)
def test_over_nothing_every_mode_shows_its_source(mode: BlendMode) -> None:
    source = _grid(2)
    assert (_composed(Sheet(source, 1.0, mode)) == _composed(Sheet(source))).all()


@pytest.mark.parametrize(
    ("mode", "formula"),
    [
        (BlendMode.NORMAL, lambda _below, above: above),
        (BlendMode.MULTIPLY, lambda below, above: below * above),
        (BlendMode.SCREEN, lambda below, above: below + above - below * above),
        (BlendMode.DARKEN, np.minimum),
        (BlendMode.LIGHTEN, np.maximum),
        (BlendMode.DIFFERENCE, lambda below, above: abs(below - above)),
        (BlendMode.PLUS, lambda below, above: np.minimum(1, below + above)),
    ],
)
def test_opaque_blending_follows_its_formula(mode: BlendMode, formula: object) -> None:
    opaque = np.array([255], np.uint8)
    below, above = _grid(1, opaque), _grid(2, opaque)
    out = _composed(Sheet(below), Sheet(above, 1.0, mode))[..., :3]
    assert callable(formula)
    expected = 255 * formula(
        _composed(Sheet(below))[..., :3] / 255, _composed(Sheet(above))[..., :3] / 255
    )
    assert np.abs(out - expected).max() <= 1.01


def test_opacity_scales_the_upper_sheet() -> None:
    opaque = np.array([255], np.uint8)
    below, above = _grid(1, opaque), _grid(2, opaque)
    out = _composed(Sheet(below), Sheet(above, 0.25)).astype(float)
    expected = 0.75 * _composed(Sheet(below)) + 0.25 * _composed(Sheet(above)).astype(float)
    assert np.abs(out - expected).max() <= 1.5


def test_where_every_sheet_is_blank_there_is_no_tile() -> None:
    assert compose_tile([Sheet(_grid(1))], (5, 5)) is None
