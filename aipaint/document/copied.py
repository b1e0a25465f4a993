"""`Copied`: a piece of the picture for the clipboard. Any thread, on a snapshot."""

from dataclasses import dataclass

import numpy as np

from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.cut import covered
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels


@dataclass(frozen=True, eq=False)
class Copied:
    """`pixels` (h, w, 4) BGRA premultiplied, no larger than what is in it; `place` is where it
    lies on the canvas."""

    pixels: Pixels
    place: Rect


def copied_layer(picture: Picture, layer_id: str) -> Copied | None:
    """The selected pixels of a layer, or all of them, without its mask and opacity. None if there
    are none."""
    tiles = picture.layer(layer_id).tiles
    place = tiles.bounds()
    if picture.selection is not None:
        place = place.intersected(picture.selection.bounds())
    return _trimmed(picture, tiles.read(place), place)


def copied_merged(picture: Picture) -> Copied | None:
    """What the eye sees inside the selection, or inside the frame. None if that is nothing."""
    selection = picture.selection
    place = picture.frame if selection is None else selection.bounds()
    return _trimmed(picture, render(picture, place), place)


def largest_copy(picture: Picture, layer_id: str = "") -> int:
    """At most so many pixels are looked at: quick to tell. "" means all layers merged."""
    if layer_id:
        tiles = picture.layer(layer_id).tiles
        area = tiles.bounds().area if len(tiles) else 0
    else:
        area = picture.frame.area
    if picture.selection is None:
        return area
    selected = picture.selection.bounds().area
    return min(area, selected) if layer_id else selected


def _trimmed(picture: Picture, pixels: Pixels, place: Rect) -> Copied | None:
    if picture.selection is not None and not place.is_empty:
        pixels = covered(pixels, picture.selection.read(place))
    filled = pixels[..., 3] != 0
    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    if not rows.size:
        return None
    inner = Rect.from_edges(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    inner = inner.translated(place.x, place.y)
    return Copied(np.ascontiguousarray(pixels[inner.slices(place)]), inner)
