"""`Projection`: what the eye sees, tile by tile, composed when asked for and kept."""

from aipaint.document.picture import Picture
from aipaint.pixels.compositor import Sheet, compose_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, keys_over


class Projection:
    """A cache of composed tiles of one picture. Main thread only."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._sheets: list[Sheet] = picture.sheets()
        self._tiles: dict[TileKey, Tile | None] = {}

    def tile(self, key: TileKey) -> Tile | None:
        """The composed tile; None where nothing is."""
        if key not in self._tiles:
            self._tiles[key] = compose_tile(self._sheets, key)
        return self._tiles[key]

    def invalidate(self, dirty: Rect) -> None:
        """These pixels differ now, or the layers over them do."""
        self._sheets = self._picture.sheets()
        for key in keys_over(dirty):
            self._tiles.pop(key, None)
