"""`LayerModel`: the layers of a document as a tree for a view, from the top down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from aipaint.document.document import Document
from aipaint.document.layer import Layer
from aipaint.document.layer_tree import children, groups_around
from aipaint.money import format_usd
from aipaint.pixels.blend_mode import BlendMode
from aipaint.ui.panels.blend_combo import PASS_THROUGH
from aipaint.ui.widgets.plain_tip import plain_tip

LAYER_ROLE = Qt.ItemDataRole.UserRole  # the Layer itself
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1  # "60% · Multiply"
_MIME = "application/x-aipaint-layers"
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, eq=False)
class _Node:
    layer: Layer
    parent: int  # its number, 0 for the ground
    row: int


class LayerModel(QAbstractItemModel):
    """Reads the document; what the user wants changed it says by signals, in words of layers."""

    moved = Signal(object, int, str)  # layer ids, place from the bottom, group id
    restyled = Signal(str, object, str)  # layer id, LayerStyle, label

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.notes: dict[str, str] = {}  # layer id -> what a person should know of it
        self._nodes: dict[int, _Node] = {}
        self._numbers: dict[str, int] = {}
        self._shape: list[tuple[str, str, bool]] = []

    def refresh(self) -> bool:
        """Read the document again. True if the tree has another shape, so that the view has
        forgotten what was open and chosen."""
        layers = self._document.picture.layers
        shape = [(layer.id, layer.group_id, layer.is_group) for layer in layers]
        # Another picture may hold the same ids in layers of its own.
        is_same = all(
            self._nodes[self._numbers[layer.id]].layer is layer
            for layer in layers
            if layer.id in self._numbers
        )
        if shape == self._shape and is_same:
            for number, node in self._nodes.items():
                index = self.createIndex(node.row, 0, number)
                self.dataChanged.emit(index, index)
            return False
        self.beginResetModel()
        self._shape = shape
        self._numbers = {layer.id: number for number, layer in enumerate(layers, 1)}
        self._nodes = {}
        for group_id in ("", *(layer.id for layer in layers if layer.is_group)):
            for row, layer in enumerate(reversed(children(layers, group_id))):
                number = self._numbers[layer.id]
                self._nodes[number] = _Node(layer, self._numbers.get(group_id, 0), row)
        self.endResetModel()
        return True

    def index_of(self, layer_id: str) -> QModelIndex:
        """Invalid for a layer that is not there."""
        number = self._numbers.get(layer_id, 0)
        node = self._nodes.get(number)
        return self.createIndex(node.row, 0, number) if node is not None else QModelIndex()

    def layer_at(self, index: _Index) -> Layer | None:
        node = self._nodes.get(int(index.internalId())) if index.isValid() else None
        return node.layer if node is not None else None

    @property
    def has_groups(self) -> bool:
        return any(is_group for _, _, is_group in self._shape)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        number = int(parent.internalId()) if parent.isValid() else 0
        return sum(node.parent == number for node in self._nodes.values())

    def columnCount(self, parent: _Index = _ROOT) -> int:
        del parent
        return 1

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        wanted = int(parent.internalId()) if parent.isValid() else 0
        for number, node in self._nodes.items():
            if node.parent == wanted and node.row == row and column == 0:
                return self.createIndex(row, column, number)
        return QModelIndex()

    def parent(self, child: _Index) -> QModelIndex:  # type: ignore[override] # Qt has two of them
        node = self._nodes.get(int(child.internalId())) if child.isValid() else None
        if node is None or not node.parent:
            return QModelIndex()
        return self.createIndex(self._nodes[node.parent].row, 0, node.parent)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        layer = self.layer_at(index)
        if layer is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        return flags | Qt.ItemFlag.ItemIsDropEnabled if layer.is_group else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        layer = self.layer_at(index)
        if layer is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return layer.name
        if role == Qt.ItemDataRole.CheckStateRole:
            shown = layer.style.is_visible
            return Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
        if role == LAYER_ROLE:
            return layer
        if role == DETAIL_ROLE:
            return self.notes.get(layer.id) or " · ".join(_details(layer))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            note = self.notes.get(layer.id)
            return ", ".join([*_spoken(layer), *([note] if note else [])])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join([layer.name, *_recipe(layer)]))
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        layer = self.layer_at(index)
        if layer is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            # Qt hands the state over as a plain number.
            is_visible = Qt.CheckState(value) is Qt.CheckState.Checked
            label = "Show layer" if is_visible else "Hide layer"
            self.restyled.emit(layer.id, replace(layer.style, is_visible=is_visible), label)
            return True
        name = str(value).strip()
        if role == Qt.ItemDataRole.EditRole and name and name != layer.name:
            self.restyled.emit(layer.id, replace(layer.style, name=name), "Rename layer")
            return True
        return False

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [layer.id for index in indexes if (layer := self.layer_at(index)) is not None]
        data = QMimeData()
        data.setData(_MIME, "\n".join(ids).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        del action, row, column
        group = self.layer_at(parent)
        if not data.hasFormat(_MIME) or (group is not None and not group.is_group):
            return False
        around = [] if group is None else [group, *groups_around(self._layers, group)]
        moved = _ids(data)
        return bool(moved) and not any(layer.id in moved for layer in around)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Says where to; False, so that Qt removes nothing itself."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        group = self.layer_at(parent)
        group_id = group.id if group is not None else ""
        moved = _ids(data)
        shown = children(self._layers, group_id)[::-1]
        if row < 0:  # onto the group itself: on top in it; onto nothing: at the bottom
            row = 0 if group is not None else len(shown)
        place = sum(layer.id not in moved for layer in shown[row:])
        self.moved.emit(moved, place, group_id)
        return False

    @property
    def _layers(self) -> list[Layer]:
        return self._document.picture.layers


def _ids(data: QMimeData) -> list[str]:
    return bytes(data.data(_MIME).data()).decode().split()


def _recipe(layer: Layer) -> list[str]:
    """How a model made it."""
    recipe = layer.recipe
    if recipe is None:
        return []
    cost = format_usd(recipe.cost_micros) if recipe.cost_micros else "free"
    made = f"{recipe.operation.capitalize()} by {recipe.model or recipe.provider}, {cost}"
    return [made, *([recipe.prompt] if recipe.prompt else [])]


def _details(layer: Layer) -> list[str]:
    style = layer.style
    details = [f"{style.opacity:.0%}"] if style.opacity < 1 else []
    if layer.is_group and style.is_pass_through:
        details.append(PASS_THROUGH)
    elif style.blend_mode is not BlendMode.NORMAL:
        details.append(style.blend_mode.label)
    return details


def _spoken(layer: Layer) -> list[str]:
    """Everything the row shows by pictures, in words."""
    style = layer.style
    words = [style.name, "group" if layer.is_group else "", "visible"]
    words[2] = "visible" if style.is_visible else "hidden"
    if style.is_locked:
        words.append("locked")
    if style.is_alpha_locked:
        words.append("transparency locked")
    if style.is_clipped:
        words.append("clipped to the layer below")
    if layer.mask is not None:
        words.append("with a mask" if layer.mask.is_enabled else "mask switched off")
    return [word for word in (*words, *_details(layer)) if word]
