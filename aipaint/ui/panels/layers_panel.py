"""`LayersPanel`: the layers from the top down, and the style of the active one."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QToolButton,
)

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import StyleLayer
from aipaint.pixels.blend_mode import BlendMode
from aipaint.ui.actions import Actions
from aipaint.ui.panels.layer_delegate import DETAIL_ROLE, LayerDelegate
from aipaint.ui.panels.panel import GAP, Panel, field_label
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

_ID_ROLE = Qt.ItemDataRole.UserRole
_BUTTONS = ("layer.new", "layer.duplicate", "layer.raise", "layer.lower", "layer.delete")


class LayersPanel(Panel):
    """Shows the document and asks it for commands; holds no layer state of its own."""

    def __init__(self, document: Document, actions: Actions) -> None:
        super().__init__("layersPanel", "Layers")
        self._document = document
        self._is_refreshing = False
        self._build_style()
        self._build_list()
        self._build_buttons(actions)
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the layers as they are now."""
        self._is_refreshing = True
        picture = self._document.picture
        if [layer.id for layer in reversed(picture.layers)] != self._shown_ids():
            self.list.clear()
            for layer in reversed(picture.layers):
                item = QListWidgetItem()
                item.setData(_ID_ROLE, layer.id)
                self.list.addItem(item)
        for row, layer in enumerate(reversed(picture.layers)):
            _show_layer(self.list.item(row), layer)
            if layer.id == picture.active_layer_id:
                self.list.setCurrentRow(row)
        style = picture.active_layer.style
        self.opacity.set_value(round(style.opacity * 100))
        self.blend_combo.setCurrentIndex(self.blend_combo.findData(style.blend_mode))
        self._is_refreshing = False

    def _build_style(self) -> None:
        self.blend_combo = ComboBox("blendCombo", "Blend mode")
        self.blend_combo.setToolTip("How the layer meets what lies under it")
        for mode in BlendMode:
            self.blend_combo.addItem(mode.label, mode)
        self.blend_combo.activated.connect(self._on_blend_activated)
        self.opacity = NumberSlider("opacity", "&Opacity", NumberRange(0, 100, "%"))
        self.opacity.value_changed.connect(self._on_opacity)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(field_label("B&lend", self.blend_combo))
        row.addWidget(self.blend_combo, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.opacity)

    def _build_list(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("layerList")
        self.list.setAccessibleName("Layers")
        self.list.setItemDelegate(LayerDelegate(self.list))
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.list.setToolTip("Click the eye to hide a layer, double click a name to change it")
        self.list.setMinimumHeight(80)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.itemChanged.connect(self._on_item_changed)
        self.column.addWidget(self.list, 1)

    def _build_buttons(self, actions: Actions) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        for action_id in _BUTTONS:
            button = QToolButton()
            button.setDefaultAction(actions[action_id])
            button.setObjectName(f"{action_id}.button")
            button.setAccessibleName(actions[action_id].text().replace("&", ""))
            button.setIconSize(QSize(18, 18))
            if action_id == "layer.delete":
                row.addStretch(1)
            row.addWidget(button)
        self.column.addLayout(row)

    def _shown_ids(self) -> list[str]:
        return [str(self.list.item(row).data(_ID_ROLE)) for row in range(self.list.count())]

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.LAYERS:
            self.refresh()

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_refreshing:
            self._document.set_active_layer(str(item.data(_ID_ROLE)))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if self._is_refreshing:
            return
        layer = self._document.picture.layer(str(item.data(_ID_ROLE)))
        is_visible = item.checkState() is Qt.CheckState.Checked
        name = item.text().strip() or layer.name
        if is_visible != layer.style.is_visible:
            label = "Show layer" if is_visible else "Hide layer"
            self._restyle(layer, replace(layer.style, is_visible=is_visible), label)
        elif name != layer.name:
            self._restyle(layer, replace(layer.style, name=name), "Rename layer")
        else:
            self.refresh()

    def _on_opacity(self, percent: int) -> None:
        layer = self._document.picture.active_layer
        self._restyle(layer, replace(layer.style, opacity=percent / 100), "Layer opacity")

    def _on_blend_activated(self) -> None:
        layer = self._document.picture.active_layer
        mode = self.blend_combo.currentData()
        if mode is not layer.style.blend_mode:
            self._restyle(layer, replace(layer.style, blend_mode=mode), "Blend mode")

    def _restyle(self, layer: Layer, style: LayerStyle, label: str) -> None:
        self._document.do(StyleLayer(layer.id, style, label))


def _show_layer(item: QListWidgetItem, layer: Layer) -> None:
    style = layer.style
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setText(style.name)
    item.setCheckState(Qt.CheckState.Checked if style.is_visible else Qt.CheckState.Unchecked)
    details = [f"{style.opacity:.0%}"] if style.opacity < 1 else []
    if style.blend_mode is not BlendMode.NORMAL:
        details.append(style.blend_mode.label)
    item.setData(DETAIL_ROLE, " · ".join(details))
    seen = "visible" if style.is_visible else "hidden"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{style.name}, {seen}")
