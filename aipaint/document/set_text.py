"""`SetText`: a text on a layer; while it is typed, all of it is one step."""

from collections.abc import Mapping
from dataclasses import dataclass

from aipaint.document.change import Change
from aipaint.document.command import Command
from aipaint.document.edit_tiles import change_of, target_tiles
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey


@dataclass(frozen=True, eq=False)
class Lettering:
    """Identity of one text from its first letter until it is left."""

    label: str = "Text"


class SetText(Command):
    """Two of the same lettering are merged: from before the first letter to the last one."""

    def __init__(
        self,
        lettering: Lettering,
        target: str,
        before: Mapping[TileKey, Tile | None],
        after: Mapping[TileKey, Tile | None],
    ) -> None:
        self.label = lettering.label
        self._lettering = lettering
        self._target = target
        self._before = dict(before)
        self._after = dict(after)

    def apply(self, picture: Picture) -> Change:
        return self._put(picture, self._after)

    def revert(self, picture: Picture) -> Change:
        return self._put(picture, self._before)

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, SetText) or previous._lettering is not self._lettering:
            return None
        before = {**self._before, **previous._before}
        return SetText(self._lettering, self._target, before, {**previous._after, **self._after})

    @property
    def byte_size(self) -> int:
        tiles = [*self._before.values(), *self._after.values()]
        return sum(tile.byte_size for tile in tiles if tile is not None)

    def _put(self, picture: Picture, edits: TileEdits) -> Change:
        target_tiles(picture, self._target).swap(edits)
        return change_of(self._target, edits)
