"""`AntsItem`: the edge of the selection as moving stripes, on light and on dark alike."""

import time

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from aipaint.pixels.edge_path import edge_of_tile, tiles_with_edge
from aipaint.pixels.tile_map import TileKey, TileMap, tile_rect
from aipaint.ui.canvas.canvas_bounds import CANVAS_BOUNDS, to_qrectf
from aipaint.ui.canvas.mips import level_for
from aipaint.ui.canvas.viewport import scale_of

_STEP_MILLISECONDS = 125
_PERIOD = 8
_MANY_TILES = 64
_BUDGET_SECONDS = 0.008


class AntsItem(QGraphicsItem):
    """The edge is drawn once per view; a step of the ants only colors it anew, so that a selection
    of any shape moves at the same cost."""

    def __init__(self, owner: QObject) -> None:
        super().__init__()
        self._area: TileMap | None = None
        self._keys: set[TileKey] = set()
        self._paths: dict[tuple[TileKey, int], QPainterPath] = {}
        self._seen: tuple[QTransform, QSize, float] | None = None
        self._edge = QImage()
        self._pending: list[TileKey] = []
        self._shown = QImage()
        self._shown_phase = -1
        self._phase = 0
        self._stripes = _stripes()
        self._is_moving = True
        # The item itself cannot own it, and it must not tick when the item is gone.
        self._clock = QTimer(owner)
        self._clock.setInterval(_STEP_MILLISECONDS)
        self._clock.timeout.connect(self._on_step)
        self._later = QTimer(owner)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)
        self.setVisible(False)

    @property
    def area(self) -> TileMap | None:
        """What is outlined."""
        return self._area

    @property
    def is_running(self) -> bool:
        """The stripes are moving now."""
        return self._clock.isActive()

    @property
    def is_complete(self) -> bool:
        """All of the edge that is exposed has been drawn."""
        return not self._pending

    def set_area(self, area: TileMap | None) -> None:
        """Outline this area; None for nothing."""
        self._area = area
        self._keys = tiles_with_edge(area) if area is not None else set()
        self._paths.clear()
        self._pending = []
        self._seen = None
        self.setVisible(bool(self._keys))
        self._run_or_rest()
        self.update()

    def set_moving(self, is_moving: bool) -> None:
        """Whether the stripes move at all; standing still they show as well."""
        self._is_moving = is_moving
        self._run_or_rest()

    def boundingRect(self) -> QRectF:
        return CANVAS_BOUNDS

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        del option
        if self._area is None or widget is None:
            return
        seen = (QTransform(painter.worldTransform()), widget.size(), widget.devicePixelRatioF())
        if seen != self._seen:
            self._seen = seen
            self._begin_edge(*seen)
        if self._pending:
            self._draw_more(self._area, seen[0], seen[2])
        if self._shown_phase != self._phase:
            self._color_edge()
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPointF(0, 0), self._shown)
        painter.restore()

    def _begin_edge(self, transform: QTransform, size: QSize, ratio: float) -> None:
        self._edge = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        self._edge.fill(Qt.GlobalColor.transparent)
        shown = QRectF(0, 0, size.width(), size.height())
        self._pending = [
            key for key in self._keys if transform.mapRect(_place(key)).intersects(shown)
        ]

    def _draw_more(self, area: TileMap, transform: QTransform, ratio: float) -> None:
        """As much of the edge as a frame has time for: what the wand took of a photograph may have
        one at every pixel."""
        to_device = transform * QTransform.fromScale(ratio, ratio)
        level = level_for(scale_of(to_device))
        until = time.perf_counter() + _BUDGET_SECONDS
        self._edge.setDevicePixelRatio(1)
        painter = QPainter(self._edge)
        painter.setPen(QPen(Qt.GlobalColor.white, 1))
        while self._pending:
            painter.drawPath(to_device.map(self._path(area, self._pending.pop(), level)))
            if time.perf_counter() > until:
                break
        painter.end()
        self._edge.setDevicePixelRatio(ratio)
        self._shown_phase = -1
        if self._pending:
            self._later.start()

    def _path(self, area: TileMap, key: TileKey, level: int) -> QPainterPath:
        path = self._paths.get((key, level))
        if path is None:
            path = self._paths[key, level] = QPainterPath()
            for x0, y0, x1, y1 in edge_of_tile(area, key, level).tolist():
                path.moveTo(x0, y0)
                path.lineTo(x1, y1)
        return path

    def _color_edge(self) -> None:
        ratio = self._edge.devicePixelRatio()
        self._shown = self._edge.copy()
        self._shown.setDevicePixelRatio(1)
        painter = QPainter(self._shown)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.setBrushOrigin(self._phase, 0)
        painter.fillRect(self._shown.rect(), QBrush(self._stripes))
        painter.end()
        self._shown.setDevicePixelRatio(ratio)
        self._shown_phase = self._phase

    def _on_later(self) -> None:
        self.update()

    def _run_or_rest(self) -> None:
        if self._is_moving and self._keys:
            self._clock.start()
        else:
            self._clock.stop()

    def _on_step(self) -> None:
        views = self.scene().views()
        if not any(view.isVisible() and view.window().isActiveWindow() for view in views):
            return
        self._phase = (self._phase + 1) % _PERIOD
        if len(self._keys) > _MANY_TILES:
            self.update()
            return
        for key in self._keys:
            self.update(_place(key))


def _place(key: TileKey) -> QRectF:
    """A tile and the line around it."""
    return to_qrectf(tile_rect(key)).adjusted(-1, -1, 1, 1)


def _stripes() -> QImage:
    image = QImage(_PERIOD, _PERIOD, QImage.Format.Format_ARGB32_Premultiplied)
    for y in range(_PERIOD):
        for x in range(_PERIOD):
            is_dark = (x + y) % _PERIOD < _PERIOD // 2
            image.setPixelColor(
                x, y, QColor(Qt.GlobalColor.black if is_dark else Qt.GlobalColor.white)
            )
    return image
