"""Between straight RGBA (files, servers) and premultiplied BGRA (tiles). Opaque is exact."""

import numpy as np

from aipaint.pixels.tile import Pixels


def premultiplied(rgba: Pixels) -> Pixels:
    """(h, w, 4) straight RGBA to premultiplied BGRA, rounded to nearest."""
    bgra = rgba[..., [2, 1, 0, 3]]
    alpha = bgra[..., 3:]
    if (alpha == 255).all():
        return np.ascontiguousarray(bgra)
    color = (bgra[..., :3].astype(np.uint16) * alpha + 127) // 255
    return np.concatenate([color.astype(np.uint8), alpha], axis=2)


def straight(bgra: Pixels) -> Pixels:
    """(h, w, 4) premultiplied BGRA to straight RGBA, rounded to nearest."""
    rgba = bgra[..., [2, 1, 0, 3]]
    alpha = rgba[..., 3:].astype(np.uint16)
    if (alpha == 255).all():
        return np.ascontiguousarray(rgba)
    divisor = np.maximum(alpha, 1)
    color = (rgba[..., :3].astype(np.uint32) * 255 + divisor // 2) // divisor
    return np.concatenate([np.minimum(color, 255).astype(np.uint8), rgba[..., 3:]], axis=2)
