"""`OpenArea`: coverage without an edge that is full wherever nothing else was put."""

from collections.abc import Iterator

from aipaint.pixels.area import compact, full_tile
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, keys_over, tile_rect


class OpenArea(TileMap):
    """For masks that reveal: what is painted later, farther out, shows as well.

    Wherever `get` is asked it answers like a map that holds a full tile there; only the tiles that
    differ are held and listed. A tile that covers nothing is None, as in every map.
    """

    def __init__(self) -> None:
        super().__init__(TileFormat.COVERAGE)
        self._holes = TileMap(TileFormat.COVERAGE)
        self._blank: set[TileKey] = set()

    @staticmethod
    def without(hidden: TileMap) -> "OpenArea":
        """Full but for what `hidden` covers."""
        area = OpenArea()
        area.swap({key: _inverse(hidden.get(key)) for key in hidden})
        return area

    def left_out(self) -> TileMap:
        """What it does not cover, as an area like any other."""
        hidden = TileMap(TileFormat.COVERAGE)
        hidden.swap({key: _inverse(self.get(key)) for key in self})
        return hidden

    def __len__(self) -> int:
        return len(self._holes) + len(self._blank)

    def __iter__(self) -> Iterator[TileKey]:
        yield from self._holes
        yield from self._blank

    def tiles(self) -> list[Tile]:
        return self._holes.tiles()

    def get(self, key: TileKey) -> Tile | None:
        tile = self._holes.get(key)
        return tile if tile is not None or key in self._blank else full_tile()

    def copy(self) -> TileMap:
        copied = OpenArea()
        copied._holes = self._holes.copy()
        copied._blank = set(self._blank)
        return copied

    def swap(self, edits: TileEdits) -> dict[TileKey, Tile | None]:
        before = {key: self.get(key) for key in edits}
        full = full_tile()
        self._holes.swap({key: None if tile is full else tile for key, tile in edits.items()})
        for key, tile in edits.items():
            if tile is None:
                self._blank.add(key)
            else:
                self._blank.discard(key)
        return before

    def read(self, rect: Rect) -> Pixels:
        holes = self._holes.read(rect)
        for key in keys_over(rect):
            if self.get(key) is full_tile():
                part = tile_rect(key).intersected(rect)
                holes[part.slices(rect)] = 255
        return holes

    def with_pixels(self, rect: Rect, pixels: Pixels) -> dict[TileKey, Tile | None]:
        edits: dict[TileKey, Tile | None] = {}
        for key in keys_over(rect):
            whole = tile_rect(key)
            part = whole.intersected(rect)
            old = self.get(key)
            tile = old.copy() if old is not None else Tile.blank(self.format)
            tile.pixels[part.slices(whole)] = pixels[part.slices(rect)]
            edits[key] = None if tile.is_blank else tile
        return edits

    def cleared(self) -> dict[TileKey, Tile | None]:
        """The edits that make it full again: there is no end to what could be emptied."""
        return dict.fromkeys(self, full_tile())

    def bounds(self) -> Rect:
        """Around all tiles that differ from full: there is no end to the rest."""
        around = EMPTY_RECT
        for key in self:
            around = around.united(tile_rect(key))
        return around

    @property
    def byte_size(self) -> int:
        return self._holes.byte_size


def _inverse(tile: Tile | None) -> Tile | None:
    return full_tile() if tile is None else compact(255 - tile.pixels)
