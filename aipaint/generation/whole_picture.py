"""A candidate as the whole picture that it makes: what is stored, and what the gallery opens."""

import numpy as np

from aipaint.document.layer import Layer
from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.generation.candidate import Candidate
from aipaint.generation.desk import Desk
from aipaint.pixels.encode import encode_image, thumbnail_jpeg
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap


def whole_picture(picture: Picture, before: Pixels, layer: Layer, tiles: TileMap) -> Pixels:
    """The frame with `layer` on top, (h, w, 4) straight RGBA; `tiles` are the layer as it shows,
    `before` the frame as it was.

    Where nothing shows the picture's own bytes are taken, so that half-transparent pixels, which
    premultiplying rounds, stay as they were.
    """
    after_picture = picture.snapshot()
    after_picture.layers.append(layer)
    after = render_straight(after_picture, picture.frame)
    untouched = tiles.read(picture.frame)[..., 3] == 0
    return np.where(untouched[..., None], before, after)


def keep_shown(candidate: Candidate, desk: Desk) -> None:
    """Its stored composite becomes what it shows now, if it was fitted again since: what is applied
    and what the gallery opens are the same. On a worker. Raises StorageError."""
    if candidate.is_kept or candidate.is_local or not candidate.can_refit:
        return
    picture = candidate.picture
    before = render_straight(picture, picture.frame)
    whole = whole_picture(picture, before, candidate.as_layer(), candidate.tiles)
    desk.history.replace_image(candidate.id, encode_image(whole, ".png"))
    desk.history.store_thumbnail(candidate.id, thumbnail_jpeg(whole))
