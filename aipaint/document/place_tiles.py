"""`PlaceTiles`: pixels that moved or changed shape, with the masks and selection that go along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.edit_tiles import change_of, target_tiles
from aipaint.document.picture import Picture
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, tile_rect

_Tiles: TypeAlias = dict[TileKey, Tile | None]


@dataclass(frozen=True, eq=False)
class Placed:
    """Tiles by target, and what is selected with them (None: everything)."""

    edits: Mapping[str, TileEdits] = field(default_factory=dict)
    selection: TileMap | None = None


class PlaceTiles(Command):
    """Goes from one state of some tiles to another.

    `is_nudge`: the next one with the same label and targets becomes one step with it.
    """

    def __init__(
        self, label: str, before: Placed, after: Placed, *, is_nudge: bool = False
    ) -> None:
        self.label = label
        self._before: dict[str, _Tiles] = {key: dict(tiles) for key, tiles in before.edits.items()}
        self._after: dict[str, _Tiles] = {key: dict(tiles) for key, tiles in after.edits.items()}
        self._selection_before = before.selection
        self._selection_after = after.selection
        self._is_nudge = is_nudge

    @staticmethod
    def replacing(
        label: str, picture: Picture, after: Placed, *, is_nudge: bool = False
    ) -> "PlaceTiles":
        """From what is in the picture now."""
        before = {
            target: {key: target_tiles(picture, target).get(key) for key in edits}
            for target, edits in after.edits.items()
        }
        return PlaceTiles(label, Placed(before, picture.selection), after, is_nudge=is_nudge)

    def apply(self, picture: Picture) -> Change:
        change = swap_targets(picture, self._after)
        return change.with_(swap_selection(picture, self._selection_after))

    def revert(self, picture: Picture) -> Change:
        change = swap_targets(picture, self._before)
        return change.with_(swap_selection(picture, self._selection_before))

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, PlaceTiles) or not (self._is_nudge and previous._is_nudge):
            return None
        if previous.label != self.label or set(previous._after) != set(self._after):
            return None
        for target, before in previous._before.items():
            self._before[target] = {**self._before[target], **before}
            self._after[target] = {**previous._after[target], **self._after[target]}
        self._selection_before = previous._selection_before
        return self

    @property
    def byte_size(self) -> int:
        sides = [*self._before.values(), *self._after.values()]
        tiles = {id(tile): tile for side in sides for tile in side.values() if tile is not None}
        return sum(tile.byte_size for tile in tiles.values())


def swap_targets(picture: Picture, by_target: Mapping[str, TileEdits]) -> Change:
    """Put tiles into several targets at once."""
    change = Change(Part(0))
    for target, edits in by_target.items():
        target_tiles(picture, target).swap(edits)
        if edits:
            change = change.with_(change_of(target, edits))
    return change


def swap_selection(picture: Picture, selection: TileMap | None) -> Change:
    """Make another area the selection."""
    if picture.selection is selection:
        return Change(Part(0))
    dirty: Rect = EMPTY_RECT
    for area in (picture.selection, selection):
        for key in area or ():
            dirty = dirty.united(tile_rect(key))
    picture.selection = selection
    return Change(Part.SELECTION, dirty)
