"""`Together`: several commands as one step of the history."""

from collections.abc import Sequence

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile


class Together(Command):
    """Applied in order, reverted in the opposite order."""

    def __init__(self, label: str, commands: Sequence[Command]) -> None:
        self.label = label
        self._commands = tuple(commands)

    def apply(self, picture: Picture) -> Change:
        change = Change(Part(0))
        for command in self._commands:
            change = change.with_(command.apply(picture))
        return change

    def revert(self, picture: Picture) -> Change:
        change = Change(Part(0))
        for command in reversed(self._commands):
            change = change.with_(command.revert(picture))
        return change

    def pack(self, file: SpillFile | None) -> None:
        for command in self._commands:
            command.pack(file)

    def tiles(self) -> list[Tile]:
        return [tile for command in self._commands for tile in command.tiles()]

    @property
    def difference_byte_size(self) -> int:
        return sum(command.difference_byte_size for command in self._commands)

    @property
    def byte_size(self) -> int:
        return sum(command.byte_size for command in self._commands)

    @property
    def disk_byte_size(self) -> int:
        return sum(command.disk_byte_size for command in self._commands)
