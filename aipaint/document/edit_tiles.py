"""`EditTiles`: pixels of a layer, of its mask, or the mask of the picture, before and after."""

from collections.abc import Iterable, Mapping
from functools import reduce

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.document.tile_record import TileRecord
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile, difference_rect
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, tile_rect

MASK = ""
"""The target that means the picture's mask; any other is a layer's id, or its `mask_target`."""

_FEW = 12  # tiles


class EditTiles(Command):
    """Changes tiles of one target; see `TileRecord` for what it keeps of them."""

    def __init__(
        self, label: str, target: str, before: TileEdits, after: Mapping[TileKey, Tile | None]
    ) -> None:
        self.label = label
        self._target = target
        self._record = TileRecord(before, after)
        self._dirty = _dirty_of(before, after)

    @staticmethod
    def replacing(label: str, picture: Picture, target: str, edits: TileEdits) -> "EditTiles":
        """The command that puts `edits` into a layer or the mask of this picture."""
        tiles = target_tiles(picture, target)
        return EditTiles(label, target, {key: tiles.get(key) for key in edits}, edits)

    def apply(self, picture: Picture) -> Change:
        tiles = target_tiles(picture, self._target)
        return self._put(tiles, self._record.after(tiles))

    def revert(self, picture: Picture) -> Change:
        tiles = target_tiles(picture, self._target)
        return self._put(tiles, self._record.before(tiles))

    def _put(self, tiles: TileMap, edits: TileEdits) -> Change:
        tiles.swap(edits)
        return Change(_part_of(self._target), self._dirty)

    def pack(self, file: SpillFile | None) -> None:
        self._record.pack(file)

    def tiles(self) -> list[Tile]:
        return self._record.tiles()

    @property
    def difference_byte_size(self) -> int:
        return self._record.difference_byte_size

    @property
    def byte_size(self) -> int:
        return self._record.byte_size

    @property
    def disk_byte_size(self) -> int:
        return self._record.disk_byte_size


def target_tiles(picture: Picture, target: str) -> TileMap:
    """The tiles that a target names. Raises KeyError for one that is not there."""
    if target == MASK:
        return picture.mask
    layer_id, _, part = target.partition("/")
    layer = picture.layer(layer_id)
    if not part:
        return layer.tiles
    if layer.mask is None:
        raise KeyError(target)
    return layer.mask.tiles


def change_of(target: str, edits: TileEdits) -> Change:
    """What differs when these tiles are swapped."""
    return Change(_part_of(target), _united(tile_rect(key) for key in edits))


def _part_of(target: str) -> Part:
    return Part.MASK if target == MASK else Part.PIXELS


def _dirty_of(before: TileEdits, after: TileEdits) -> Rect:
    """To the pixel for a small edit, which is then painted so much faster; else by whole tiles."""
    if len(after) > _FEW:
        return _united(tile_rect(key) for key in after)
    parts = []
    for key, tile in after.items():
        part = difference_rect(before.get(key), tile)
        parts.append(part.translated(tile_rect(key).x, tile_rect(key).y))
    return _united(part for part in parts if not part.is_empty)


def _united(rects: Iterable[Rect]) -> Rect:
    return reduce(Rect.united, rects, EMPTY_RECT)
