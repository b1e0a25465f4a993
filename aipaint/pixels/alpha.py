"""Between straight RGBA (files, servers) and premultiplied BGRA (tiles). Opaque is exact."""

import numpy as np

from aipaint.pixels.tile import Pixels

_ROWS = 64  # what is in between takes several times the memory of the picture itself


def premultiplied(rgba: Pixels) -> Pixels:
    """(h, w, 4) straight RGBA to premultiplied BGRA, rounded to nearest."""
    out = np.empty_like(rgba, order="C")
    for top in range(0, rgba.shape[0], _ROWS):
        out[top : top + _ROWS] = _premultiplied(rgba[top : top + _ROWS])
    return out


def straight(bgra: Pixels) -> Pixels:
    """(h, w, 4) premultiplied BGRA to straight RGBA, rounded to nearest."""
    out = np.empty_like(bgra, order="C")
    for top in range(0, bgra.shape[0], _ROWS):
        out[top : top + _ROWS] = _straight(bgra[top : top + _ROWS])
    return out


def _premultiplied(rgba: Pixels) -> Pixels:
    bgra = rgba[..., [2, 1, 0, 3]]
    alpha = bgra[..., 3:]
    if not (alpha == 255).all():
        bgra[..., :3] = (bgra[..., :3].astype(np.uint16) * alpha + 127) // 255
    return bgra


def _straight(bgra: Pixels) -> Pixels:
    rgba = bgra[..., [2, 1, 0, 3]]
    alpha = rgba[..., 3:].astype(np.uint16)
    if not (alpha == 255).all():
        divisor = np.maximum(alpha, 1)
        color = (rgba[..., :3].astype(np.uint32) * 255 + divisor // 2) // divisor
        rgba[..., :3] = np.minimum(color, 255)
    return rgba
