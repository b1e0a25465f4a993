"""`ToneCurve`: a curve that is bent by dragging its points."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtGui import QPolygonF as Polygon
from PySide6.QtWidgets import QSizePolicy, QWidget

from aipaint.pixels.spline import Knots, spline_table
from aipaint.ui.widgets.histogram_view import CHANNEL_COLORS, draw_histogram

_SIDE = 264
_MARGIN = 8
_GRAB = 12.0
_NEAREST = 1 / 255
_STRAIGHT: Knots = ((0.0, 0.0), (1.0, 1.0))


class ToneCurve(QWidget):
    """Click to add a point, drag to move it, drag it out or press Delete to remove it. Arrow keys
    move the chosen point, Tab-like with Page Up and Page Down between points."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("toneCurve")
        self.setAccessibleName("Curve")
        self.setAccessibleDescription(
            "Page Up and Page Down choose a point, arrow keys move it, Delete removes it."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(_SIDE // 2, _SIDE // 2)
        self._knots = list(_STRAIGHT)
        self._chosen: int | None = None
        self._is_dragging = False
        self._counts: NDArray[np.float64] | None = None
        self._channel = 0

    @property
    def knots(self) -> Knots:
        return tuple(self._knots)

    def set_knots(self, knots: Knots, channel: int) -> None:
        """Show a curve without telling anybody."""
        self._knots, self._channel = list(knots), channel
        self._chosen, self._is_dragging = None, False
        self.update()

    def set_counts(self, counts: NDArray[np.float64]) -> None:
        """What lies behind the curve: (4, 256)."""
        self._counts = counts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position()
        near = [index for index, knot in enumerate(self._knots) if self._is_near(knot, where)]
        self._is_dragging = True
        if near:
            self._chosen = near[0]
        else:
            self._add(where)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging and self._chosen is not None:
            outside = self.rect().adjusted(-24, -24, 24, 24).contains(event.position().toPoint())
            if not outside and self._remove():
                self._is_dragging = False
            elif self._chosen is not None:
                self._move(*self._value(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._is_dragging = False

    def event(self, event: QEvent) -> bool:
        # Delete here means a point, never what is selected in the picture.
        key = event.key() if isinstance(event, QKeyEvent) else 0
        is_before_shortcuts = event.type() is QEvent.Type.ShortcutOverride
        if is_before_shortcuts and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        by = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }.get(Qt.Key(key))
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = 1 if key == Qt.Key.Key_PageUp else -1
            self._chosen = ((self._chosen or 0) + step) % len(self._knots)
            self.update()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif by is not None and self._chosen is not None:
            x, y = self._knots[self._chosen]
            self._move(x + by[0] / 255, y + by[1] / 255)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field, palette = self._field(), self.palette()
        painter.fillRect(field, palette.color(QPalette.ColorRole.Base))
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        draw_histogram(painter, field, self._counts, self._channel)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            painter.drawLine(self._place((share, 0.0)), self._place((share, 1.0)))
            painter.drawLine(self._place((0.0, share)), self._place((1.0, share)))
        painter.drawLine(self._place((0.0, 0.0)), self._place((1.0, 1.0)))
        self._draw_curve(painter)
        painter.end()

    def _draw_curve(self, painter: QPainter) -> None:
        named = CHANNEL_COLORS[self._channel]
        text = self.palette().color(QPalette.ColorRole.Text)
        painter.setPen(QPen(QColor(named) if named else text, 2))
        heights = np.clip(spline_table(self.knots), 0, 1).tolist()
        line = [self._place((value / 255, height)) for value, height in enumerate(heights)]
        painter.drawPolyline(Polygon(line))
        painter.setPen(QPen(text, 1.5))
        for index, knot in enumerate(self._knots):
            is_chosen = index == self._chosen
            role = QPalette.ColorRole.Highlight if is_chosen else QPalette.ColorRole.Base
            painter.setBrush(self.palette().color(role))
            painter.drawEllipse(self._place(knot), 4.5, 4.5)

    def _add(self, where: QPointF) -> None:
        x, y = self._value(where)
        others = [other for other, _ in self._knots]
        if any(abs(other - x) < 4 * _NEAREST for other in others):
            self._chosen = None
            return
        self._knots = sorted([*self._knots, (x, y)])
        self._chosen = self._knots.index((x, y))
        self.changed.emit()

    def _move(self, x: float, y: float) -> None:
        assert self._chosen is not None  # whoever calls has looked
        low = self._knots[self._chosen - 1][0] + _NEAREST if self._chosen else 0.0
        is_last = self._chosen == len(self._knots) - 1
        high = 1.0 if is_last else self._knots[self._chosen + 1][0] - _NEAREST
        self._knots[self._chosen] = (min(max(x, low), high), min(max(y, 0.0), 1.0))
        self.update()
        self.changed.emit()

    def _remove(self) -> bool:
        """The two ends stay."""
        if self._chosen is None or not 0 < self._chosen < len(self._knots) - 1:
            return False
        del self._knots[self._chosen]
        self._chosen = None
        self.update()
        self.changed.emit()
        return True

    def _field(self) -> QRectF:
        side = min(self.width(), self.height()) - 2 * _MARGIN
        return QRectF(_MARGIN, _MARGIN, max(side, 1), max(side, 1))

    def _place(self, knot: tuple[float, float]) -> QPointF:
        field = self._field()
        return QPointF(
            field.left() + knot[0] * field.width(), field.bottom() - knot[1] * field.height()
        )

    def _value(self, where: QPointF) -> tuple[float, float]:
        field = self._field()
        x = (where.x() - field.left()) / field.width()
        y = (field.bottom() - where.y()) / field.height()
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _is_near(self, knot: tuple[float, float], where: QPointF) -> bool:
        apart = self._place(knot) - where
        return bool(apart.manhattanLength() <= _GRAB)
