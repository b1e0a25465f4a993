"""`compose_once`: a tile of a picture for reading once; what is packed stays packed."""

from collections.abc import Iterator, Sequence

from aipaint.pixels.compositor import Sheet, compose_tile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey


def compose_once(sheets: Sequence[Sheet], key: TileKey) -> Tile | None:
    """`compose_tile` for work that walks through a whole picture, which memory need not have room
    for. Any thread, on a snapshot."""
    cold = [(tile, tile.packed) for tile in _tiles_at(sheets, key) if tile.is_packed]
    composed = compose_tile(sheets, key)
    for tile, packed in cold:
        if packed is not None and not tile.is_packed:
            tile.pack(packed)
    return composed


def _tiles_at(sheets: Sequence[Sheet], key: TileKey) -> Iterator[Tile]:
    for sheet in sheets:
        for tiles in (sheet.tiles, sheet.mask):
            tile = tiles.get(key) if tiles is not None else None
            if tile is not None:
                yield tile
        yield from _tiles_at(sheet.children, key)
