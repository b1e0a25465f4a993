"""`DocumentFlow`: what layer and mask actions do to the document."""

import logging
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, EditTiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import AddLayer, MoveLayer, RemoveLayer
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.pixels.tile_map import TileEdits
from aipaint.ui.background import Background, Work

_LOG = logging.getLogger(__name__)


class DocumentFlow(QObject):
    """Turns a menu's verb into a command. Masks of a whole frame are made on a worker."""

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background

    def new_layer(self) -> None:
        names = {layer.name for layer in self._document.picture.layers}
        number = len(names)
        while f"Layer {number}" in names:
            number += 1
        self._document.do(AddLayer(Layer(LayerStyle(name=f"Layer {number}"))))

    def duplicate_layer(self) -> None:
        layer = self._document.picture.active_layer
        style = replace(layer.style, name=f"{layer.name} copy")
        self._document.do(AddLayer(Layer(style, layer.tiles.copy()), "Duplicate layer"))

    def delete_layer(self) -> None:
        if len(self._document.picture.layers) > 1:
            self._document.do(RemoveLayer(self._document.picture.active_layer_id))

    def raise_layer(self) -> None:
        self._move_layer(1)

    def lower_layer(self) -> None:
        self._move_layer(-1)

    def clear_mask(self) -> None:
        picture = self._document.picture
        if len(picture.mask):
            edits = picture.mask.cleared()
            self._document.do(EditTiles.replacing("Clear mask", picture, MASK, edits))

    def mask_everything(self) -> None:
        self._set_mask("Mask everything", _everything)

    def invert_mask(self) -> None:
        self._set_mask("Invert mask", _inverted)

    def _move_layer(self, by: int) -> None:
        picture = self._document.picture
        index = picture.index_of(picture.active_layer_id) + by
        if 0 <= index < len(picture.layers):
            self._document.do(MoveLayer(picture.active_layer_id, index))

    def _set_mask(self, label: str, make: Callable[[Picture], TileEdits]) -> None:
        picture = self._document.picture
        snapshot = picture.snapshot()

        def done(edits: TileEdits) -> None:
            # Another picture may have been opened meanwhile.
            if self._document.picture is picture:
                self._document.do(EditTiles.replacing(label, picture, MASK, edits))

        self._background.start(Work(lambda: make(snapshot), done, _fault))


def _everything(picture: Picture) -> TileEdits:
    frame = picture.frame
    return picture.mask.with_pixels(frame, np.full((frame.height, frame.width), 255, np.uint8))


def _inverted(picture: Picture) -> TileEdits:
    return picture.mask.with_pixels(picture.frame, 255 - picture.mask.read(picture.frame))


def _fault(error: AipaintError) -> None:
    _LOG.error("The mask could not be made: %s", error)
