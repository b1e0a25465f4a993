"""`ColorSquare`: saturation to the right, brightness upward, at one hue."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

_MARK = 6.0
_STEP, _LEAP = 0.01, 0.1
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class ColorSquare(QWidget):
    """Dragged, or moved with the arrow keys (Shift: ten times as far). All values 0..1."""

    changed = Signal(float, float)  # saturation, brightness

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName("Saturation and brightness")
        self.setToolTip("Saturation and brightness (arrow keys, with Shift faster)")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(96)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._hue = self._saturation = self._brightness = 0.0

    def show_color(self, hue: float, saturation: float, brightness: float) -> None:
        """Show a color without telling anybody."""
        self._hue, self._saturation, self._brightness = hue, saturation, brightness
        self.setAccessibleDescription(f"Saturation {saturation:.0%}, brightness {brightness:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self._place()
        to_right = QLinearGradient(place.topLeft(), place.topRight())
        to_right.setColorAt(0, QColor("white"))
        to_right.setColorAt(1, QColor.fromHsvF(self._hue, 1, 1))
        to_bottom = QLinearGradient(place.topLeft(), place.bottomLeft())
        to_bottom.setColorAt(0, QColor(0, 0, 0, 0))
        to_bottom.setColorAt(1, QColor("black"))
        for gradient in (to_right, to_bottom):
            painter.fillRect(place, gradient)
        role = QPalette.ColorRole.Link if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(QPen(self.palette().color(role), 2 if self.hasFocus() else 1))
        painter.drawRect(place.adjusted(-1, -1, 1, 1))
        self._draw_mark(painter, place)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._take(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        far = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        self._set(self._saturation + move[0] * far, self._brightness + move[1] * far)

    def _draw_mark(self, painter: QPainter, place: QRectF) -> None:
        middle = QPointF(
            place.left() + self._saturation * place.width(),
            place.bottom() - self._brightness * place.height(),
        )
        painter.setBrush(QColor.fromHsvF(self._hue, self._saturation, self._brightness))
        for color, width in ((QColor(0, 0, 0), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(middle, _MARK, _MARK)

    def _place(self) -> QRectF:
        return QRectF(self.rect()).adjusted(2, 2, -2, -2)

    def _take(self, where: QPointF) -> None:
        place = self._place()
        across = (where.x() - place.left()) / place.width()
        self._set(across, (place.bottom() - where.y()) / place.height())

    def _set(self, saturation: float, brightness: float) -> None:
        saturation, brightness = min(max(saturation, 0), 1), min(max(brightness, 0), 1)
        if (saturation, brightness) != (self._saturation, self._brightness):
            self.show_color(self._hue, saturation, brightness)
            self.changed.emit(saturation, brightness)
