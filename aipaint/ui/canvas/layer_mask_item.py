"""`LayerMaskItem`: a layer's mask in place of the picture: white shows, black hides."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileMap, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, outer_rect, to_qrectf
from aipaint.ui.canvas.viewport import scale_of


class LayerMaskItem(QGraphicsItem):
    """Hidden while there is no mask to show."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._mask: TileMap | None = None
        self.setVisible(False)

    def show_mask(self, mask: TileMap | None) -> None:
        """None for the picture again."""
        self._mask = mask
        self.setVisible(mask is not None)
        self.update()

    def invalidate(self, dirty: Rect) -> None:
        """The mask may differ here now."""
        if self._mask is not None and not dirty.is_empty:
            self.update(to_qrectf(dirty))

    def boundingRect(self) -> QRectF:
        return CANVAS_BOUNDS

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del widget
        if self._mask is None:
            return
        # A mask that reveals holds only what it does not show.
        is_open = isinstance(self._mask, OpenArea)
        ground = Qt.GlobalColor.white if is_open else Qt.GlobalColor.black
        painter.fillRect(option.exposedRect, ground)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, scale_of(painter.deviceTransform()) < 2
        )
        exposed = outer_rect(option.exposedRect)
        for key in self._mask:
            if tile_rect(key).intersected(exposed).is_empty:
                continue
            tile, place = self._mask.get(key), to_qrectf(tile_rect(key))
            if tile is None:
                painter.fillRect(place, Qt.GlobalColor.black)
            else:
                painter.drawImage(place, _as_gray(tile))


def _as_gray(tile: Tile) -> QImage:
    """The same memory, read as brightness; the tile outlives the call."""
    return QImage(
        tile.pixels.data, TILE_SIZE, TILE_SIZE, TILE_SIZE, QImage.Format.Format_Grayscale8
    )
