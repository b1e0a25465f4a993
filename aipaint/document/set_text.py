"""`SetText`: a text on a layer; while it is typed, all of it is one step."""

from dataclasses import dataclass

from aipaint.document.change import Change
from aipaint.document.command import Command
from aipaint.document.edit_tiles import EditTiles
from aipaint.document.picture import Picture
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits


@dataclass(frozen=True, eq=False)
class Lettering:
    """Identity of one text from its first letter until it is left."""

    label: str = "Text"


class SetText(Command):
    """Two of the same lettering are merged: from before the first letter to the last one."""

    def __init__(
        self, lettering: Lettering, target: str, before: TileEdits, after: TileEdits
    ) -> None:
        self.label = lettering.label
        self._lettering = lettering
        self._target = target
        self._edit = EditTiles(lettering.label, target, before, after)
        # What merging needs; a packed text is an old one, nobody types in it any more.
        self._ends: tuple[TileEdits, TileEdits] | None = (dict(before), dict(after))

    def apply(self, picture: Picture) -> Change:
        return self._edit.apply(picture)

    def revert(self, picture: Picture) -> Change:
        return self._edit.revert(picture)

    def merged_onto(self, previous: Command) -> Command | None:
        if not isinstance(previous, SetText) or previous._lettering is not self._lettering:
            return None
        earlier, mine = previous._ends, self._ends
        if earlier is None or mine is None:
            return None
        before, after = {**mine[0], **earlier[0]}, {**earlier[1], **mine[1]}
        return SetText(self._lettering, self._target, before, after)

    def pack(self, file: SpillFile | None) -> None:
        self._ends = None
        self._edit.pack(file)

    def tiles(self) -> list[Tile]:
        return self._edit.tiles()

    @property
    def difference_byte_size(self) -> int:
        return self._edit.difference_byte_size

    @property
    def byte_size(self) -> int:
        return self._edit.byte_size

    @property
    def disk_byte_size(self) -> int:
        return self._edit.disk_byte_size
