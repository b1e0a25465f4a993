"""`TileItem`: the one item that draws the picture, tile by tile. Main thread only."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, outer_rect, to_qrectf
from aipaint.ui.canvas.mips import Mips, level_for
from aipaint.ui.canvas.viewport import is_straight, scale_of

_BUDGET_SECONDS = 0.008
_SMOOTH_BELOW = 2.0


class TileItem(QGraphicsItem):
    """Draws what is exposed, at the mip level the zoom asks for.

    Making tiles for a view that shows very many of them is spread over frames: what is not ready
    within the budget is drawn from what there is, and asked for again.
    """

    def __init__(
        self,
        source: Callable[[TileKey], Tile | None],
        filled_keys: Callable[[], set[TileKey]],
    ) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._mips = Mips(source)
        self._filled_keys = filled_keys
        self._waiting = QRectF()
        self._later = QTimer()
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)

    @property
    def is_complete(self) -> bool:
        """Nothing that was exposed is still waiting to be made."""
        return self._waiting.isEmpty()

    def invalidate(self, dirty: Rect) -> None:
        """These pixels differ now."""
        if not dirty.is_empty:
            self._mips.invalidate(dirty)
            self.update(to_qrectf(dirty))

    def reset(self) -> None:
        """Another picture."""
        self._mips.clear()
        self.update()

    def boundingRect(self) -> QRectF:
        return CANVAS_BOUNDS

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del widget
        transform = painter.deviceTransform()
        zoom = scale_of(transform)
        level = level_for(zoom)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform,
            zoom < _SMOOTH_BELOW and not (zoom == 1 and is_straight(transform)),
        )
        until = time.perf_counter() + _BUDGET_SECONDS
        for key in self._keys_in(outer_rect(option.exposedRect)):
            place = to_qrectf(tile_rect(key))
            if self._mips.has(key, level) or time.perf_counter() < until:
                image = self._mips.image(key, level)
            else:
                image = self._mips.any_image(key)
                self._ask_again(place)
            if image is not None:
                painter.drawImage(place, image)

    def _keys_in(self, exposed: Rect) -> Iterable[TileKey]:
        """Far zoomed out there are more places than tiles: then only the tiles are looked at."""
        filled = self._filled_keys()
        rows = exposed.height // 256 + 2
        columns = exposed.width // 256 + 2
        if rows * columns <= len(filled):
            return (key for key in keys_over(exposed) if key in filled)
        return sorted(key for key in filled if not _apart(tile_rect(key), exposed))

    def _ask_again(self, place: QRectF) -> None:
        self._waiting = self._waiting.united(place)
        if not self._later.isActive():
            self._later.start()

    def _on_later(self) -> None:
        waiting, self._waiting = self._waiting, QRectF()
        self.update(waiting)


def _apart(one: Rect, other: Rect) -> bool:
    return one.intersected(other).is_empty
