"""`CandidateItem`: a candidate where it would go, over the picture, until it is decided."""

from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap
from aipaint.ui.canvas.tile_item import TileItem


class CandidateItem(TileItem):
    """Drawn like the picture itself, with mips and budget. Hidden while there is none."""

    def __init__(self) -> None:
        self._shown = TileMap(TileFormat.COLOR)
        super().__init__(self._tile_of_candidate, self._keys_of_candidate)
        self.setVisible(False)

    @property
    def is_showing(self) -> bool:
        return bool(len(self._shown))

    def show_tiles(self, tiles: TileMap) -> None:
        """Color tiles with the feathered mask applied already."""
        self._shown = tiles
        self.setVisible(True)
        self.reset()

    def clear(self) -> None:
        self._shown = TileMap(TileFormat.COLOR)
        self.setVisible(False)
        self.reset()

    def _tile_of_candidate(self, key: TileKey) -> Tile | None:
        return self._shown.get(key)

    def _keys_of_candidate(self) -> set[TileKey]:
        return set(self._shown)
