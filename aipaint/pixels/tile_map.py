"""`TileMap`: pixels without an edge, a sparse dictionary of tiles."""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

import numpy as np

from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat

TileKey: TypeAlias = tuple[int, int]
"""(row, column) of a tile; negative on the far side of the origin."""

TileEdits: TypeAlias = Mapping[TileKey, Tile | None]
"""New tiles by key; None where the tile becomes blank."""


class TileMap:
    """Sparse 256×256 tiles; a missing key is transparent (or uncovered).

    Tiles are shared between maps and with undo records, so `copy` copies a dictionary, not pixels.
    Main thread only, except for copies handed to a worker.
    """

    def __init__(self, format_: TileFormat, tiles: Mapping[TileKey, Tile] | None = None) -> None:
        self.format = format_
        self._tiles: dict[TileKey, Tile] = dict(tiles or {})

    @staticmethod
    def from_pixels(pixels: Pixels, x: int = 0, y: int = 0) -> "TileMap":
        """A map that holds `pixels` with its top left corner at (x, y)."""
        format_ = TileFormat.COLOR if pixels.ndim == 3 else TileFormat.COVERAGE
        tiles = TileMap(format_)
        tiles.swap(tiles.with_pixels(Rect(x, y, pixels.shape[1], pixels.shape[0]), pixels))
        return tiles

    def __len__(self) -> int:
        return len(self._tiles)

    def __iter__(self) -> Iterator[TileKey]:
        return iter(self._tiles)

    def tiles(self) -> list[Tile]:
        """All tiles, in no order: a copy that a worker may walk through while others swap."""
        return list(self._tiles.values())

    def get(self, key: TileKey) -> Tile | None:
        return self._tiles.get(key)

    def copy(self) -> "TileMap":
        """A snapshot: shares every tile, costs one dictionary copy."""
        return TileMap(self.format, self._tiles)

    def swap(self, edits: TileEdits) -> dict[TileKey, Tile | None]:
        """Put new tiles in and return the ones that were there; blank tiles are dropped."""
        before: dict[TileKey, Tile | None] = {}
        for key, tile in edits.items():
            before[key] = self._tiles.get(key)
            if tile is None:
                self._tiles.pop(key, None)
            else:
                self._tiles[key] = tile
        return before

    def read(self, rect: Rect) -> Pixels:
        """A fresh array of the rectangle's pixels: (h, w, 4) BGRA premultiplied or (h, w)."""
        shape = (max(0, rect.height), max(0, rect.width))
        out = np.zeros((*shape, 4) if self.format is TileFormat.COLOR else shape, np.uint8)
        for key in keys_over(rect):
            tile = self._tiles.get(key)
            if tile is not None:
                part = tile_rect(key).intersected(rect)
                out[part.slices(rect)] = tile.peek()[part.slices(tile_rect(key))]
        return out

    def with_pixels(self, rect: Rect, pixels: Pixels) -> dict[TileKey, Tile | None]:
        """The edits that would put `pixels` at `rect`; nothing is changed yet."""
        edits: dict[TileKey, Tile | None] = {}
        for key in keys_over(rect):
            whole = tile_rect(key)
            part = whole.intersected(rect)
            old = self._tiles.get(key)
            tile = old.copy() if old is not None else Tile.blank(self.format)
            tile.pixels[part.slices(whole)] = pixels[part.slices(rect)]
            edits[key] = None if tile.is_blank else tile
        return edits

    def cleared(self) -> dict[TileKey, Tile | None]:
        """The edits that would empty the map."""
        return dict.fromkeys(self._tiles)

    def bounds(self) -> Rect:
        """The smallest rectangle around everything that is not blank, to the pixel."""
        bounds = EMPTY_RECT
        for key, tile in self._tiles.items():
            # A tile inside the box found so far cannot make it larger.
            if not bounds.contains(tile_rect(key)):
                bounds = bounds.united(_content(key, tile))
        return bounds

    @property
    def byte_size(self) -> int:
        return sum(tile.byte_size for tile in self.tiles())


def tile_rect(key: TileKey) -> Rect:
    """Where a tile lies on the canvas."""
    return Rect(key[1] * TILE_SIZE, key[0] * TILE_SIZE, TILE_SIZE, TILE_SIZE)


def keys_over(rect: Rect) -> Iterator[TileKey]:
    """The keys of all tiles that a rectangle touches, row by row."""
    if rect.is_empty:
        return
    for row in range(rect.y // TILE_SIZE, (rect.bottom - 1) // TILE_SIZE + 1):
        for column in range(rect.x // TILE_SIZE, (rect.right - 1) // TILE_SIZE + 1):
            yield row, column


def keys_touched(rect: Rect, keys: Collection[TileKey]) -> list[TileKey]:
    """Those of `keys` that a rectangle touches, found the shorter way: a change of a layer with
    two far-apart tiles has a rectangle of millions."""
    if rect.is_empty:
        return []
    rows = (rect.bottom - 1) // TILE_SIZE - rect.y // TILE_SIZE + 1
    columns = (rect.right - 1) // TILE_SIZE - rect.x // TILE_SIZE + 1
    if rows * columns <= len(keys):
        return [key for key in keys_over(rect) if key in keys]
    top, left = rect.y // TILE_SIZE, rect.x // TILE_SIZE
    return [key for key in keys if 0 <= key[0] - top < rows and 0 <= key[1] - left < columns]


def _content(key: TileKey, tile: Tile) -> Rect:
    pixels = tile.peek()
    filled = pixels if pixels.ndim == 2 else pixels[..., 3]
    rows = np.flatnonzero(filled.any(axis=1))
    if not rows.size:
        return EMPTY_RECT
    columns = np.flatnonzero(filled.any(axis=0))
    inner = Rect.from_edges(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    place = tile_rect(key)
    return inner.translated(place.x, place.y)
