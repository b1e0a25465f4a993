"""`UndoPanel`: every step that can be taken back or done again, and what memory it takes."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QListView

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.memory_use import MemoryUse
from aipaint.ui.panels.memory_wording import memory_words, size_words
from aipaint.ui.panels.panel import Panel
from aipaint.ui.panels.step_delegate import SIZE_ROLE, StepDelegate

_MEASURE_MILLISECONDS = 1000
_WORTH_SAYING_BYTES = 1024 * 1024
_SIZE_ROLES = [
    SIZE_ROLE,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
]
_Index = QModelIndex | QPersistentModelIndex


class UndoPanel(Panel):
    """Row 0 is the picture as it was opened; row n is after step n. A click goes there. Records are
    packed behind the scenes, so sizes are read again every second while the panel shows."""

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
        self.list.setItemDelegate(StepDelegate(self.list))
        self.column.addWidget(self.list)
        self.memory = QLabel()
        self.memory.setObjectName("undoMemory")
        self.memory.setAccessibleName("Memory of the undo history")
        self.memory.setToolTip("Old steps are compressed, then put on the disk until you quit")
        self.memory.setTextFormat(Qt.TextFormat.PlainText)
        self.memory.setProperty("tone", "muted")
        self.memory.setWordWrap(True)
        self.column.addWidget(self.memory)
        self._clock = QTimer(self)
        self._clock.setInterval(_MEASURE_MILLISECONDS)
        self._clock.timeout.connect(self.measure)
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it is now."""
        self._steps.refresh()
        index = self._steps.index(self._document.undo_stack.index)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def measure(self) -> None:
        """Read again what the steps take."""
        uses = self._document.history_uses()
        self._steps.set_uses(uses)
        self.memory.setText(f"Steps: {memory_words(sum(uses, MemoryUse()))}" if uses else "")
        self.memory.setVisible(bool(uses))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.measure()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.HISTORY:
            self.refresh()
            if self.isVisible() and not self.memory.text():
                self.measure()

    def _on_chosen(self, index: QModelIndex) -> None:
        self._document.go_to(index.row())


class _Steps(QAbstractListModel):
    """Reads the undo stack; keeps only the labels, for rows that are asked for often."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._labels: list[str] = []
        self._uses: list[MemoryUse] = []

    def set_uses(self, uses: list[MemoryUse]) -> None:
        """What each step takes, oldest first; later ones than these are not known yet."""
        if uses != self._uses:
            self._uses = uses
            self.dataChanged.emit(self.index(0), self.index(len(self._labels)), _SIZE_ROLES)

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
        if role in _SIZE_ROLES:
            return self._size(row, role)
        is_undone = row > self._document.undo_stack.index
        if role == Qt.ItemDataRole.ForegroundRole and is_undone:
            return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.FontRole and is_undone:
            font = QFont(QApplication.font())
            font.setItalic(True)
            return font
        return None

    def _size(self, row: int, role: int) -> str:
        if not 0 < row <= len(self._uses):
            return ""
        use = self._uses[row - 1]
        if role == SIZE_ROLE:
            total = use.memory_bytes + use.disk_bytes
            return size_words(total) if total >= _WORTH_SAYING_BYTES else ""
        return f"{self._labels[row - 1]}: {memory_words(use)}"
