"""W3C "Compositing and Blending" in plain floats: what every blend mode must come near to."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile import TILE_SIZE, Pixels

Floats = NDArray[np.float64]
"""(h, w, 4) BGRA premultiplied, 0..1."""

LEVELS = np.array([0, 1, 2, 64, 127, 128, 200, 254, 255], np.uint8)
ALPHAS = np.array([0, 1, 3, 64, 128, 200, 254, 255], np.uint8)


def grid(seed: int, alphas: NDArray[np.uint8] = ALPHAS) -> Pixels:
    """A tile of colors and alphas in every combination chance finds, with all the extremes."""
    chance = np.random.default_rng(seed)
    rgba = chance.choice(LEVELS, (TILE_SIZE, TILE_SIZE, 4))
    rgba[..., 3] = chance.choice(alphas, (TILE_SIZE, TILE_SIZE))
    return premultiplied(rgba)


def blended(below: Floats, above: Floats, opacity: float, mode: BlendMode) -> Floats:
    """Source-over with the mode's mixing function."""
    source = above * opacity
    back_alpha, front_alpha = below[..., 3:], source[..., 3:]
    if mode is BlendMode.PLUS:
        return np.minimum(below + source, 1.0)
    both = back_alpha * front_alpha
    mixed = _MIXERS[mode](_straight(below), _straight(source))
    color = (1 - back_alpha) * source[..., :3] + (1 - front_alpha) * below[..., :3] + both * mixed
    return np.concatenate([color, back_alpha + front_alpha - both], axis=2)


def _straight(pixels: Floats) -> Floats:
    return pixels[..., :3] / np.maximum(pixels[..., 3:], 1e-12)


def _hard_light(back: Floats, front: Floats) -> Floats:
    screen = back + (2 * front - 1) - back * (2 * front - 1)
    return np.where(front <= 0.5, back * 2 * front, screen)


def _dodge(back: Floats, front: Floats) -> Floats:
    bright = np.minimum(1, back / np.maximum(1 - front, 1e-12))
    return np.where(back <= 0, 0, np.where(front >= 1, 1, bright))


def _burn(back: Floats, front: Floats) -> Floats:
    dark = 1 - np.minimum(1, (1 - back) / np.maximum(front, 1e-12))
    return np.where(back >= 1, 1, np.where(front <= 0, 0, dark))


def _soft_light(back: Floats, front: Floats) -> Floats:
    lifted = np.where(back <= 0.25, ((16 * back - 12) * back + 4) * back, np.sqrt(back))
    darker = back - (1 - 2 * front) * back * (1 - back)
    return np.where(front <= 0.5, darker, back + (2 * front - 1) * (lifted - back))


def _luminosity(color: Floats) -> Floats:
    light: Floats = color @ np.array([[0.11], [0.59], [0.3]])
    return light


def _saturation(color: Floats) -> Floats:
    span: Floats = color.max(axis=2, keepdims=True) - color.min(axis=2, keepdims=True)
    return span


def _set_luminosity(color: Floats, light: Floats) -> Floats:
    shifted = color + (light - _luminosity(color))
    middle = _luminosity(shifted)
    low, high = shifted.min(axis=2, keepdims=True), shifted.max(axis=2, keepdims=True)
    up = middle + (shifted - middle) * middle / np.where(low < 0, middle - low, 1)
    shifted = np.where(low < 0, up, shifted)
    down = middle + (shifted - middle) * (1 - middle) / np.where(high > 1, high - middle, 1)
    return np.where(high > 1, down, shifted)


def _set_saturation(color: Floats, saturation: Floats) -> Floats:
    low = color.min(axis=2, keepdims=True)
    span = _saturation(color)
    return np.where(span > 0, (color - low) * saturation / np.where(span > 0, span, 1), 0)


_MIXERS: dict[BlendMode, Callable[[Floats, Floats], Floats]] = {
    BlendMode.NORMAL: lambda _back, front: front,
    BlendMode.MULTIPLY: lambda back, front: back * front,
    BlendMode.SCREEN: lambda back, front: back + front - back * front,
    BlendMode.OVERLAY: lambda back, front: _hard_light(front, back),
    BlendMode.DARKEN: np.minimum,
    BlendMode.LIGHTEN: np.maximum,
    BlendMode.COLOR_DODGE: _dodge,
    BlendMode.COLOR_BURN: _burn,
    BlendMode.HARD_LIGHT: _hard_light,
    BlendMode.SOFT_LIGHT: _soft_light,
    BlendMode.DIFFERENCE: lambda back, front: np.abs(back - front),
    BlendMode.EXCLUSION: lambda back, front: back + front - 2 * back * front,
    BlendMode.HUE: lambda back, front: _set_luminosity(
        _set_saturation(front, _saturation(back)), _luminosity(back)
    ),
    BlendMode.SATURATION: lambda back, front: _set_luminosity(
        _set_saturation(back, _saturation(front)), _luminosity(back)
    ),
    BlendMode.COLOR: lambda back, front: _set_luminosity(front, _luminosity(back)),
    BlendMode.LUMINOSITY: lambda back, front: _set_luminosity(back, _luminosity(front)),
}
