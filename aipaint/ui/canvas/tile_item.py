"""`TileItem`: the one item that draws the picture, tile by tile. Main thread only."""

import time
from collections.abc import Callable, Collection, Sequence, Set

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, keys_touched, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, outer_rect, to_qrectf
from aipaint.ui.canvas.mips import Mips, level_for
from aipaint.ui.canvas.viewport import is_straight, scale_of

_BUDGET_SECONDS = 0.008  # of work: a busy machine must not leave a frame half painted
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
        self._source = source
        self._mips = Mips(source)
        self._ready: set[TileKey] = set()  # tiles the source has composed since they changed
        self._filled_keys = filled_keys
        self._waiting = QRectF()
        self._is_asked_again = False  # until it is painted
        self._later = QTimer()
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)

    @property
    def is_complete(self) -> bool:
        """Nothing that was exposed is still waiting to be made."""
        return self._waiting.isEmpty() and not self._is_asked_again

    def invalidate(self, dirty: Rect) -> None:
        """These pixels differ now."""
        if not dirty.is_empty:
            self._mips.invalidate(dirty)
            self._ready.difference_update(keys_touched(dirty, self._ready))
            self.update(to_qrectf(dirty))

    def reset(self) -> None:
        """Another picture."""
        self._mips.clear()
        self._ready.clear()
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
        self._is_asked_again = False
        transform = painter.deviceTransform()
        zoom = scale_of(transform)
        level = level_for(zoom)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform,
            zoom < _SMOOTH_BELOW and not (zoom == 1 and is_straight(transform)),
        )
        until = time.thread_time() + _BUDGET_SECONDS
        exposed = outer_rect(option.exposedRect)
        if level == 0:
            self._paint_tiles(painter, exposed, until)
        else:
            self._paint_pages(painter, exposed, level, until)

    def _paint_tiles(self, painter: QPainter, exposed: Rect, until: float) -> None:
        late: list[TileKey] = []
        for key in keys_touched(exposed, self._filled_keys()):
            if key in self._ready or time.thread_time() < until:
                tile = self._source(key)
                self._ready.add(key)
                if tile is not None:
                    painter.drawImage(to_qrectf(tile_rect(key)), tile.image)
            else:
                late.append(key)
        self._draw_stand_ins(painter, late, 0)

    def _paint_pages(self, painter: QPainter, exposed: Rect, level: int, until: float) -> None:
        filled = self._filled_keys()
        late: list[TileKey] = []
        for row, column in _pages_over(exposed, level, filled):
            page = self._mips.page((level, row, column), filled)
            stale = keys_touched(exposed, page.stale) if page.stale else []
            for number, key in enumerate(stale):
                if time.thread_time() >= until:
                    late += stale[number:]
                    break
                self._mips.refresh(page, key)
            painter.drawImage(to_qrectf(page.rect), page.image)
        self._draw_stand_ins(painter, late, level)

    def _draw_stand_ins(self, painter: QPainter, late: Sequence[TileKey], level: int) -> None:
        """Whatever there is instead of tiles that were not made in time; they are asked for."""
        if not late:
            return
        rows, columns = [key[0] for key in late], [key[1] for key in late]
        first, last = tile_rect((min(rows), min(columns))), tile_rect((max(rows), max(columns)))
        self._ask_again(to_qrectf(first.united(last)))
        if not self._mips.has_besides(level):
            return
        for key in late:
            other = self._mips.stand_in(key, level)
            if other is not None:
                painter.drawImage(to_qrectf(tile_rect(key)), *other)

    def _ask_again(self, place: QRectF) -> None:
        self._waiting = self._waiting.united(place)
        if not self._later.isActive():
            self._later.start()

    def _on_later(self) -> None:
        waiting, self._waiting = self._waiting, QRectF()
        self._is_asked_again = True
        self.update(waiting)


def _pages_over(exposed: Rect, level: int, filled: Set[TileKey]) -> Collection[TileKey]:
    """Rows and columns of the pages that a rectangle shows something of."""
    side = TILE_SIZE << level
    rows = (exposed.bottom - 1) // side - exposed.y // side + 1
    columns = (exposed.right - 1) // side - exposed.x // side + 1
    if rows * columns <= len(filled):
        return [
            (exposed.y // side + row, exposed.x // side + column)
            for row in range(rows)
            for column in range(columns)
        ]
    return {(row >> level, column >> level) for row, column in keys_touched(exposed, filled)}
