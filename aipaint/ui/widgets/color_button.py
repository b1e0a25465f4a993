"""`ColorButton`: shows the brush color and opens the color dialog."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QColorDialog, QToolButton


class ColorButton(QToolButton):
    """Emits `color_changed` when the user has chosen; `set_color` stays silent."""

    color_changed = Signal(QColor)

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self._color = QColor("black")
        self.clicked.connect(self._on_clicked)

    @property
    def color(self) -> QColor:
        return self._color

    def set_color(self, color: QColor) -> None:
        self._color = QColor(color)
        self.setToolTip(f"Brush color {color.name()}")
        self.setAccessibleDescription(color.name())
        self.update()

    def _on_clicked(self) -> None:
        dialog = QColorDialog(self._color, self.window())
        dialog.setObjectName("colorDialog")
        dialog.setWindowTitle("Brush color")
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        if dialog.exec():
            self.set_color(dialog.selectedColor())
            self.color_changed.emit(self._color)
        dialog.deleteLater()

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -6.5)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
        painter.setBrush(self._color)
        painter.drawRoundedRect(place, 4, 4)
        painter.end()
