"""`PlaceTiles`: pixels that moved or changed shape, with the masks and selection that go along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.edit_tiles import change_of, target_tiles
from aipaint.document.picture import Picture
from aipaint.document.tile_record import TileRecord
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileMap, tile_rect


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
        self._records = {
            target: TileRecord(tiles, after.edits[target]) for target, tiles in before.edits.items()
        }
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
        edits = {
            target: record.after(target_tiles(picture, target))
            for target, record in self._records.items()
        }
        change = swap_targets(picture, edits)
        return change.with_(swap_selection(picture, self._selection_after))

    def revert(self, picture: Picture) -> Change:
        edits = {
            target: record.before(target_tiles(picture, target))
            for target, record in self._records.items()
        }
        change = swap_targets(picture, edits)
        return change.with_(swap_selection(picture, self._selection_before))

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, PlaceTiles) or not (self._is_nudge and previous._is_nudge):
            return None
        if previous.label != self.label or set(previous._records) != set(self._records):
            return None
        merged: dict[str, TileRecord] = {}
        for target, record in self._records.items():
            earlier, mine = previous._records[target].ends, record.ends
            if earlier is None or mine is None:
                return None
            merged[target] = TileRecord(
                {**mine.before, **earlier.before}, {**earlier.after, **mine.after}
            )
        self._records = merged
        self._selection_before = previous._selection_before
        return self

    def pack(self, file: SpillFile | None) -> None:
        for record in self._records.values():
            record.pack(file)

    def tiles(self) -> list[Tile]:
        return [*_tiles_in(self._records.values()), *self._selected()]

    @property
    def difference_byte_size(self) -> int:
        return sum(record.difference_byte_size for record in self._records.values())

    @property
    def byte_size(self) -> int:
        selected = sum(tile.byte_size for tile in set(self._selected()))
        return selected + sum(record.byte_size for record in self._records.values())

    @property
    def disk_byte_size(self) -> int:
        selected = sum(tile.disk_byte_size for tile in set(self._selected()))
        return selected + sum(record.disk_byte_size for record in self._records.values())

    def _selected(self) -> list[Tile]:
        areas = (self._selection_before, self._selection_after)
        return [tile for area in areas if area is not None for tile in area.tiles()]


def _tiles_in(records: Iterable[TileRecord]) -> list[Tile]:
    return [tile for record in records for tile in record.tiles()]


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
