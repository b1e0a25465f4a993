"""`SetSelection`: what painting is limited to."""

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.area import difference, full_tile
from aipaint.pixels.rect import EMPTY_RECT
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileMap, tile_rect


class SetSelection(Command):
    """Select an area. None selects everything; so does an area that covers nothing, for there
    would be no way to see why painting does nothing."""

    def __init__(self, label: str, selection: TileMap | None) -> None:
        self.label = label
        self._after = selection if selection is not None and len(selection) else None
        self._before: TileMap | None = None

    def apply(self, picture: Picture) -> Change:
        self._before = picture.selection
        return _put(picture, self._after)

    def revert(self, picture: Picture) -> Change:
        return _put(picture, self._before)

    def tiles(self) -> list[Tile]:
        areas = (self._before, self._after)
        # The square that is wholly selected is one for all and there anyway.
        full = full_tile()
        return [
            tile for area in areas if area is not None for tile in area.tiles() if tile is not full
        ]


def _put(picture: Picture, selection: TileMap | None) -> Change:
    empty = TileMap(TileFormat.COVERAGE)
    dirty = EMPTY_RECT
    for key in difference(picture.selection or empty, selection or empty):
        dirty = dirty.united(tile_rect(key))
    picture.selection = selection
    return Change(Part.SELECTION, dirty)
