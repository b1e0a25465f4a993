"""`AdjustFlow`: the Adjust menu: opens dialogs, previews, applies."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from aipaint.document.edit_tiles import MASK, EditTiles, target_tiles
from aipaint.document.paint_rules import refusal
from aipaint.pixels.area import difference, rectangle_area
from aipaint.ui.adjust_session import AdjustSession, Stage, adjusted_area
from aipaint.ui.background import Work
from aipaint.ui.canvas.look_only import LookOnly
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.adjust_dialog import AdjustDialog

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aipaint.errors import AipaintError
    from aipaint.pixels.adjust import Adjustment
    from aipaint.tools.pointer_event import PointerEvent

LOOKING = "The picture can be moved and zoomed meanwhile. Enter applies, Esc gives up."
_OF_COLOR = ("adjust.hue", "adjust.balance")
_POLL_MILLISECONDS = 60


class AdjustFlow(QObject):
    """One dialog at a time. `told` is a sentence for the status bar."""

    told = Signal(str)
    closed = Signal()  # the canvas is for painting again

    def __init__(self, canvas: CanvasView, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._stage = stage
        self._dialog: AdjustDialog | None = None
        self._session: AdjustSession | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_POLL_MILLISECONDS)
        self._clock.timeout.connect(self._on_clock)
        # The preview is of what is seen; of each step of a drag would be too often.
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_POLL_MILLISECONDS)
        self._follow.timeout.connect(self._on_view_settled)
        canvas.view_port.moved.connect(self._on_view_moved)

    def open(self, action_id: str) -> None:
        """The dialog of an adjustment, with a preview of its first settings."""
        # Imported here: the forms bring numpy and cv2 tables that only few sessions need.
        from aipaint.ui.dialogs.adjust_forms import FORMS

        if not self._may_begin(needs_color=action_id in _OF_COLOR):
            return
        dialog = self._dialog = AdjustDialog(self._canvas, FORMS[action_id]())
        target = self._stage.target()
        self._session = AdjustSession(self._stage, target, self._on_end)
        if target != self._stage.document.picture.active_layer_id:
            dialog.setWindowTitle(f"{dialog.form.title} of the mask")
        dialog.previewed.connect(self._on_previewed)
        dialog.applied.connect(self._on_applied)
        dialog.given_up.connect(self._on_given_up)
        if dialog.form.wants_histogram:
            self._ask_histogram(dialog)
        self._canvas.pointer.look_only(LookOnly(self._on_key, self._on_press))
        dialog.show()
        dialog.activateWindow()
        self.told.emit(LOOKING)
        self._on_previewed(True)

    def invert(self) -> None:
        from aipaint.pixels.adjust import Invert

        picture = self._stage.document.picture
        if self._stage.target() == MASK and not len(picture.mask):
            full = difference(picture.mask, rectangle_area(picture.frame))
            self._stage.document.do(EditTiles.replacing("Invert mask", picture, MASK, full))
        else:
            self._apply_now(Invert(), needs_color=False)

    def desaturate(self) -> None:
        from aipaint.pixels.adjust import Desaturate

        self._apply_now(Desaturate(), needs_color=True)

    def _apply_now(self, adjustment: "Adjustment", *, needs_color: bool) -> None:
        if self._may_begin(needs_color=needs_color):
            self._session = AdjustSession(self._stage, self._stage.target(), self._on_end)
            self._session.finish(adjustment)

    def _may_begin(self, *, needs_color: bool) -> bool:
        if self._session is not None:
            return False
        self._stage.document.settle()
        reason = self._why_not(needs_color=needs_color)
        if reason:
            self.told.emit(reason)
        return not reason

    def _why_not(self, *, needs_color: bool) -> str:
        picture, target = self._stage.document.picture, self._stage.target()
        reason = refusal(picture, target)
        if reason:
            return reason
        if target == picture.active_layer_id:
            is_empty = not len(target_tiles(picture, target))
            return f"The layer “{picture.active_layer.name}” is empty." if is_empty else ""
        if needs_color:
            return "A mask has no colors. Choose another tool, or the layer's own pixels."
        return "Nothing is masked yet." if target == MASK and not len(picture.mask) else ""

    def _ask_histogram(self, dialog: AdjustDialog) -> None:
        from aipaint.pixels.adjust_tiles import histogram

        picture = self._stage.document.picture
        target = self._stage.target()
        tiles = target_tiles(picture, target).copy()
        area = adjusted_area(picture, target)

        def done(counts: "NDArray[np.float64]") -> None:
            if self._dialog is dialog:
                dialog.form.set_histogram(counts)

        def failed(error: "AipaintError") -> None:
            self.told.emit(str(error))

        self._stage.background.start(Work(lambda: histogram(tiles, area), done, failed))

    def _on_previewed(self, is_shown: bool) -> None:
        if self._session is not None and self._dialog is not None:
            self._session.preview(self._dialog.form.adjustment() if is_shown else None)

    def _on_applied(self) -> None:
        if self._session is not None and self._dialog is not None:
            self._dialog.start_work()
            self._clock.start()
            self._session.finish(self._dialog.form.adjustment())

    def _on_given_up(self) -> None:
        if self._session is not None:
            self._session.abandon()

    def _on_end(self) -> None:
        self._clock.stop()
        self._session = None
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            self._canvas.pointer.look_only(None)
            self.closed.emit()
            dialog.done(AdjustDialog.DialogCode.Accepted.value)
            dialog.deleteLater()

    def _on_key(self, is_apply: bool) -> None:
        """Enter or Esc while the canvas has the focus."""
        if self._dialog is not None:
            if is_apply:
                self._dialog.apply_button.click()
            else:
                self._dialog.reject()

    def _on_press(self, event: "PointerEvent") -> bool:
        """A click in the picture, for a form that waits for a color."""
        if self._dialog is None or self._session is None or not self._dialog.form.wants_pixel:
            return False
        color = self._session.color_at(math.floor(event.x), math.floor(event.y))
        if color is None:
            self.told.emit("Nothing is painted there.")
        else:
            self._dialog.form.take_pixel(color)
        return True

    def _on_view_moved(self) -> None:
        if self._dialog is not None and not self._follow.isActive():
            self._follow.start()

    def _on_view_settled(self) -> None:
        if self._dialog is not None and not self._dialog.is_working:
            self._on_previewed(self._dialog.preview.isChecked())

    def _on_clock(self) -> None:
        if self._session is not None and self._dialog is not None:
            self._dialog.show_progress(self._session.share)
