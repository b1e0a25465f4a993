"""`StepDelegate`: a step of the history with its size at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

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
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            faint = QPalette.ColorRole.PlaceholderText
            role = QPalette.ColorRole.HighlightedText if is_chosen else faint
            painter.setPen(option.palette.color(role))
            painter.drawText(
                whole.adjusted(0, 0, -_MARGIN, 0),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                size,
            )
            painter.restore()
