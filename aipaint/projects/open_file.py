"""Opening whatever the user names: an OpenRaster document or any readable picture."""

from pathlib import Path

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import decode_image, read_image
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap
from aipaint.projects.opened import Opened
from aipaint.projects.ora_read import read_ora


def open_picture(path: Path) -> Picture:
    """`open_file` without its notes."""
    return open_file(path).picture


def open_file(path: Path) -> Opened:
    """A document with all its layers, or a picture as one layer named after its file.

    Any thread. Raises UnreadableFileError.
    """
    if path.suffix.lower() == ".ora":
        return read_ora(path)
    decoded = read_image(path)
    return Opened(_one_layer(decoded.rgba, path.stem), decoded.notes)


def open_bytes(data: bytes, name: str) -> Picture:
    """A picture that was pasted or dropped, as one layer with that name.

    Any thread. Raises UnreadableFileError.
    """
    return _one_layer(decode_image(data, name).rgba, name)


def _one_layer(rgba: Pixels, name: str) -> Picture:
    height, width = rgba.shape[:2]
    layer = Layer(LayerStyle(name=name or "Background"), TileMap.from_pixels(premultiplied(rgba)))
    return Picture([layer], Rect(0, 0, width, height))
