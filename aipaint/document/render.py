"""A rectangle of the picture as the eye sees it, in one array."""

import numpy as np

from aipaint.document.compose_once import compose_once
from aipaint.document.picture import Picture
from aipaint.pixels.alpha import straight
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import keys_over, tile_rect


def render(picture: Picture, rect: Rect) -> Pixels:
    """(h, w, 4) uint8 BGRA premultiplied; transparent where nothing is painted. Any thread,
    on a snapshot."""
    out = np.zeros((rect.height, rect.width, 4), np.uint8)
    sheets = picture.sheets()
    for key in keys_over(rect):
        tile = compose_once(sheets, key)
        if tile is not None:
            part = tile_rect(key).intersected(rect)
            out[part.slices(rect)] = tile.peek()[part.slices(tile_rect(key))]
    return out


def render_straight(picture: Picture, rect: Rect) -> Pixels:
    """(h, w, 4) uint8 straight RGBA, as files and servers want it."""
    return straight(render(picture, rect))
