"""`MaskItem`: shows where the mask is, by tint and by hatching, so that not color alone tells."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, outer_rect, to_qrectf
from aipaint.ui.canvas.mips import level_for

_TINT = QColor(255, 62, 108, 110)
_STRIPE = QColor(255, 255, 255, 120)
_PERIOD = 16  # divides the side of a tile at every level, so stripes meet across tiles


class MaskItem(QGraphicsItem):
    """Draws the exposed tiles of the mask. Images are kept per tile until it is swapped."""

    def __init__(self, mask: TileMap) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._mask = mask
        self._images: dict[tuple[TileKey, int], tuple[Tile, QImage]] = {}

    def set_mask(self, mask: TileMap) -> None:
        """Another picture's mask."""
        self._mask = mask
        self._images.clear()
        self.update()

    def invalidate(self, dirty: Rect) -> None:
        """The mask differs here now."""
        if not dirty.is_empty:
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
        if not len(self._mask):
            self._images.clear()
            return
        zoom = painter.deviceTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, zoom < 2)
        exposed = outer_rect(option.exposedRect)
        for key in self._mask:
            if not tile_rect(key).intersected(exposed).is_empty:
                painter.drawImage(to_qrectf(tile_rect(key)), self._image(key, level_for(zoom)))

    def _image(self, key: TileKey, level: int) -> QImage:
        tile = self._mask.get(key)
        assert tile is not None  # the key came from the map itself
        kept = self._images.get((key, level))
        if kept is None or kept[0] is not tile:
            kept = self._images[key, level] = (tile, _overlay(tile, level))
        return kept[1]


def _overlay(tile: Tile, level: int) -> QImage:
    side = TILE_SIZE >> level
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(_TINT)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_STRIPE, 1.5))
    for start in range(-side, side, _PERIOD):
        painter.drawLine(start, side, start + side, 0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(QRectF(0, 0, side, side), tile.image)
    painter.end()
    return image
