"""`ResponseEdit`: how a brush answers to pressure, as a curve whose points are dragged."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from aipaint.pixels.response_curve import FEWEST_KNOTS, MOST_KNOTS, Knot, ResponseCurve

_MARGIN = 7.0
_GRAB = 10.0  # pixels around a point
_LEAST_GAP = 0.01
_KEY_STEP = 0.05
_STEPS = 48
_ARROWS = {
    Qt.Key.Key_Left: (-_KEY_STEP, 0.0),
    Qt.Key.Key_Right: (_KEY_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, _KEY_STEP),
    Qt.Key.Key_Down: (0.0, -_KEY_STEP),
}


class ResponseEdit(QWidget):
    """A click adds a point, dragging one out of the box takes it away, a double click makes the
    curve straight. Page Up and Down go from point to point, arrows move, Delete removes.

    Emits `curve_changed` for the user's changes only.
    """

    curve_changed = Signal(object)  # ResponseCurve

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Click to add a point, drag to move it, drag it out to remove it")
        self._curve = ResponseCurve()
        self._chosen = 0
        self._is_dragging = False
        self._knots_without: list[Knot] = []
        self._describe()

    @property
    def curve(self) -> ResponseCurve:
        return self._curve

    def set_curve(self, curve: ResponseCurve) -> None:
        """Show a curve without telling anybody."""
        # While a point is dragged the echo of what was told last must not take it away.
        if curve != self._curve and not self._is_dragging:
            self._curve = curve
            self._chosen = min(self._chosen, len(curve.knots) - 1)
            self._describe()
            self.update()

    def place_of(self, knot: Knot) -> QPointF:
        """Where a point of the curve is in the widget."""
        box = self._box()
        return QPointF(box.left() + knot[0] * box.width(), box.bottom() - knot[1] * box.height())

    def sizeHint(self) -> QSize:
        return QSize(160, 92)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 92)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        knots = list(self._curve.knots)
        near = self._near(event.position())
        if near is None:
            if len(knots) >= MOST_KNOTS:
                return
            knots, near = _with(knots, self._knot_at(event.position()))
        self._chosen = near
        self._knots_without = knots[:near] + knots[near + 1 :]
        self._is_dragging = True
        self._take(knots)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._is_dragging:
            return
        is_out = not self.rect().adjusted(-16, -16, 16, 16).contains(event.position().toPoint())
        if is_out and len(self._knots_without) >= FEWEST_KNOTS:
            self._take(list(self._knots_without))
            return
        knots, self._chosen = _with(list(self._knots_without), self._knot_at(event.position()))
        self._take(knots)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._is_dragging = False
        self._chosen = min(self._chosen, len(self._curve.knots) - 1)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self._is_dragging = False
        self._chosen = 0
        self._take(list(ResponseCurve().knots))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        count = len(self._curve.knots)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self._chosen = (self._chosen + step) % count
            self._describe()
            self.update()
        elif key in _ARROWS:
            self._shift(*_ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and count > FEWEST_KNOTS:
            knots = list(self._curve.knots)
            del knots[self._chosen]
            self._chosen = min(self._chosen, len(knots) - 1)
            self._take(knots)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        rim = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(rim), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        box = self._box()
        painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 6, 6)
        faint = QColor(palette.color(QPalette.ColorRole.PlaceholderText))
        faint.setAlpha(90)
        painter.setPen(QPen(faint, 1, Qt.PenStyle.DotLine))
        painter.drawLine(box.bottomLeft(), box.topRight())
        self._draw_curve(painter)
        painter.end()

    def _draw_curve(self, painter: QPainter) -> None:
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        path = QPainterPath(self.place_of((0.0, self._curve.at(0.0))))
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            path.lineTo(self.place_of((share, self._curve.at(share))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2))
        painter.drawPath(path)
        for number, knot in enumerate(self._curve.knots):
            is_chosen = number == self._chosen and self.hasFocus()
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(accent if is_chosen else self.palette().color(QPalette.ColorRole.Base))
            painter.drawEllipse(self.place_of(knot), 4.0, 4.0)

    def _shift(self, across: float, up: float) -> None:
        knots = list(self._curve.knots)
        x, y = knots.pop(self._chosen)
        # It stays between its neighbors: keys should not jump over another point.
        low = knots[self._chosen - 1][0] + _LEAST_GAP if self._chosen > 0 else 0.0
        high = knots[self._chosen][0] - _LEAST_GAP if self._chosen < len(knots) else 1.0
        across_to = min(max(x + across, low), high) if low < high else x
        knots.insert(self._chosen, (across_to, min(max(y + up, 0.0), 1.0)))
        self._take(knots)

    def _take(self, knots: list[Knot]) -> None:
        curve = ResponseCurve(tuple(knots))
        if curve != self._curve:
            self._curve = curve
            self._describe()
            self.curve_changed.emit(curve)
        self.update()

    def _describe(self) -> None:
        count = len(self._curve.knots)
        number = min(self._chosen, count - 1)
        x, y = self._curve.knots[number]
        self.setAccessibleDescription(
            f"{count} points; point {number + 1}: pressure {x:.0%} gives {y:.0%}"
        )

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _knot_at(self, where: QPointF) -> Knot:
        box = self._box()
        x = (where.x() - box.left()) / max(1.0, box.width())
        y = (box.bottom() - where.y()) / max(1.0, box.height())
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _near(self, where: QPointF) -> int | None:
        distances = [(self.place_of(knot) - where).manhattanLength() for knot in self._curve.knots]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        return nearest if distances[nearest] <= _GRAB else None


def _with(knots: list[Knot], knot: Knot) -> tuple[list[Knot], int]:
    """The points with one more, and where it stands; two never lie above each other."""
    x = knot[0]
    for other in (one[0] for one in knots):
        if abs(other - x) < _LEAST_GAP:
            x = other + _LEAST_GAP if other + _LEAST_GAP <= 1 else other - _LEAST_GAP
    # Between two points that are closer than that there is no room: it stays beside both.
    if any(one[0] == x for one in knots):
        return knots, min(range(len(knots)), key=lambda number: abs(knots[number][0] - x))
    placed = sorted([*knots, (x, knot[1])])
    return placed, placed.index((x, knot[1]))
