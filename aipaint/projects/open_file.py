"""Opening whatever the user names: an OpenRaster document or any readable picture."""

from pathlib import Path

from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.picture import Picture
from aipaint.pixels.decode import DecodedBands, read_file
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_shelf import Keep, TileShelf
from aipaint.projects.opened import Opened
from aipaint.projects.ora_read import read_ora
from aipaint.projects.tiles_of_file import tiles_of_file


def open_picture(path: Path, keep: Keep | None = None) -> Picture:
    """`open_file` without its notes."""
    return open_file(path, keep).picture


def open_file(path: Path, keep: Keep | None = None) -> Opened:
    """A document with all its layers, or a picture as one layer named after its file.

    `keep` finds room in memory for the tiles; without it they make do with a few hundred
    megabytes, and with the disk. Any thread. Raises UnreadableFileError, StorageError.
    """
    if path.suffix.lower() == ".ora":
        return read_ora(path, keep)
    bands = DecodedBands(read_file(path), path.name)
    picture = _one_layer(bands, path.stem, keep)
    return Opened(picture, bands.notes)


def open_bytes(data: bytes, name: str, keep: Keep | None = None) -> Picture:
    """A picture that was pasted or dropped, as one layer with that name.

    Any thread. Raises UnreadableFileError, StorageError.
    """
    return _one_layer(DecodedBands(data, name), name, keep)


def _one_layer(bands: DecodedBands, name: str, keep: Keep | None) -> Picture:
    tiles = tiles_of_file(bands, 0, 0, keep or TileShelf().put)
    layer = Layer(LayerStyle(name=name or "Background"), tiles)
    return Picture([layer], Rect(0, 0, bands.width, bands.height))
