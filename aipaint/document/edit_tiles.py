"""`EditTiles`: pixels of a layer, of its mask, or the mask of the picture, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.document.tile_deltas import TileDeltas, raw_byte_size
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, tile_rect

MASK = ""
"""The target that means the picture's mask; any other is a layer's id, or its `mask_target`."""


class EditTiles(Command):
    """Holds references to the old and new tiles of what was touched, no copies; packed, only the
    compressed difference of both."""

    def __init__(
        self, label: str, target: str, before: TileEdits, after: Mapping[TileKey, Tile | None]
    ) -> None:
        self.label = label
        self._target = target
        # One attribute for both forms: the worker that packs replaces it in one step.
        self._record: _Tiles | TileDeltas = _Tiles(dict(before), dict(after))

    @staticmethod
    def replacing(label: str, picture: Picture, target: str, edits: TileEdits) -> "EditTiles":
        """The command that puts `edits` into a layer or the mask of this picture."""
        tiles = target_tiles(picture, target)
        return EditTiles(label, target, {key: tiles.get(key) for key in edits}, edits)

    def apply(self, picture: Picture) -> Change:
        record = self._record
        tiles = target_tiles(picture, self._target)
        return self._put(tiles, record.after if isinstance(record, _Tiles) else record.after(tiles))

    def revert(self, picture: Picture) -> Change:
        record = self._record
        tiles = target_tiles(picture, self._target)
        return self._put(
            tiles, record.before if isinstance(record, _Tiles) else record.before(tiles)
        )

    def _put(self, tiles: TileMap, edits: TileEdits) -> Change:
        tiles.swap(edits)
        return change_of(self._target, edits)

    def pack(self, file: SpillFile | None) -> None:
        record = self._record
        if isinstance(record, _Tiles):
            record = TileDeltas(record.before, record.after)
        if file is not None:
            record.spill(file)
        self._record = record

    def tiles(self) -> list[Tile]:
        record = self._record
        if not isinstance(record, _Tiles):
            return []
        both = (*record.before.values(), *record.after.values())
        return [tile for tile in both if tile is not None]

    @property
    def byte_size(self) -> int:
        record = self._record
        if isinstance(record, _Tiles):
            return raw_byte_size(record.before, record.after)
        return record.byte_size


@dataclass(frozen=True)
class _Tiles:
    before: dict[TileKey, Tile | None]
    after: dict[TileKey, Tile | None]


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
    dirty: Rect = EMPTY_RECT
    for key in edits:
        dirty = dirty.united(tile_rect(key))
    return Change(Part.MASK if target == MASK else Part.PIXELS, dirty)
