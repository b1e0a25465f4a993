"""Every blend mode looks as its reference picture shows.

When a mode is meant to look different: `pytest tests/pixels --update-references`, and look at the
new pictures in tests/references before you keep them.
"""

import numpy as np
import pytest

from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.compositor import Sheet, compose_tile
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileMap
from tests.conftest import Reference

_STEPS = np.linspace(0, 1, TILE_SIZE)
_WIDTH, _HEIGHT = 128, 96


@pytest.mark.parametrize("mode", BlendMode, ids=lambda mode: mode.name.lower())
def test_a_blend_mode_looks_like_its_reference(mode: BlendMode, reference: Reference) -> None:
    reference.compare(_name(mode), _sheet(mode))


def test_no_mode_is_taken_for_another(reference: Reference) -> None:
    """The limit is not so wide that anything passes."""
    for mode in BlendMode:
        shown = _sheet(mode)
        for other in BlendMode:
            if other is not mode:
                assert reference.distance(_name(other), shown) > 2 * reference.limit


def _name(mode: BlendMode) -> str:
    return f"blend-{mode.name.lower().replace('_', '-')}"


def _sheet(mode: BlendMode) -> Pixels:
    """(96, 128, 3) RGB, on white: a rainbow from dark to bright that ends in nothing, and across it
    a second one, fainter to the bottom."""
    below = _rainbow(_STEPS[None, :], _STEPS[:, None], np.clip(3 - 3 * _STEPS[None, :], 0, 1))
    above = _rainbow(_STEPS[:, None] * 2 % 1, _STEPS[::-1][None, :], 1 - 0.8 * _STEPS[:, None])
    sheets = [Sheet(_map(below)), Sheet(_map(above), 0.9, mode)]
    tile = compose_tile(sheets, (0, 0))
    assert tile is not None
    small = tile.pixels[:: TILE_SIZE // _HEIGHT, :: TILE_SIZE // _WIDTH][:_HEIGHT].astype(int)
    on_white = small[..., 2::-1] + 255 - small[..., 3:]
    return np.asarray(np.clip(on_white, 0, 255), np.uint8)


def _rainbow(hue: np.ndarray, light: np.ndarray, alpha: np.ndarray) -> Pixels:
    channels = [0.5 + 0.5 * np.cos(2 * np.pi * (hue - shift)) for shift in (0, 1 / 3, 2 / 3)]
    rgba = np.empty((TILE_SIZE, TILE_SIZE, 4))
    for number, channel in enumerate(channels):
        rgba[..., number] = np.clip(channel * 0.6 + light * 0.8 - 0.2, 0, 1)
    rgba[..., 3] = alpha
    return premultiplied(np.rint(rgba * 255).astype(np.uint8))


def _map(pixels: Pixels) -> TileMap:
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap({(0, 0): Tile(pixels)})
    return tiles
