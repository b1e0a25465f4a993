"""`SpendBar`: how much of a cap is spent, set aside, and left."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_HEIGHT = 8


class SpendBar(QWidget):
    """Solid for spent, hatched for set aside; the text beside it says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._spent = 0.0
        self._set_aside = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_shares(self, spent: float, set_aside: float) -> None:
        """Shares of the cap, 0..1."""
        self._spent = min(1.0, max(0.0, spent))
        self._set_aside = min(1.0 - self._spent, max(0.0, set_aside))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        path = QPainterPath()
        path.addRoundedRect(whole, _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(path)
        palette = self.palette()
        painter.fillRect(whole, palette.color(QPalette.ColorRole.Mid))
        accent = palette.color(QPalette.ColorRole.Accent)
        spent = QRectF(whole)
        spent.setWidth(whole.width() * self._spent)
        painter.fillRect(spent, accent)
        aside = QRectF(spent.right(), whole.top(), whole.width() * self._set_aside, _HEIGHT)
        painter.fillRect(aside, QColor(accent.red(), accent.green(), accent.blue(), 90))
        painter.fillRect(aside, QBrush(accent, Qt.BrushStyle.BDiagPattern))
        painter.end()
