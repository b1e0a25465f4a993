"""Hue, saturation, color and luminosity: the blend modes that mix channels; QPainter lacks them.

Everything is computed on premultiplied values scaled by both alphas, so nothing is divided by an
alpha: the formulas of W3C's "Compositing and Blending" do not change under scaling.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.blend_mode import BlendMode
from aipaint.pixels.tile import Pixels

_Plane: TypeAlias = NDArray[np.float32]
_Color: TypeAlias = tuple[_Plane, _Plane, _Plane]  # blue, green, red

HSL_MODES = frozenset({BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOR, BlendMode.LUMINOSITY})


def blend_hsl(below: Pixels, above: Pixels, opacity: float, mode: BlendMode) -> None:
    """Blend `above` onto `below` in place; both (h, w, 4) BGRA premultiplied, opacity 0..1."""
    *back, back_alpha = (_plane(below, channel, 1 / 255) for channel in range(4))
    *front, front_alpha = (_plane(above, channel, opacity / 255) for channel in range(4))
    limit = back_alpha * front_alpha
    backdrop = (back[0] * front_alpha, back[1] * front_alpha, back[2] * front_alpha)
    source = (front[0] * back_alpha, front[1] * back_alpha, front[2] * back_alpha)
    mixed = _mixed(backdrop, source, limit, mode)
    for channel in range(3):
        # What only one of both covers shows as it is.
        out = front[channel] - source[channel] + back[channel] - backdrop[channel] + mixed[channel]
        below[..., channel] = _rounded(out)
    below[..., 3] = _rounded(front_alpha + back_alpha - limit)


def _mixed(backdrop: _Color, source: _Color, limit: _Plane, mode: BlendMode) -> _Color:
    if mode is BlendMode.HUE:
        hue = _with_saturation(source, _saturation(backdrop))
        return _with_luminosity(hue, _luminosity(backdrop), limit)
    if mode is BlendMode.SATURATION:
        vivid = _with_saturation(backdrop, _saturation(source))
        return _with_luminosity(vivid, _luminosity(backdrop), limit)
    if mode is BlendMode.COLOR:
        return _with_luminosity(source, _luminosity(backdrop), limit)
    return _with_luminosity(backdrop, _luminosity(source), limit)


def _luminosity(color: _Color) -> _Plane:
    blue, green, red = color
    light: _Plane = np.float32(0.11) * blue + np.float32(0.59) * green + np.float32(0.3) * red
    return light


def _saturation(color: _Color) -> _Plane:
    return _highest(color) - _lowest(color)


def _with_saturation(color: _Color, saturation: _Plane) -> _Color:
    lowest = _lowest(color)
    span = _highest(color) - lowest
    # Gray has no hue to make vivid: its span is 0 and so is every numerator.
    factor = saturation / np.maximum(span, np.float32(1e-9))
    blue, green, red = color
    return (blue - lowest) * factor, (green - lowest) * factor, (red - lowest) * factor


def _with_luminosity(color: _Color, light: _Plane, limit: _Plane) -> _Color:
    """Shifted to that luminosity; pulled towards gray where a channel would leave 0..limit."""
    blue, green, red = color
    shift = _luminosity(color)
    blue, green, red = blue - shift, green - shift, red - shift  # around a luminosity of 0 now
    tiny = np.float32(1e-9)
    shifted = (blue, green, red)
    room_below = light / np.maximum(-_lowest(shifted), tiny)
    room_above = (limit - light) / np.maximum(_highest(shifted), tiny)
    factor = np.minimum(np.minimum(room_below, room_above), np.float32(1))
    return light + blue * factor, light + green * factor, light + red * factor


def _highest(color: _Color) -> _Plane:
    top: _Plane = np.maximum(np.maximum(color[0], color[1]), color[2])
    return top


def _lowest(color: _Color) -> _Plane:
    bottom: _Plane = np.minimum(np.minimum(color[0], color[1]), color[2])
    return bottom


def _plane(pixels: Pixels, channel: int, factor: float) -> _Plane:
    plane: _Plane = pixels[..., channel] * np.float32(factor)
    return plane


def _rounded(plane: _Plane) -> Pixels:
    levels: Pixels = np.clip(plane * np.float32(255) + np.float32(0.5), 0, 255).astype(np.uint8)
    return levels
