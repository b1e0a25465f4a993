"""`LiveStroke`: a stroke that is being painted, shown on its layer or the mask as it grows."""

from aipaint.document.change import Change, Part
from aipaint.document.edit_tiles import MASK, EditTiles, change_of, target_tiles
from aipaint.document.paint_rules import keeps_alpha
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Brush, Sample, StrokeMode
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey

_WHOLE = Rect(0, 0, TILE_SIZE, TILE_SIZE)
_MOSTLY = _WHOLE.area * 4 // 5


class LiveStroke:
    """Keeps the tiles from before; each frame the dirty part of the touched ones is made anew.

    The map always holds finished, immutable tiles, so a snapshot taken in mid-stroke is whole. The
    selection and a locked alpha are honored as the stroke is shown.
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

    def hold(self, dabs: int) -> None:
        """Stamp so many dabs where the stroke stands."""
        self._dirty = self._dirty.united(self._stroke.hold(dabs))

    @property
    def brush(self) -> Brush:
        return self._stroke.brush

    def show(self, picture: Picture) -> Change:
        """Put what has been added since the last call on the picture."""
        dirty, self._dirty = self._dirty, EMPTY_RECT
        tiles = target_tiles(picture, self._target)
        edits: dict[TileKey, Tile | None] = {}
        for key, part in self._stroke.take_dirty().items():
            if key not in self._before:
                self._before[key] = self._after[key] = tiles.get(key)
            edits[key] = self._painted(picture, key, part, tiles.format)
        tiles.swap(edits)
        self._after.update(edits)
        if not edits:
            return Change(Part(0))
        return Change(Part.MASK if self._target == MASK else Part.PIXELS, dirty)

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

    def _painted(
        self, picture: Picture, key: TileKey, part: Rect, format_: TileFormat
    ) -> Tile | None:
        base, shown = self._before[key], self._after[key]
        is_alpha_kept = keeps_alpha(picture, self._target)
        if base is None and (is_alpha_kept or self._stroke.mode is StrokeMode.ERASE):
            return None
        selection = picture.selection
        chosen = selection.get(key) if selection is not None else None
        if selection is not None and chosen is None:
            return shown
        if part.area > _MOSTLY:
            # Nearly all of it is made anew: one copy of what was there costs least.
            part = _WHOLE
            tile = base.copy() if base is not None else Tile.blank(format_)
        else:
            tile = shown.copy() if shown is not None else Tile.blank(format_)
        rows, columns = part.slices(_WHOLE)
        if part is not _WHOLE and shown is not base:
            tile.pixels[rows, columns] = base.pixels[rows, columns] if base is not None else 0
        coverage = chosen.pixels[rows, columns] if chosen is not None else None
        self._stroke.lay(tile, key, part, selection=coverage, keeps_alpha=is_alpha_kept)
        return None if self._stroke.mode is StrokeMode.ERASE and tile.is_blank else tile


def _same(before: Tile | None, after: Tile | None) -> bool:
    if before is None or after is None:
        return before is after
    return before is after or bool((before.pixels == after.pixels).all())
