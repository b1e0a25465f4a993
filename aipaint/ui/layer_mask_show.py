"""`LayerMaskShow`: the mask of the active layer instead of the picture, until it is left."""

from PySide6.QtCore import QObject, Signal

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.ui.canvas.layer_mask_item import LayerMaskItem
from aipaint.ui.canvas.view import CanvasView


class LayerMaskShow(QObject):
    """Alt+click on a mask, and the same again for the picture. Whoever stops painting on the mask
    sees the picture again as well."""

    shown_changed = Signal()

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._document = document
        self._layer_id = ""
        self.item = LayerMaskItem()
        canvas.scene().addItem(self.item)
        # Over the picture, under results that wait and what says where things are.
        self.item.stackBefore(canvas.candidate_item)
        document.changed.connect(self._on_document_changed)

    @property
    def is_shown(self) -> bool:
        return bool(self._layer_id)

    def toggle(self, layer_id: str = "") -> None:
        """Of the layer named, or of the active one. It becomes what tools paint on."""
        layer_id = layer_id or self._document.picture.active_layer_id
        is_again = layer_id == self._layer_id
        self._layer_id = ""
        if not is_again and self._document.picture.layer(layer_id).mask is not None:
            self._document.set_active_layer(layer_id, is_mask_active=True)
            self._layer_id = layer_id
        self._refresh()

    def _on_document_changed(self, change: Change) -> None:
        if not self._layer_id:
            return
        picture = self._document.picture
        if picture.active_layer_id != self._layer_id or not picture.is_mask_active:
            self._layer_id = ""
        if change.parts & Part.LAYERS or not self._layer_id:
            self._refresh()
        else:
            self.item.invalidate(change.dirty)

    def _refresh(self) -> None:
        layer = self._document.picture.active_layer
        mask = layer.mask if self._layer_id else None
        if mask is None:
            self._layer_id = ""
        self.item.show_mask(mask.tiles if mask is not None else None)
        self.shown_changed.emit()
