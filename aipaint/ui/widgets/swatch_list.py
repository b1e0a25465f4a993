"""`SwatchList`: rows of small colors; arrow keys move, Enter takes, Delete removes."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu

from aipaint.pixels.brush import Color
from aipaint.tools.color_code import from_hex, to_hex
from aipaint.ui.widgets.color_pair import draw_color

_SIDE = 18
_CELL = 24
_MOST_ROWS = 4


class SwatchList(QListWidget):
    """As high as its rows need, up to four. `taken` also says whether the background is meant."""

    taken = Signal(object, bool)  # Color, is_background
    removed = Signal(object)  # Color

    def __init__(self, object_name: str, accessible_name: str, *, can_remove: bool) -> None:
        super().__init__()
        self._can_remove = can_remove
        self._colors: tuple[Color, ...] = ()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        remove = ", Delete removes it" if can_remove else ""
        self.setToolTip(f"Click a color to use it{remove}; more with the right button")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setGridSize(QSize(_CELL, _CELL))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)
        self._fit()

    def show_colors(self, colors: Sequence[Color]) -> None:
        """Show these; nothing happens if they are shown already."""
        if tuple(colors) == self._colors:
            return
        row = self.currentRow()
        self._colors = tuple(colors)
        self.clear()
        for color in colors:
            item = QListWidgetItem(_swatch(color), "")
            item.setToolTip(to_hex(color))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, to_hex(color))
            item.setSizeHint(QSize(_CELL, _CELL))
            self.addItem(item)
        if row >= 0:
            self.setCurrentRow(min(row, self.count() - 1))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, has_one = event.key(), self.currentRow() >= 0
        if has_one and self._can_remove and key == Qt.Key.Key_Delete:
            self.removed.emit(_color_of(self.currentItem()))
        elif has_one and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(_color_of(self.currentItem()), False)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = max(1, (self.width() - 12) // _CELL)
        rows = min(max(1, -(-self.count() // columns)), _MOST_ROWS)
        height = rows * _CELL + 10
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def _on_item(self, item: QListWidgetItem) -> None:
        self.taken.emit(_color_of(item), False)

    def _on_menu(self, where: QPoint) -> None:
        item = self.itemAt(where)
        if item is None:
            return
        color = _color_of(item)
        menu = QMenu(self)
        menu.addAction("Use as Foreground").triggered.connect(lambda: self.taken.emit(color, False))
        menu.addAction("Use as Background").triggered.connect(lambda: self.taken.emit(color, True))
        if self._can_remove:
            menu.addAction("Remove").triggered.connect(lambda: self.removed.emit(color))
        menu.exec(self.viewport().mapToGlobal(where))
        menu.deleteLater()


def _color_of(item: QListWidgetItem) -> Color:
    color = from_hex(item.toolTip())
    assert color is not None  # every item is made from a color
    return color


def _swatch(color: Color) -> QIcon:
    pixmap = QPixmap(2 * _SIDE, 2 * _SIDE)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    place = QRectF(0.5, 0.5, _SIDE - 1, _SIDE - 1)
    draw_color(painter, place, color)
    painter.setPen(QPen(Qt.GlobalColor.gray, 1))
    painter.drawRect(place)
    painter.end()
    return QIcon(pixmap)
