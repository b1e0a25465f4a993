"""`Document`: a picture with its undo history and one signal. Main thread only."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.live_act import LiveAct
from aipaint.document.memory_use import MemoryUse
from aipaint.document.picture import Picture
from aipaint.document.tile_keeper import TileKeeper
from aipaint.document.undo_stack import UndoStack
from aipaint.pixels.tile import Tile

_LOOK_MILLISECONDS = 1000


class Document(QObject):
    """The only door to a picture: commands go in, `changed` comes out, once per act."""

    changed = Signal(object)  # Change

    def __init__(self, picture: Picture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.undo_stack = UndoStack()
        self._take_back: Callable[[], None] | None = None
        self._shown: LiveAct | None = None  # between the first preview and the end of an act
        self._keeper: TileKeeper | None = None
        self._relief = QTimer(self)  # between events, while more is painted than can be packed
        self._relief.setInterval(0)

    def keep_within(self, keeper: TileKeeper) -> None:
        """Have the memory of tiles and history looked after, once a second from now on."""
        self._keeper = keeper
        timer = QTimer(self)
        timer.setInterval(_LOOK_MILLISECONDS)
        timer.timeout.connect(lambda: keeper.look(self.picture, self.undo_stack))
        timer.start()
        self._relief.timeout.connect(self._on_relief)

    def shelve(self, tile: Tile) -> None:
        """For work in the background: a tile it has made, which has to find room in memory. Any
        thread."""
        if self._keeper is not None:
            self._keeper.shelve(tile)

    def history_uses(self) -> list[MemoryUse]:
        """What each step takes, oldest first; a second old at most."""
        keeper = self._keeper
        known = [keeper.use_of(one) if keeper else None for one in self.undo_stack.commands]
        return [
            use if use is not None else MemoryUse(one.byte_size, one.disk_byte_size)
            for one, use in zip(self.undo_stack.commands, known, strict=True)
        ]

    def hold(self, take_back: Callable[[], None] | None) -> None:
        """Something unrecorded stays on the picture, with no button down (a transform before
        Enter). `take_back` is called before anything else happens to the picture; None: it is
        over."""
        self._take_back = take_back

    def settle(self) -> bool:
        """Take back what is held: what follows must meet the picture as it is recorded. True if
        there was something."""
        take_back, self._take_back = self._take_back, None
        if take_back is not None:
            take_back()
        return take_back is not None

    def do(self, command: Command) -> None:
        """Apply a command and record it."""
        self.settle()
        change = command.apply(self.picture)
        self.undo_stack.push(command)
        self._note()
        self._tell(change)

    def undo(self) -> None:
        """Take back what is held, or else the last command."""
        if not self.settle() and self._shown is None:
            self._tell(self.undo_stack.undo(self.picture))

    def redo(self) -> None:
        self.settle()
        # In the middle of a stroke the tiles are not those that the history left.
        if self._shown is None:
            self._tell(self.undo_stack.redo(self.picture))

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` commands are done; one signal for all of it."""
        self.settle()
        if self._shown is not None:
            return
        change = Change(Part.HISTORY)
        while self.undo_stack.index > max(0, index):
            change = change.with_(self.undo_stack.undo(self.picture))
        while self.undo_stack.index < index and self.undo_stack.can_redo:
            change = change.with_(self.undo_stack.redo(self.picture))
        self._tell(change)

    def preview(self, act: LiveAct) -> None:
        """Show what a stroke (or shape) in progress has changed; nothing is recorded."""
        self._shown = act
        change = act.show(self.picture)
        if change.parts:
            self.changed.emit(change)

    def finish(self, act: LiveAct, label: str) -> None:
        """Record a stroke (or shape) that has been previewed."""
        self.preview(act)
        self._shown = None
        command = act.command(label)
        if command is not None:
            self.undo_stack.push(command)
            self.undo_stack.close_step()
            self._note()
            self._tell(Change(Part.HISTORY))

    def abandon(self, act: LiveAct) -> None:
        """Take a stroke (or shape) in progress back."""
        self._shown = None
        self.changed.emit(act.hide(self.picture))

    def set_active_layer(self, layer_id: str, *, is_mask_active: bool = False) -> None:
        """Which layer tools paint on, or whose mask. Not a step of the history."""
        has_mask = self.picture.layer(layer_id).mask is not None
        self.settle()
        self.picture.active_layer_id = layer_id
        self.picture.is_mask_active = is_mask_active and has_mask
        self.changed.emit(Change(Part.LAYERS))

    def replace_picture(self, picture: Picture, *, is_saved: bool = True) -> None:
        """Another picture altogether: the history starts anew. One that is in no file yet (a
        pasted one) counts as modified until it is saved."""
        self.settle()
        self._shown = None
        before = self.picture
        self.picture = picture
        self.undo_stack = UndoStack(is_saved=is_saved)
        self.changed.emit(Change(Part.EVERYTHING, before.frame.united(picture.frame)))

    @property
    def is_modified(self) -> bool:
        return not self.undo_stack.is_at_saved

    def mark_saved(self) -> None:
        self.undo_stack.mark_saved()
        self.changed.emit(Change(Part.HISTORY))

    def _note(self) -> None:
        if self._keeper is not None and self._keeper.note(self.picture, self.undo_stack):
            self._relief.start()

    def _on_relief(self) -> None:
        if self._keeper is None or not self._keeper.relieve():
            self._relief.stop()

    def _tell(self, change: Change) -> None:
        self.changed.emit(change.with_(Change(Part.HISTORY)))
