"""`EmptyHint`: what an empty list says instead of nothing."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QWidget

from aipaint.ui.icons import draw_icon

_ICON = 28


class EmptyHint(QWidget):
    """Lies over a view's viewport and shows while its model has no rows."""

    def __init__(self, view: QAbstractItemView, icon_name: str, text: str) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._icon_name = icon_name
        self.text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.viewport().installEventFilter(self)
        model = view.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.refresh)
        view.setAccessibleDescription(text)
        self.refresh()

    def refresh(self) -> None:
        """Show or hide, and fill the viewport."""
        is_empty = self._view.model().rowCount() == 0
        self.setGeometry(self._view.viewport().rect())
        self.setVisible(is_empty)
        self._view.setAccessibleDescription(self.text if is_empty else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        color = self.palette().color(QPalette.ColorRole.PlaceholderText)
        room = self.rect().adjusted(12, 8, -12, -8)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        text = painter.boundingRect(room, flags, self.text)
        has_icon = room.height() >= text.height() + _ICON + 8
        height = text.height() + (_ICON + 8 if has_icon else 0)
        top = room.top() + max(0, (room.height() - height) // 2)
        if has_icon:
            place = QRect(room.center().x() - _ICON // 2, top, _ICON, _ICON)
            draw_icon(painter, self._icon_name, place, color)
            top += _ICON + 8
        painter.setPen(color)
        painter.drawText(
            QRect(room.left(), top, room.width(), room.bottom() - top + 1),
            Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap,
            self.text,
        )
        painter.end()
