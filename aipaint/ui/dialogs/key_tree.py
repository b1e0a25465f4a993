"""`KeyTree`: keys in groups, and the field that searches in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QToolButton, QTreeWidget, QTreeWidgetItem

_NARROWEST, _MARGIN = 120, 24  # pixels
_ID_ROLE = Qt.ItemDataRole.UserRole
_WORDS_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class KeyRow:
    """A line: `cells` by column; `words` are searched as well. An `id` of "" chooses nothing."""

    id: str
    cells: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True)
class KeyGroup:
    """What stands under one title."""

    title: str
    rows: tuple[KeyRow, ...]


class KeyTree(QTreeWidget):
    """All groups stay open; what does not fit the search is hidden."""

    chosen = Signal(str)  # the id of the current row, "" if none

    def __init__(self, object_name: str, accessible_name: str, columns: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setColumnCount(len(columns))
        self.setHeaderLabels(list(columns))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setAccessibleName("Columns")
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, len(columns)):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self._items: dict[str, tuple[QTreeWidgetItem, str]] = {}
        self.currentItemChanged.connect(self._on_current_changed)

    def show_groups(self, groups: Sequence[KeyGroup]) -> None:
        self.clear()
        self._items.clear()
        for group in groups:
            top = QTreeWidgetItem([group.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self.font()
            font.setWeight(font.Weight.DemiBold)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for row in group.rows:
                item = QTreeWidgetItem(top)
                item.setData(0, _ID_ROLE, row.id)
                self._fill(item, row, group.title)
                if row.id:
                    self._items[row.id] = (item, group.title)
        self.expandAll()
        self._set_widths()

    def update_row(self, row: KeyRow) -> None:
        """The row of this id says something else now."""
        item, title = self._items[row.id]
        self._fill(item, row, title)

    def choose(self, row_id: str) -> None:
        self.setCurrentItem(self._items[row_id][0])

    def choose_first(self) -> None:
        """Into the tree, from the search above it."""
        rows = (item for top in self._groups() for item in _children(top) if not item.isHidden())
        first = next(rows, None)
        if first is not None and self.currentItem() in (None, first.parent()):
            self.setCurrentItem(first)
        self.setFocus()

    @property
    def chosen_id(self) -> str:
        item = self.currentItem()
        return str(item.data(0, _ID_ROLE) or "") if item is not None else ""

    def search(self, text: str) -> int:
        """Show what holds every word; how many rows that is."""
        words = text.casefold().split()
        count = 0
        for top in self._groups():
            shown = 0
            for item in _children(top):
                fits = all(word in item.data(0, _WORDS_ROLE) for word in words)
                item.setHidden(not fits)
                shown += fits
            top.setHidden(not shown)
            count += shown
        current = self.currentItem()
        if current is not None and current.isHidden():
            self.setCurrentIndex(QModelIndex())
        return count

    def _groups(self) -> list[QTreeWidgetItem]:
        several = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in several if item is not None]

    def _set_widths(self) -> None:
        """As wide as the widest text; not anew for each search, or the columns would jump."""
        for column in range(1, self.columnCount()):
            texts = [row.text(column) for top in self._groups() for row in _children(top)]
            widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
            self.setColumnWidth(column, max(_NARROWEST, widest + _MARGIN))

    def _fill(self, item: QTreeWidgetItem, row: KeyRow, title: str) -> None:
        for column, cell in enumerate(row.cells):
            item.setText(column, cell)
            item.setToolTip(column, cell)
        item.setData(0, _WORDS_ROLE, " ".join((title, *row.cells, row.words)).casefold())

    def _on_current_changed(self) -> None:
        self.chosen.emit(self.chosen_id)


def _children(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    several = (top.child(place) for place in range(top.childCount()))
    return [item for item in several if item is not None]


class KeySearch(QLineEdit):
    """Typing shows what fits; Down goes to the tree."""

    left_downward = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setPlaceholderText("Search by name or key, such as “layer” or “Ctrl+S”")
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Clear the search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downward.emit()
        else:
            super().keyPressEvent(event)
