"""`NeverSendShow`: what is never sent is seen on the canvas, dark and crossed out."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsItem

from aipaint.document.change import Change
from aipaint.document.document import Document
from aipaint.generation.never_send import NEVER_SEND
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.actions import Actions
from aipaint.ui.canvas.layer_mask_item import LayerMaskItem
from aipaint.ui.canvas.mask_item import MaskItem
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.mask_look import Hatching, MaskLook
from aipaint.ui.window_state import WindowState

# No color of its own that a mask could be given as well: dark with light crosses, which shows on
# light and on dark pictures.
_LOOK = MaskLook("#11151c", 68, Hatching.CROSSED)
_NOTHING = TileMap(TileFormat.COVERAGE)


class NeverSendShow(QObject):
    """Over the picture, under the mask; the View menu hides it, and that is remembered."""

    def __init__(
        self, document: Document, canvas: CanvasView, actions: Actions, state: WindowState
    ) -> None:
        super().__init__(canvas)
        self._document = document
        self._action = actions["view.neverSend"]
        self._state = state
        self.item = MaskItem(_NOTHING, _LOOK)
        canvas.scene().addItem(self.item)
        self.item.stackBefore(_above(canvas))
        self._action.setChecked(state.shows_never_send)
        document.changed.connect(self._on_document_changed)
        self._refresh()

    def slots(self) -> dict[str, Callable[[], object]]:
        """What its action does."""
        return {"view.neverSend": self._on_toggled}

    def _on_toggled(self) -> None:
        self._state.shows_never_send = self._action.isChecked()
        self._refresh()

    def _on_document_changed(self, change: Change) -> None:
        del change  # areas are replaced, also by what turns or cuts the picture
        self._refresh()

    def _refresh(self) -> None:
        area = self._document.picture.kept.get(NEVER_SEND, _NOTHING)
        if area is not self.item.mask:
            self.item.set_mask(area)
        self.item.setVisible(self._action.isChecked() and len(area) > 0)


def _above(canvas: CanvasView) -> QGraphicsItem:
    """What it lies under: a layer's mask that is shown in place of the picture, or results."""
    items = canvas.scene().items()
    masks = (item for item in items if isinstance(item, LayerMaskItem))
    return next(masks, canvas.candidate_item)
