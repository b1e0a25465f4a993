"""`EditTiles`: pixels of a layer, or the mask, before and after."""

from collections.abc import Mapping

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, tile_rect

MASK = ""
"""The target that means the mask; any other target is a layer's id."""


class EditTiles(Command):
    """Holds references to the old and new tiles of what was touched, no copies."""

    def __init__(
        self, label: str, target: str, before: TileEdits, after: Mapping[TileKey, Tile | None]
    ) -> None:
        self.label = label
        self._target = target
        self._before = dict(before)
        self._after = dict(after)

    @staticmethod
    def replacing(label: str, picture: Picture, target: str, edits: TileEdits) -> "EditTiles":
        """The command that puts `edits` into a layer or the mask of this picture."""
        tiles = target_tiles(picture, target)
        return EditTiles(label, target, {key: tiles.get(key) for key in edits}, edits)

    def apply(self, picture: Picture) -> Change:
        return self._put(picture, self._after)

    def revert(self, picture: Picture) -> Change:
        return self._put(picture, self._before)

    def _put(self, picture: Picture, edits: TileEdits) -> Change:
        target_tiles(picture, self._target).swap(edits)
        return change_of(self._target, edits)

    @property
    def byte_size(self) -> int:
        tiles = [*self._before.values(), *self._after.values()]
        return sum(tile.byte_size for tile in tiles if tile is not None)


def target_tiles(picture: Picture, target: str) -> TileMap:
    """The tiles that a target names."""
    return picture.mask if target == MASK else picture.layer(target).tiles


def change_of(target: str, edits: TileEdits) -> Change:
    """What differs when these tiles are swapped."""
    dirty: Rect = EMPTY_RECT
    for key in edits:
        dirty = dirty.united(tile_rect(key))
    return Change(Part.MASK if target == MASK else Part.PIXELS, dirty)
