"""`LiveStroke`: a stroke that is being painted, shown on its layer or the mask as it grows."""

from functools import cache

import numpy as np

from aipaint.document.change import Change, Part
from aipaint.document.edit_tiles import MASK, EditTiles, change_of, target_tiles
from aipaint.document.paint_rules import keeps_alpha
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Brush, Sample, StrokeMode
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey

_WHOLE = Rect(0, 0, TILE_SIZE, TILE_SIZE)


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
        rows, columns = part.slices(_WHOLE)
        blank = _blank_pixels(format_)
        before = (base.pixels if base is not None else blank)[rows, columns]
        coverage = chosen.pixels[rows, columns] if chosen is not None else None
        laid = self._stroke.laid(before, key, part, selection=coverage, keeps_alpha=is_alpha_kept)
        if laid is None:
            return shown
        tile = Tile(_replaced(shown.pixels if shown is not None else blank, part, laid))
        return None if self._stroke.mode is StrokeMode.ERASE and tile.is_blank else tile


@cache
def _blank_pixels(format_: TileFormat) -> Pixels:
    pixels = Tile.blank(format_).pixels
    pixels.setflags(write=False)
    return pixels


def _replaced(old: Pixels, part: Rect, new: Pixels) -> Pixels:
    """A fresh array with `new` at `part`. What is there already is copied around it only."""
    fresh = np.empty_like(old)
    rows, columns = part.slices(_WHOLE)
    fresh[: part.y] = old[: part.y]
    fresh[part.bottom :] = old[part.bottom :]
    fresh[rows, : part.x] = old[rows, : part.x]
    fresh[rows, part.right :] = old[rows, part.right :]
    fresh[rows, columns] = new
    return fresh


def _same(before: Tile | None, after: Tile | None) -> bool:
    if before is None or after is None:
        return before is after
    return before is after or bool((before.pixels == after.pixels).all())
