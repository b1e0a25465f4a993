"""`MaskItem`: shows where the mask is, by tint and by hatching, so that not color alone tells."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, outer_rect, to_qrectf
from aipaint.ui.canvas.mips import level_for
from aipaint.ui.canvas.viewport import scale_of
from aipaint.ui.mask_look import Hatching, MaskLook

_STRIPE = QColor(255, 255, 255, 120)
_DARK_STRIPE = QColor(0, 0, 0, 110)
_ALONE = MaskLook("#ffffff", 100, Hatching.NONE)
_PERIOD = 16  # divides the side of a tile at every level, so stripes meet across tiles


class MaskItem(QGraphicsItem):
    """Draws the exposed tiles of the mask. Images are kept per tile until it is swapped."""

    def __init__(self, mask: TileMap, look: MaskLook | None = None) -> None:
        super().__init__()
        self._look = look or MaskLook()
        self._is_alone = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._mask = mask
        self._images: dict[tuple[TileKey, int], tuple[Tile, QImage]] = {}

    def set_mask(self, mask: TileMap) -> None:
        """Another picture's mask."""
        self._mask = mask
        self._images.clear()
        self.update()

    @property
    def mask(self) -> TileMap:
        return self._mask

    @property
    def look(self) -> MaskLook:
        return self._look

    def set_look(self, look: MaskLook) -> None:
        """Another color, opacity or hatching."""
        self._look = look
        self._images.clear()
        self.update()

    @property
    def is_alone(self) -> bool:
        """White on black in place of the picture."""
        return self._is_alone

    def set_alone(self, is_alone: bool) -> None:
        """White on black in place of the picture, or over it again."""
        self._is_alone = is_alone
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
        if self._is_alone:
            painter.fillRect(option.exposedRect, Qt.GlobalColor.black)
        if not len(self._mask):
            self._images.clear()
            return
        zoom = scale_of(painter.deviceTransform())
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
            kept = self._images[key, level] = (tile, self._made(tile, level))
        return kept[1]

    def _made(self, tile: Tile, level: int) -> QImage:
        look = _ALONE if self._is_alone else self._look
        return _overlay(tile, level, look)


def _overlay(tile: Tile, level: int, look: MaskLook) -> QImage:
    side = TILE_SIZE >> level
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tint = QColor(look.color)
    # White stripes would not show on a light tint.
    stripe = _STRIPE if tint.lightness() < 190 else _DARK_STRIPE
    tint.setAlphaF(look.opacity_percent / 100)
    image.fill(tint)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _hatch(painter, side, stripe, look.hatching)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(QRectF(0, 0, side, side), tile.image)
    painter.end()
    return image


def _hatch(painter: QPainter, side: int, color: QColor, hatching: Hatching) -> None:
    painter.setPen(QPen(color, 1.5))
    if hatching in (Hatching.LINES, Hatching.CROSSED):
        for start in range(-side, side, _PERIOD):
            painter.drawLine(start, side, start + side, 0)
    if hatching is Hatching.CROSSED:
        for start in range(-side, side, _PERIOD):
            painter.drawLine(start, 0, start + side, side)
    if hatching is Hatching.DOTS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        half = _PERIOD / 2
        for row in range(side // _PERIOD):
            for column in range(side // _PERIOD):
                middle = QPointF(column * _PERIOD + half, row * _PERIOD + half)
                painter.drawEllipse(middle, 2.5, 2.5)
