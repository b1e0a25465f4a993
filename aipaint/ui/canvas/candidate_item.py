"""`CandidateItem`: a candidate where it would go, over the picture, until it is decided."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap
from aipaint.ui.canvas.tile_item import TileItem

_FAR = 100_000.0


class CandidateItem(TileItem):
    """Drawn like the picture itself, with mips and budget. Hidden while there is none, and as long
    as the picture before it is wanted."""

    def __init__(self) -> None:
        self._shown = TileMap(TileFormat.COLOR)
        self._split: float | None = None
        self._is_held_back = False
        super().__init__(self._tile_of_candidate, self._keys_of_candidate)
        self.setVisible(False)

    @property
    def is_showing(self) -> bool:
        return bool(len(self._shown))

    def show_tiles(self, tiles: TileMap) -> None:
        """Color tiles with the feathered mask applied already."""
        self._shown = tiles
        self.setVisible(not self._is_held_back)
        self.reset()

    def clear(self) -> None:
        self._shown = TileMap(TileFormat.COLOR)
        self.setVisible(False)
        self.reset()

    def hold_back(self, is_held_back: bool) -> None:
        """Show the picture without it for a moment."""
        self._is_held_back = is_held_back
        self.setVisible(self.is_showing and not is_held_back)

    def split_at(self, x: float | None) -> None:
        """Drawn only at the right of this place on the screen, in pixels of the view; None for
        everywhere."""
        self._split = x
        self.update()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._split is None:
            super().paint(painter, option, widget)
            return
        painter.save()
        transform = painter.worldTransform()
        # The line stands upright on the screen, also over a turned picture.
        painter.setWorldTransform(QTransform())
        right = QRectF(self._split, -_FAR, _FAR, 2 * _FAR)
        painter.setClipRect(right, Qt.ClipOperation.IntersectClip)
        painter.setWorldTransform(transform)
        super().paint(painter, option, widget)
        painter.restore()

    def _tile_of_candidate(self, key: TileKey) -> Tile | None:
        return self._shown.get(key)

    def _keys_of_candidate(self) -> set[TileKey]:
        return set(self._shown)
