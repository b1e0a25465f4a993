"""`LayersPanel`: the layers from the top down, and the style of the active one."""

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QToolButton

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import StyleLayer
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background
from aipaint.ui.panels.blend_combo import BlendCombo
from aipaint.ui.panels.layer_delegate import LayerDelegate
from aipaint.ui.panels.layer_model import LAYER_ROLE, LayerModel
from aipaint.ui.panels.layer_thumbnails import LayerThumbnails
from aipaint.ui.panels.layer_tree_view import LayerTreeView
from aipaint.ui.panels.news_bar import NewsBar
from aipaint.ui.panels.panel import GAP, Panel, field_label
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

_STYLES = ("layer.clip", "layer.alphaLock", "layer.lock")
_BUTTONS = (
    "layer.new", "layer.group", "layer.addMask", "layer.duplicate", "layer.mergeDown",
    "layer.raise", "layer.lower", "layer.delete",
)  # fmt: skip
_CONTEXT = (
    "layer.rename", "layer.duplicate", "layer.delete", "",
    "layer.group", "layer.ungroup", "layer.mergeDown", "layer.mergeVisible", "",
    "layer.clip", "layer.passThrough", "layer.alphaLock", "layer.lock", "layer.solo", "",
    "layer.runAgain", "",
    "layer.addMask", "layer.maskEdit", "layer.maskAlone", "layer.maskOff", "layer.maskApply",
    "layer.maskDelete",
)  # fmt: skip


