"""`LayerDelegate`: how a row of the layers list looks: eye, name, opacity."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aipaint.ui.icons import draw_icon

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1  # "60% · Multiply"
_ROW_HEIGHT = 36
_EYE = 18
_EYE_SPACE = 34
_Index = QModelIndex | QPersistentModelIndex


class LayerDelegate(QStyledItemDelegate):
    """The check state is the eye; Space toggles it, F2 or a double click renames."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        style = option.widget.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem,
            option,
            painter,
            option.widget,
        )
        is_visible = _is_checked(index)
        palette: QPalette = option.palette
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        draw_icon(
            painter, "eye" if is_visible else "eye-off", _eye_rect(rect),
            text if is_visible else faint,
        )  # fmt: skip
        room = rect.adjusted(_EYE_SPACE, 0, -8, 0)
        detail = str(index.data(DETAIL_ROLE) or "")
        metrics = painter.fontMetrics()
        painter.setPen(faint)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        if detail:
            room.setRight(room.right() - metrics.horizontalAdvance(detail) - 8)
        painter.setPen(text if is_visible else faint)
        name = metrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(120, _ROW_HEIGHT)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        del option, index
        editor = QLineEdit(parent)
        editor.setAccessibleName("Layer name")
        editor.setObjectName("layerNameEdit")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        del index
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(_EYE_SPACE - 8, 2, -2, -2))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        rect: QRect = option.rect
        if isinstance(event, QMouseEvent):
            on_eye = event.position().x() < rect.left() + _EYE_SPACE
            if on_eye and event.type() is QEvent.Type.MouseButtonRelease:
                _toggle(model, index)
            # A double click on the eye is two clicks, not a rename.
            return on_eye
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            _toggle(model, index)
            return True
        return False


def _toggle(model: QAbstractItemModel, index: _Index) -> None:
    wanted = Qt.CheckState.Unchecked if _is_checked(index) else Qt.CheckState.Checked
    model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def _is_checked(index: _Index) -> bool:
    # Qt hands the state over as a plain number.
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def _eye_rect(row: QRect) -> QRect:
    return QRect(row.left() + 8, row.center().y() - _EYE // 2, _EYE, _EYE)
