"""`StepDelegate`: a step of the history with its size at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

SIZE_ROLE = Qt.ItemDataRole.UserRole
_MARGIN = 6


class StepDelegate(QStyledItemDelegate):
    """The label gives way where both do not fit; the tool tip has all of it."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        size = str(index.data(SIZE_ROLE) or "")
        whole = QRect(option.rect)
        width = option.fontMetrics.horizontalAdvance(size) + _MARGIN if size else 0
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = shown.fontMetrics.elidedText(
            shown.text,
            Qt.TextElideMode.ElideRight,
            whole.width() - width - 2 * _MARGIN,
        )
        style = shown.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        if size:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                whole.adjusted(0, 0, -_MARGIN, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                size,
            )
            painter.restore()
