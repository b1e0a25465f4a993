"""`LayerMaskFlow`: masks of layers: add, paint on, switch off, delete."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from aipaint.document.document import Document
from aipaint.document.layer import LayerMask
from aipaint.document.layer_mask_commands import SetLayerMask
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap


class LayerMaskFlow(QObject):
    """Works on the active layer. A new mask is what tools paint on next."""

    told = Signal(str)  # a sentence for the status bar

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.let_go: Callable[[], None] = lambda: None

    def add(self) -> None:
        """From the selection; where there is none, one that shows everything."""
        if self._document.picture.selection is None:
            self.reveal_all()
        else:
            self.from_selection()

    def reveal_all(self) -> None:
        self._add("Add mask that reveals all", OpenArea())

    def hide_all(self) -> None:
        self._add("Add mask that hides all", TileMap(TileFormat.COVERAGE))

    def from_selection(self) -> None:
        selection = self._document.picture.selection
        if selection is None:
            self.told.emit("Nothing in particular is selected. Select something first.")
            return
        self._add("Add mask from selection", selection.copy())

    def toggle_editing(self) -> None:
        """Tools paint on the mask, or on the layer again."""
        picture = self._document.picture
        self.edit(picture.active_layer_id, not picture.is_mask_active)

    def edit(self, layer_id: str, is_mask: bool) -> None:
        """Make a layer or its mask what tools paint on."""
        self.let_go()
        self._document.set_active_layer(layer_id, is_mask_active=is_mask)
        if is_mask:
            self.told.emit("Painting on the layer mask: the brush reveals, the eraser hides.")

    def toggle_enabled(self, layer_id: str = "") -> None:
        picture = self._document.picture
        layer = picture.layer(layer_id or picture.active_layer_id)
        if layer.mask is None:
            return
        label = "Switch layer mask off" if layer.mask.is_enabled else "Switch layer mask on"
        mask = replace(layer.mask, is_enabled=not layer.mask.is_enabled)
        self._put(label, layer.id, mask, is_active=picture.is_mask_active)

    def delete(self) -> None:
        layer = self._document.picture.active_layer
        if layer.mask is not None:
            self._put("Delete layer mask", layer.id, None)

    def _add(self, label: str, tiles: TileMap) -> None:
        layer = self._document.picture.active_layer
        if layer.mask is not None:
            self.told.emit(f"“{layer.name}” has a mask already.")
            return
        self._put(label, layer.id, LayerMask(tiles), is_active=True)

    def _put(
        self, label: str, layer_id: str, mask: LayerMask | None, *, is_active: bool = False
    ) -> None:
        self.let_go()
        self._document.do(SetLayerMask(label, layer_id, mask, is_active=is_active))
