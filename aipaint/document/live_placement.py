"""`LivePlacement`: pixels on their way, shown where they would be before it is a step."""

from aipaint.document.change import Change, Part
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.picture import Picture
from aipaint.document.place_tiles import Placed, PlaceTiles, swap_selection, swap_targets
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap

_MANY_TILES = 64
"""More would take too long to compare byte by byte; then every new tile counts as another one."""


class LivePlacement:
    """A `LiveAct` on several targets that no selection limits: what moves may leave it."""

    def __init__(self, picture: Picture, targets: tuple[str, ...]) -> None:
        self._base = {target: target_tiles(picture, target).copy() for target in targets}
        self._selection_before = picture.selection
        self._shown: dict[str, set[TileKey]] = {target: set() for target in targets}
        self._waiting: Placed | None = None
        self._last = Placed(selection=picture.selection)

    def base(self, target: str) -> TileMap:
        """A target as it was when the act began."""
        return self._base[target]

    def replace(self, placed: Placed) -> None:
        """Only these tiles differ from before; `show` makes it visible."""
        self._waiting = placed

    def show(self, picture: Picture) -> Change:
        placed, self._waiting = self._waiting, None
        if placed is None:
            return Change(Part(0))
        self._last = placed
        edits: dict[str, dict[TileKey, Tile | None]] = {}
        for target, base in self._base.items():
            new = placed.edits.get(target, {})
            gone = {key: base.get(key) for key in self._shown[target] - set(new)}
            edits[target] = {**gone, **new}
            self._shown[target] = set(new)
        change = swap_targets(picture, edits)
        return change.with_(swap_selection(picture, placed.selection))

    def hide(self, picture: Picture) -> Change:
        self._waiting = None
        before = {
            target: {key: self._base[target].get(key) for key in keys}
            for target, keys in self._shown.items()
        }
        self._shown = {target: set() for target in self._shown}
        change = swap_targets(picture, before)
        return change.with_(swap_selection(picture, self._selection_before))

    def command(self, label: str) -> PlaceTiles | None:
        before: dict[str, TileEdits] = {}
        after: dict[str, TileEdits] = {}
        for target, tiles in self._last.edits.items():
            base = self._base[target]
            looks = len(tiles) <= _MANY_TILES
            changed = [key for key in tiles if _differs(base.get(key), tiles[key], looks=looks)]
            before[target] = {key: base.get(key) for key in changed}
            after[target] = {key: tiles[key] for key in changed}
        is_selected_elsewhere = self._last.selection is not self._selection_before
        if not any(after.values()) and not is_selected_elsewhere:
            return None
        return PlaceTiles(
            label,
            Placed(before, self._selection_before),
            Placed(after, self._last.selection),
        )


def _differs(before: Tile | None, after: Tile | None, *, looks: bool) -> bool:
    if before is None or after is None or not looks:
        return before is not after
    return before is not after and bool((before.pixels != after.pixels).any())
