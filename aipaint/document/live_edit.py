"""`LiveEdit`: tiles that are shown on a layer or the mask before they are recorded."""

from aipaint.document.change import Change, Part
from aipaint.document.edit_tiles import EditTiles, change_of, target_tiles
from aipaint.document.paint_rules import within_rules
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap


class LiveEdit:
    """Keeps the tiles from before. `replace` for what is drawn anew each frame (a shape), `extend`
    for what grows (a stroke). Selection and alpha lock are honored when the tiles are shown.
    """

    def __init__(self, picture: Picture, target: str) -> None:
        self._target = target
        self._base: TileMap = target_tiles(picture, target).copy()
        self._waiting: dict[TileKey, Tile | None] = {}
        self._shown: dict[TileKey, Tile | None] = {}

    @property
    def base(self) -> TileMap:
        """The target as it was when the act began."""
        return self._base

    @property
    def target(self) -> str:
        return self._target

    def replace(self, edits: TileEdits) -> None:
        """Only these tiles differ from before; `show` makes it visible."""
        gone = {key: self._base.get(key) for key in self._shown if key not in edits}
        self._waiting = {**gone, **edits}

    def extend(self, edits: TileEdits) -> None:
        """These tiles differ as well; `show` makes it visible."""
        self._waiting.update(edits)

    def show(self, picture: Picture) -> Change:
        waiting, self._waiting = self._waiting, {}
        allowed = within_rules(picture, self._target, self._base, waiting)
        target_tiles(picture, self._target).swap(allowed)
        self._shown.update(allowed)
        return change_of(self._target, allowed) if allowed else Change(Part(0))

    def hide(self, picture: Picture) -> Change:
        before = {key: self._base.get(key) for key in self._shown}
        self._waiting = {}
        target_tiles(picture, self._target).swap(before)
        return change_of(self._target, before)

    def command(self, label: str) -> EditTiles | None:
        changed = {
            key: tile for key, tile in self._shown.items() if not _same(self._base.get(key), tile)
        }
        if not changed:
            return None
        before = {key: self._base.get(key) for key in changed}
        return EditTiles(label, self._target, before, changed)


def _same(before: Tile | None, after: Tile | None) -> bool:
    if before is None or after is None:
        return before is after
    return before is after or bool((before.pixels == after.pixels).all())
