"""`SplitHandle`: the line between before and after, to be dragged across the view."""

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from aipaint.ui.icons import draw_icon

_WIDTH = 28
_KNOB = 24
_SIGN = 18
_KEY_STEP = 16
_DARK, _LIGHT = QColor(0, 0, 0, 160), QColor(255, 255, 255, 235)


class SplitHandle(QWidget):
    """Lies over the canvas; beside it everything goes on. Arrow keys move it as well."""

    moved = Signal(float)  # x of the line, in pixels of the view

    def __init__(self, canvas: QAbstractScrollArea) -> None:
        # Not of its viewport, which takes its children along when it scrolls.
        super().__init__(canvas)
        self._over = canvas.viewport()
        self.setObjectName("compareHandle")
        self.setAccessibleName("Line between before and after")
        self.setToolTip("Drag: before at the left, the result at the right (arrow keys)")
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setVisible(False)
        self._share = 0.5

    @property
    def place(self) -> float:
        """x of the line, in pixels of the view."""
        return self._share * self._over.width()

    def follow(self) -> None:
        """The view has another size: the line keeps its share of it."""
        left = self._over.x() + round(self.place) - _WIDTH // 2
        self.setGeometry(left, self._over.y(), _WIDTH, self._over.height())
        self.moved.emit(self.place)

    def move_to(self, x: float) -> None:
        """Within the view."""
        width = max(1, self._over.width())
        self._share = min(1.0, max(0.0, x / width))
        self.follow()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.move_to(self.mapToParent(event.position()).x() - self._over.x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.move_to(self.place + steps[Qt.Key(event.key())] * _KEY_STEP)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.fillRect(int(middle) - 2, 0, 4, self.height(), _DARK)
        painter.fillRect(int(middle) - 1, 0, 2, self.height(), _LIGHT)
        center = QPointF(middle, self.height() / 2)
        painter.setPen(_DARK)
        painter.setBrush(_LIGHT)
        painter.drawEllipse(center, _KNOB / 2, _KNOB / 2)
        knob = QRect(0, 0, _SIGN, _SIGN)
        knob.moveCenter(center.toPoint())
        draw_icon(painter, "chevrons-left-right", knob, QColor("#202020"))
        painter.end()
