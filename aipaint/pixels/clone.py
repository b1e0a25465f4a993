"""Cloning: pixels from elsewhere laid down through the coverage of a stroke."""

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile, TileFormat


def cloned_tile(base: Tile | None, source: Pixels, coverage: Pixels, place: Rect) -> Tile | None:
    """A new tile: `base` with `source` over it, as far as `coverage` goes.

    `source` (h, w, 4) premultiplied and `coverage` (h, w) cover `place`, counted from the tile's
    corner. None where nothing is left. Imports cv2 when it is called.
    """
    # Imported here: it brings cv2, and tools are loaded before the window shows.
    from aipaint.pixels.multiply import multiplied

    tile = base.copy() if base is not None else Tile.blank(TileFormat.COLOR)
    ink = multiplied(source, coverage)
    window = tile.pixels[place.slices(Rect(0, 0, *tile.pixels.shape[1::-1]))]
    keep = multiplied(window, 255 - ink[..., 3])
    window[...] = keep + ink
    return None if tile.is_blank else tile
