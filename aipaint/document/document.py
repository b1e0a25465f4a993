"""`Document`: a picture with its undo history and one signal. Main thread only."""

from PySide6.QtCore import QObject, Signal

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.picture import Picture
from aipaint.document.undo_stack import UndoStack


class Document(QObject):
    """The only door to a picture: commands go in, `changed` comes out, once per act."""

    changed = Signal(object)  # Change

    def __init__(self, picture: Picture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.undo_stack = UndoStack()

    def do(self, command: Command) -> None:
        """Apply a command and record it."""
        change = command.apply(self.picture)
        self.undo_stack.push(command)
        self._tell(change)

    def undo(self) -> None:
        self._tell(self.undo_stack.undo(self.picture))

    def redo(self) -> None:
        self._tell(self.undo_stack.redo(self.picture))

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` commands are done; one signal for all of it."""
        change = Change(Part.HISTORY)
        while self.undo_stack.index > max(0, index):
            change = change.with_(self.undo_stack.undo(self.picture))
        while self.undo_stack.index < index and self.undo_stack.can_redo:
            change = change.with_(self.undo_stack.redo(self.picture))
        self._tell(change)

    def preview(self, stroke: LiveStroke) -> None:
        """Show what a stroke in progress has changed; nothing is recorded."""
        change = stroke.show(self.picture)
        if change.parts:
            self.changed.emit(change)

    def finish(self, stroke: LiveStroke, label: str) -> None:
        """Record a stroke that has been previewed."""
        self.preview(stroke)
        command = stroke.command(label)
        if command is not None:
            self.undo_stack.push(command)
            self.undo_stack.close_step()
            self._tell(Change(Part.HISTORY))

    def abandon(self, stroke: LiveStroke) -> None:
        """Take a stroke in progress back."""
        self.changed.emit(stroke.hide(self.picture))

    def set_active_layer(self, layer_id: str) -> None:
        """Which layer tools paint on. Not a step of the history."""
        self.picture.index_of(layer_id)
        self.picture.active_layer_id = layer_id
        self.changed.emit(Change(Part.LAYERS))

    def replace_picture(self, picture: Picture) -> None:
        """Another picture altogether: the history starts anew."""
        before = self.picture
        self.picture = picture
        self.undo_stack = UndoStack()
        self.changed.emit(Change(Part.EVERYTHING, before.frame.united(picture.frame)))

    @property
    def is_modified(self) -> bool:
        return not self.undo_stack.is_at_saved

    def mark_saved(self) -> None:
        self.undo_stack.mark_saved()
        self.changed.emit(Change(Part.HISTORY))

    def _tell(self, change: Change) -> None:
        self.changed.emit(change.with_(Change(Part.HISTORY)))
