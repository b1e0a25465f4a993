"""`Command`: one undoable act. It returns what changed; the document tells everybody, once."""

from abc import ABC, abstractmethod

from aipaint.document.change import Change
from aipaint.document.picture import Picture
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile


class Command(ABC):
    """Names things by id, never by reference, so that the history stays true."""

    label: str

    @abstractmethod
    def apply(self, picture: Picture) -> Change:
        """Do it, or do it again."""

    @abstractmethod
    def revert(self, picture: Picture) -> Change:
        """Take it back exactly."""

    def merged_onto(self, previous: "Command") -> "Command | None":
        """One command that stands for both, for a slider that is still moving; None if apart."""
        del previous
        return None

    def pack(self, file: SpillFile | None) -> None:
        """Take less memory from now on, and (with a file) next to none. Any thread, also while the
        main thread applies or reverts; done twice it does no harm. Raises StorageError."""
        del file

    def tiles(self) -> list[Tile]:
        """Every whole tile that this record holds: whoever looks after memory packs those that
        nobody looks at. A command that holds one and does not name it here keeps it for ever."""
        return []

    @property
    def difference_byte_size(self) -> int:
        """Memory that packed differences take; whole tiles do not count."""
        return 0

    @property
    def byte_size(self) -> int:
        """Memory that this record keeps alive, if nothing else does."""
        return sum(tile.byte_size for tile in set(self.tiles()))

    @property
    def disk_byte_size(self) -> int:
        """Room that this record takes on the disk."""
        return sum(tile.disk_byte_size for tile in set(self.tiles()))
