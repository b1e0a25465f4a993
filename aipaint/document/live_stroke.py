"""`LiveStroke`: a stroke that is being painted, shown on its layer or the mask as it grows."""

from aipaint.document.change import Change, Part
from aipaint.document.edit_tiles import EditTiles, change_of, target_tiles
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Sample
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, keys_over


class LiveStroke:
    """Keeps the tiles from before; each frame the touched ones are made anew from them.

    The map always holds finished, immutable tiles, so a snapshot taken in mid-stroke is whole.
    """

    def __init__(self, target: str, stroke: Stroke) -> None:
        self._target = target
        self._stroke = stroke
        self._before: dict[TileKey, Tile | None] = {}
        self._after: dict[TileKey, Tile | None] = {}
        self._dirty: Rect = EMPTY_RECT

    def add(self, samples: list[Sample]) -> None:
        """Stamp more of the stroke; `show` makes it visible."""
        self._dirty = self._dirty.united(self._stroke.add(samples))

    def show(self, picture: Picture) -> Change:
        """Put what has been added since the last call on the picture."""
        dirty, self._dirty = self._dirty, EMPTY_RECT
        tiles = target_tiles(picture, self._target)
        edits: dict[TileKey, Tile | None] = {}
        for key in keys_over(dirty):
            base = self._before.setdefault(key, tiles.get(key))
            edits[key] = self._stroke.over(base, key, tiles.format)
        tiles.swap(edits)
        self._after.update(edits)
        if not edits:
            return Change(Part(0))
        return Change(change_of(self._target, edits).parts, dirty)

    def hide(self, picture: Picture) -> Change:
        """Put everything back as it was."""
        target_tiles(picture, self._target).swap(self._before)
        return change_of(self._target, self._before)

    def command(self, label: str) -> EditTiles | None:
        """What has been shown, as a command; None if nothing differs."""
        changed = [key for key, tile in self._after.items() if not _same(self._before[key], tile)]
        if not changed:
            return None
        before = {key: self._before[key] for key in changed}
        return EditTiles(label, self._target, before, {key: self._after[key] for key in changed})


def _same(before: Tile | None, after: Tile | None) -> bool:
    if before is None or after is None:
        return before is after
    return bool((before.pixels == after.pixels).all())
