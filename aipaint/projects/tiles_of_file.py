"""`tiles_of_file`: a decoded picture as tiles, band by band, so that memory has room for it."""

from aipaint.pixels.alpha import premultiplied
from aipaint.pixels.decode import DecodedBands
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import Keep
from aipaint.projects.bands import bands_of


def tiles_of_file(
    decoded: DecodedBands, x: int, y: int, keep: Keep, onto: TileMap | None = None
) -> TileMap:
    """The picture with its corner at (x, y), put over what is in `onto`, which is changed.

    Raises UnreadableFileError, StorageError.
    """
    tiles = TileMap(TileFormat.COLOR) if onto is None else onto
    for band in bands_of(Rect(x, y, decoded.width, decoded.height)):
        pixels = premultiplied(decoded.read(band.y - y, band.bottom - y))
        edits = tiles.with_pixels(band, pixels)
        tiles.swap(edits)
        for tile in edits.values():
            if tile is not None:
                keep(tile)
    return tiles
