"""`TileRecord`: tiles of one target before and after, as they are or as their difference."""

from dataclasses import dataclass

from aipaint.document.tile_deltas import TileDeltas
from aipaint.pixels.spill_file import SpillFile
from aipaint.pixels.tile import Tile
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap


class TileRecord:
    """References to the old and new tiles, no copies; packed, the compressed difference of both."""

    def __init__(self, before: TileEdits, after: TileEdits) -> None:
        # One attribute for both forms: the worker that packs replaces it in one step.
        self._form: Ends | TileDeltas = Ends(dict(before), dict(after))

    @property
    def ends(self) -> "Ends | None":
        """Both sides, for a step that grows; None once it is packed: nobody adds to an old one."""
        form = self._form
        return form if isinstance(form, Ends) else None

    def after(self, tiles: TileMap) -> TileEdits:
        """The edits that do it again, on tiles as they were before. Raises StorageError."""
        form = self._form
        return form.after if isinstance(form, Ends) else form.after(tiles)

    def before(self, tiles: TileMap) -> TileEdits:
        """The edits that take it back, on tiles as they were after. Raises StorageError."""
        form = self._form
        return form.before if isinstance(form, Ends) else form.before(tiles)

    def pack(self, file: SpillFile | None) -> None:
        """See `Command.pack`."""
        form = self._form
        if isinstance(form, Ends):
            form = TileDeltas(form.before, form.after, file)
        elif file is not None:
            form.spill(file)
        self._form = form

    def tiles(self) -> list[Tile]:
        """See `Command.tiles`."""
        form = self._form
        if isinstance(form, TileDeltas):
            return form.tiles()
        both = (*form.before.values(), *form.after.values())
        return [tile for tile in both if tile is not None]

    @property
    def difference_byte_size(self) -> int:
        """Memory that packed differences take."""
        form = self._form
        return form.difference_byte_size if isinstance(form, TileDeltas) else 0

    @property
    def byte_size(self) -> int:
        """Memory. Of two whole tiles at one place the other is in the picture, or in the next
        record."""
        form = self._form
        if isinstance(form, TileDeltas):
            return form.byte_size
        sides = (form.before.values(), form.after.values())
        return max(sum(tile.byte_size for tile in side if tile is not None) for side in sides)

    @property
    def disk_byte_size(self) -> int:
        """Room on the disk."""
        form = self._form
        if isinstance(form, TileDeltas):
            return form.disk_byte_size
        return sum(tile.disk_byte_size for tile in set(self.tiles()))


@dataclass(frozen=True)
class Ends:
    """Both sides of an edit, whole."""

    before: dict[TileKey, Tile | None]
    after: dict[TileKey, Tile | None]
