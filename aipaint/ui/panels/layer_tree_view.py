"""`LayerTreeView`: the list of layers, with what clicks and keys mean on its rows."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from aipaint.document.layer import Layer
from aipaint.ui.icons import draw_icon
from aipaint.ui.panels.layer_model import LAYER_ROLE
from aipaint.ui.panels.layer_row import LayerRow, RowPart, square_in

_INDENTATION = 16
_CHEVRON = 14
_Index = QModelIndex | QPersistentModelIndex


class LayerTreeView(QTreeView):
    """A click on the eye, a picture or a mask is told apart from one that chooses the row."""

    eye_clicked = Signal(str, bool)  # layer id, whether Alt is held
    picture_clicked = Signal(str)
    mask_clicked = Signal(str, bool)  # layer id, whether Shift is held
    mask_alone_clicked = Signal(str)
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layerList")
        self.setAccessibleName("Layers")
        self.setHeaderHidden(True)
        self.header().setAccessibleName("Layers")
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENTATION)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMinimumHeight(80)
        self.setToolTip(
            "Click the eye to hide a layer, with Alt to show it alone; click a mask to paint on "
            "it, with Alt to see it, with Shift to switch it off; double click a name to change "
            "it; drag to reorder"
        )

    def shown_ids(self) -> list[str]:
        """The layers whose rows are in view."""
        ids = []
        index = self.indexAt(QPoint(0, 0))
        while index.isValid() and self.visualRect(index).top() <= self.viewport().height():
            layer = index.data(LAYER_ROLE)
            if isinstance(layer, Layer):
                ids.append(layer.id)
            index = self.indexBelow(index)
        return ids

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer, part = self._hit(event.position().toPoint())
        if layer is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif part is RowPart.EYE:
            self.eye_clicked.emit(layer.id, _has(event, Qt.KeyboardModifier.AltModifier))
        elif part is RowPart.MASK and _has(event, Qt.KeyboardModifier.AltModifier):
            self.mask_alone_clicked.emit(layer.id)
        elif part is RowPart.MASK:
            self.mask_clicked.emit(layer.id, _has(event, Qt.KeyboardModifier.ShiftModifier))
        else:
            super().mousePressEvent(event)
            if part is RowPart.PICTURE and not event.modifiers():
                self.picture_clicked.emit(layer.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two clicks on the eye are two clicks, not a rename; so are two on a picture.
        layer, part = self._hit(event.position().toPoint())
        if layer is None or part is RowPart.NAME:
            super().mouseDoubleClickEvent(event)
        elif part is RowPart.PICTURE and layer.is_group:
            index = self.indexAt(event.position().toPoint())
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        layer = self.currentIndex().data(LAYER_ROLE)
        if event.key() == Qt.Key.Key_Space and isinstance(layer, Layer):
            self.eye_clicked.emit(layer.id, _has(event, Qt.KeyboardModifier.AltModifier))
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # While the list has the focus these keys are its own, not a shortcut of the window.
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Delete)
        if is_asked and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        layer = index.data(LAYER_ROLE)
        if not isinstance(layer, Layer) or not layer.is_group:
            return
        slot = QRect(rect.right() - _INDENTATION + 1, rect.top(), _INDENTATION, rect.height())
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        color = self.palette().color(QPalette.ColorRole.Text)
        draw_icon(painter, name, square_in(slot, _CHEVRON), color)

    def _hit(self, point: QPoint) -> tuple[Layer | None, RowPart]:
        index = self.indexAt(point)
        layer = index.data(LAYER_ROLE) if index.isValid() else None
        rect = self.visualRect(index)
        if not isinstance(layer, Layer) or point.x() < rect.left():
            return None, RowPart.NAME
        return layer, LayerRow.of(layer, rect).part_at(point)


def _has(event: QMouseEvent | QKeyEvent, modifier: Qt.KeyboardModifier) -> bool:
    return bool(event.modifiers() & modifier)
