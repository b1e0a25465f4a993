"""A rectangle row of tiles by row of tiles."""

from collections.abc import Iterator

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE


def bands_of(rect: Rect) -> Iterator[Rect]:
    """From the top down; only the first and the last one may be lower than a tile."""
    top = rect.y
    while top < rect.bottom:
        bottom = min(rect.bottom, (top // TILE_SIZE + 1) * TILE_SIZE)
        yield Rect(rect.x, top, rect.width, bottom - top)
        top = bottom
