"""Opening whatever the user names: an OpenRaster document or any readable picture."""

from pathlib import Path

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import read_image
from aipaint.pixels.rect import Rect
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
    height, width = decoded.rgba.shape[:2]
    layer = Layer(
        LayerStyle(name=path.stem or "Background"),
        TileMap.from_pixels(premultiplied(decoded.rgba)),
    )
    return Opened(Picture([layer], Rect(0, 0, width, height)), decoded.notes)
