"""`UndoStack`: the commands that can be taken back, and those that can be done again."""

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.tile import Tile

_NOTHING = Change(Part(0))


class UndoStack:
    """`index` counts the commands that are done; those after it are redone from."""

    def __init__(self, *, is_saved: bool = True) -> None:
        self._commands: list[Command] = []
        self.index = 0
        self._saved_index: int | None = 0 if is_saved else None
        self._is_open = False

    @property
    def labels(self) -> list[str]:
        """All commands, oldest first, done or undone."""
        return [command.label for command in self._commands]

    @property
    def can_undo(self) -> bool:
        return self.index > 0

    @property
    def can_redo(self) -> bool:
        return self.index < len(self._commands)

    @property
    def undo_label(self) -> str:
        return self._commands[self.index - 1].label if self.can_undo else ""

    @property
    def redo_label(self) -> str:
        return self._commands[self.index].label if self.can_redo else ""

    @property
    def is_at_saved(self) -> bool:
        """Nothing differs from what was last saved."""
        return self._saved_index == self.index

    def mark_saved(self) -> None:
        self._saved_index = self.index
        self._is_open = False

    def close_step(self) -> None:
        """The next command starts a step of its own, even where it could be merged."""
        self._is_open = False

    def push(self, command: Command) -> None:
        """Record a command that has just been applied."""
        if self._saved_index is not None and self._saved_index > self.index:
            self._saved_index = None
        del self._commands[self.index :]
        merged = command.merged_onto(self._commands[-1]) if self._mergeable() else None
        if merged is not None:
            self._commands[-1] = merged
        else:
            self._commands.append(command)
            self.index += 1
        self._is_open = True

    def undo(self, picture: Picture) -> Change:
        """Take back the last command; nothing where there is none."""
        if not self.can_undo:
            return _NOTHING
        self._is_open = False
        change = self._commands[self.index - 1].revert(picture)
        self.index -= 1
        return change

    def redo(self, picture: Picture) -> Change:
        """Do the next undone command again; nothing where there is none."""
        if not self.can_redo:
            return _NOTHING
        self._is_open = False
        change = self._commands[self.index].apply(picture)
        self.index += 1
        return change

    @property
    def commands(self) -> tuple[Command, ...]:
        """All records, oldest first, for whoever packs them."""
        return tuple(self._commands)

    def newest_tiles(self) -> list[Tile]:
        """What the last record that is done holds; see `Command.tiles`."""
        return self._commands[self.index - 1].tiles() if self.can_undo else []

    def forget_oldest(self, byte_count: int) -> None:
        """Drop done commands from the oldest on until so much memory is free; the newest stays."""
        while byte_count > 0 and self.index > 1:
            byte_count -= self._commands.pop(0).byte_size
            self.index -= 1
            if self._saved_index is not None:
                self._saved_index = self._saved_index - 1 if self._saved_index > 0 else None

    @property
    def byte_size(self) -> int:
        """Memory that the history takes now; what is on disk does not count."""
        return sum(command.byte_size for command in self._commands)

    @property
    def disk_byte_size(self) -> int:
        """Room that the history takes on the disk."""
        return sum(command.disk_byte_size for command in self._commands)

    def _mergeable(self) -> bool:
        return self._is_open and bool(self._commands) and self._saved_index != self.index
