"""`UndoPanel`: every step that can be taken back or done again; a click goes there."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QListView

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.ui.panels.panel import Panel

_Index = QModelIndex | QPersistentModelIndex


class UndoPanel(Panel):
    """Row 0 is the picture as it was opened; row n is after step n."""

    def __init__(self, document: Document) -> None:
        super().__init__("undoPanel", "Undo history")
        self._document = document
        self._steps = _Steps(document)
        self.list = QListView()
        self.list.setObjectName("undoList")
        self.list.setAccessibleName("Undo history")
        self.list.setToolTip("Click a step to go back to it, or forward again")
        self.list.setUniformItemSizes(True)
        self.list.setModel(self._steps)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        self.column.addWidget(self.list)
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it is now."""
        self._steps.refresh()
        index = self._steps.index(self._document.undo_stack.index)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.HISTORY:
            self.refresh()

    def _on_chosen(self, index: QModelIndex) -> None:
        self._document.go_to(index.row())


class _Steps(QAbstractListModel):
    """Reads the undo stack; keeps only the labels, for rows that are asked for often."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._labels: list[str] = []

    def refresh(self) -> None:
        labels = self._document.undo_stack.labels
        if labels == self._labels:
            last = self.index(len(labels))
            self.dataChanged.emit(self.index(0), last)
            return
        self.beginResetModel()
        self._labels = labels
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._labels) + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._labels[row - 1] if row else "Start"
        is_undone = row > self._document.undo_stack.index
        if role == Qt.ItemDataRole.ForegroundRole and is_undone:
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.FontRole and is_undone:
            font = QFont(QApplication.font())
            font.setItalic(True)
            return font
        return None