class LayersPanel(Panel):
    """Shows the document and asks it for commands; of the layers it knows only which are folded."""

    solo_wanted = Signal(str)  # layer id
    target_wanted = Signal(str, bool)  # layer id, whether its mask is meant
    mask_switched = Signal(str)  # layer id
    mask_alone_wanted = Signal(str)  # layer id
    moved = Signal(object, int, str)  # layer ids, place from the bottom, group id

    def __init__(self, document: Document, actions: Actions) -> None:
        super().__init__("layersPanel", "Layers")
        self._document = document
        self._actions = actions
        self._is_refreshing = False
        self._folded: set[str] = set()
        self._build_style()
        self._build_list()
        self.stale_bar = NewsBar(
            "staleBar", "refresh-cw", "&Run again", "Make the layer anew, at the price shown"
        )
        self.column.addWidget(self.stale_bar)
        self._build_buttons()
        document.changed.connect(self._on_document_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the layers as they are now."""
        self._is_refreshing = True
        picture = self._document.picture
        if self.model.refresh():
            self._restore_folds()
        self.list.setRootIsDecorated(self.model.has_groups)
        current = self.model.index_of(picture.active_layer_id)
        if self.list.currentIndex() != current:
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(current, choose)
        style = picture.active_layer.style
        self.opacity.set_value(round(style.opacity * 100))
        self.blend_combo.show_layer(picture.active_layer)
        self.list.viewport().update()
        self._is_refreshing = False

    def chosen_ids(self) -> list[str]:
        """The layers whose rows are selected; the active one at least."""
        indexes = self.list.selectionModel().selectedIndexes()
        layers = [index.data(LAYER_ROLE) for index in indexes]
        ids = [layer.id for layer in layers if isinstance(layer, Layer)]
        active = self._document.picture.active_layer_id
        return ids if active in ids else [active]

    def rename_active(self) -> None:
        """Open the field over the active layer's name."""
        index = self.model.index_of(self._document.picture.active_layer_id)
        self.list.scrollTo(index)
        self.list.edit(index)

    def show_notes(self, notes: dict[str, str]) -> None:
        """What a person should know of single layers, by id; it stands under their names."""
        if notes != self.model.notes:
            self.model.notes = notes
            self.list.viewport().update()

    def start_thumbnails(self, background: Background) -> None:
        """The window is there: small pictures may be made."""
        self.thumbnails.start(background)

    def _build_style(self) -> None:
        self.blend_combo = BlendCombo()
        self.blend_combo.activated.connect(self._on_blend_activated)
        self.opacity = NumberSlider("opacity", "&Opacity", NumberRange(0, 100, "%"))
        self.opacity.value_changed.connect(self._on_opacity)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(field_label("B&lend", self.blend_combo))
        row.addWidget(self.blend_combo, 1)
        for action_id in _STYLES:
            self._add_button(row, action_id)
        self.column.addLayout(row)
        self.column.addWidget(self.opacity)

    def _build_list(self) -> None:
        self.model = LayerModel(self._document, self)
        self.model.restyled.connect(self._on_restyled)
        self.model.moved.connect(self.moved)
        self.list = LayerTreeView()
        self.list.setModel(self.model)
        self.thumbnails = LayerThumbnails(self._document, self.list.shown_ids, self)
        self.thumbnails.is_open = lambda layer_id: layer_id not in self._folded
        self.thumbnails.changed.connect(self.list.viewport().update)
        self.list.setItemDelegate(LayerDelegate(self._document, self.thumbnails, self.list))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.expanded.connect(self._on_expanded)
        self.list.collapsed.connect(self._on_collapsed)
        self.list.eye_clicked.connect(self._on_eye_clicked)
        self.list.picture_clicked.connect(self._on_picture_clicked)
        self.list.mask_clicked.connect(self._on_mask_clicked)
        self.list.mask_alone_clicked.connect(self.mask_alone_wanted)
        self.list.delete_pressed.connect(self._actions["layer.delete"].trigger)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
        self.list.verticalScrollBar().valueChanged.connect(self.thumbnails.look_again)
        self.list.verticalScrollBar().rangeChanged.connect(self.thumbnails.look_again)
        self.column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)  # what the keyboard comes for

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        for action_id in _BUTTONS:
            if action_id == "layer.delete":
                row.addStretch(1)
            self._add_button(row, action_id)
        self.column.addLayout(row)

    def _add_button(self, row: QBoxLayout, action_id: str) -> None:
        button = QToolButton()
        button.setDefaultAction(self._actions[action_id])
        button.setObjectName(f"{action_id}.button")
        button.setAccessibleName(self._actions[action_id].text().replace("&", ""))
        button.setIconSize(QSize(18, 18))
        row.addWidget(button)

    def _restore_folds(self) -> None:
        there = {layer.id for layer in self._document.picture.layers}
        self._folded &= there
        self.list.expandAll()
        for layer_id in self._folded:
            self.list.collapse(self.model.index_of(layer_id))

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.LAYERS:
            self.refresh()

    def _on_current_changed(self, index: QModelIndex) -> None:
        layer = index.data(LAYER_ROLE)
        if isinstance(layer, Layer) and not self._is_refreshing:
            self.target_wanted.emit(layer.id, False)

    def _on_expanded(self, index: QModelIndex) -> None:
        self._fold(index, False)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._fold(index, True)

    def _fold(self, index: QModelIndex, is_folded: bool) -> None:
        layer = index.data(LAYER_ROLE)
        if isinstance(layer, Layer) and not self._is_refreshing:
            (self._folded.add if is_folded else self._folded.discard)(layer.id)
            self.thumbnails.look_again()

    def _on_eye_clicked(self, layer_id: str, is_alone: bool) -> None:
        if is_alone:
            self.solo_wanted.emit(layer_id)
            return
        index = self.model.index_of(layer_id)
        is_visible = self._document.picture.layer(layer_id).style.is_visible
        state = Qt.CheckState.Unchecked if is_visible else Qt.CheckState.Checked
        self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _on_picture_clicked(self, layer_id: str) -> None:
        if self._document.picture.is_mask_active:
            self.target_wanted.emit(layer_id, False)

    def _on_mask_clicked(self, layer_id: str, is_switch: bool) -> None:
        if is_switch:
            self.mask_switched.emit(layer_id)
        else:
            self.target_wanted.emit(layer_id, True)

    def _on_menu_requested(self, where: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setObjectName("layerMenu")
        menu.setToolTipsVisible(False)
        for action_id in _CONTEXT:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(where))

    def _on_opacity(self, percent: int) -> None:
        layer = self._document.picture.active_layer
        self._on_restyled(layer.id, replace(layer.style, opacity=percent / 100), "Layer opacity")

    def _on_blend_activated(self) -> None:
        layer = self._document.picture.active_layer
        style = self.blend_combo.chosen(layer.style)
        if style != layer.style:
            self._on_restyled(layer.id, style, "Blend mode")

    def _on_restyled(self, layer_id: str, style: LayerStyle, label: str) -> None:
        self._document.do(StyleLayer(layer_id, style, label))
