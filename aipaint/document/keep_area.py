"""`KeepArea`: an area kept by name with the document."""

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileMap


class KeepArea(Command):
    """Keep an area under a name, in place of what has it already; None drops what has it."""

    def __init__(self, label: str, name: str, area: TileMap | None) -> None:
        self.label = label
        self._name = name
        self._after = None if area is None else area.copy()
        self._before: TileMap | None = None

    def apply(self, picture: Picture) -> Change:
        self._before = picture.kept.get(self._name)
        return self._put(picture, self._after)

    def revert(self, picture: Picture) -> Change:
        return self._put(picture, self._before)

    def tiles(self) -> list[Tile]:
        areas = (self._before, self._after)
        return [tile for area in areas if area is not None for tile in area.tiles()]

    def _put(self, picture: Picture, area: TileMap | None) -> Change:
        # A new dictionary: a snapshot may hold the old one.
        kept = {name: old for name, old in picture.kept.items() if name != self._name}
        if area is not None:
            kept[self._name] = area
        picture.kept = dict(sorted(kept.items()))
        return Change(Part.KEPT)
