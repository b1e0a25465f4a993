"""`EditMenu`: the actions of the Edit menu at work, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import UnreadableFileError
from aipaint.pixels.rect import Rect
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.drop_target import DroppedBytes, read_dropped
from aipaint.ui.edit_flow import EditFlow
from aipaint.ui.file_flow import FileFlow
from aipaint.ui.picture_clipboard import place_in
from aipaint.ui.text_field_keys import TextFieldKeys

_PICTURE_ACTIONS = (
    "edit.cut", "edit.copy", "edit.copyMerged", "edit.paste", "edit.pasteInPlace", "edit.clear",
    "edit.fillForeground", "edit.fillBackground",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class EditStage:
    """The parts of the window it works with."""

    window: QWidget
    document: Document
    toolbox: Toolbox
    canvas: CanvasView
    actions: Actions
    background: Background
    files: FileFlow


class EditMenu(QObject):
    """`EditFlow` does the work; undo and redo tell what they would do."""

    def __init__(self, stage: EditStage, tell: Callable[[str], None]) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._tell = tell
        self._flow = EditFlow(stage.document, stage.toolbox, stage.background, self)
        self._flow.told.connect(tell)
        self._flow.let_go = stage.canvas.pointer.cancel
        TextFieldKeys(stage.window, [stage.actions[name] for name in _PICTURE_ACTIONS])
        stage.document.changed.connect(self._on_document_changed)
        self._refresh()

    def slots(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        flow, document = self._flow, self._stage.document
        pictured: dict[str, Callable[[], object]] = {
            "edit.cut": flow.cut,
            "edit.copy": flow.copy,
            "edit.copyMerged": flow.copy_merged,
            "edit.clear": flow.clear,
            "edit.fillForeground": partial(flow.fill, is_background=False),
            "edit.fillBackground": partial(flow.fill, is_background=True),
        }
        return {
            "edit.undo": document.undo,
            "edit.redo": document.redo,
            "edit.paste": self.paste,
            "edit.pasteInPlace": self.paste_in_place,
            **{name: partial(self._if_seen, act) for name, act in pictured.items()},
        }

    def paste(self) -> None:
        """A picture from the clipboard, in the middle of what is seen."""
        self._stage.canvas.pointer.cancel()
        try:
            dropped = read_dropped(QGuiApplication.clipboard().mimeData())
        except UnreadableFileError as error:
            show_error(self._stage.window, "Nothing to paste", error)
            return
        self._stage.files.take(dropped, self._stage.canvas.visible_center())

    def paste_in_place(self) -> None:
        """Where it lay when it was copied; a picture from elsewhere goes to the middle."""
        mime = QGuiApplication.clipboard().mimeData()
        place = place_in(mime)
        png = bytes(mime.data("image/png").data())
        if place is None or not png:
            self._tell("That was not copied in aipaint: it is pasted in the middle.")
            self.paste()
            return
        self._stage.canvas.pointer.cancel()
        middle = QPointF(place.x + place.width / 2, place.y + place.height / 2)
        self._stage.files.place(DroppedBytes(png, "Pasted picture"), middle)
        self._tell(self._whereabouts(place))

    def _whereabouts(self, place: Rect) -> str:
        if self._stage.document.picture.frame.intersected(place).is_empty:
            return "It lies outside of the frame: there it was copied."
        return f"Pasted in its place at {place.x}, {place.y}."

    def _if_seen(self, act: Callable[[], object]) -> None:
        """Behind the start page nothing is painted by accident."""
        if self._stage.canvas.isVisible():
            act()
        else:
            self._tell("Open a picture first.")

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.HISTORY:
            self._refresh()

    def _refresh(self) -> None:
        actions, stack = self._stage.actions, self._stage.document.undo_stack
        actions.name("edit.undo", f"&Undo {_escaped(stack.undo_label)}".strip())
        actions.name("edit.redo", f"&Redo {_escaped(stack.redo_label)}".strip())
        actions.enable("edit.undo", stack.can_undo)
        actions.enable("edit.redo", stack.can_redo)


def _escaped(label: str) -> str:
    """A label may hold a prompt; its signs are no mnemonics."""
    return label.replace("&", "&&")
