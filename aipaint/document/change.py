"""`Change`: what a command did, so that only that is drawn again."""

from dataclasses import dataclass
from enum import Flag, auto

from aipaint.pixels.rect import EMPTY_RECT, Rect


class Part(Flag):
    """Which parts of the picture are different now. Several at once are possible."""

    PIXELS = auto()
    MASK = auto()
    LAYERS = auto()  # the list of layers or one's name, order, style
    FRAME = auto()
    HISTORY = auto()  # undo and redo, or whether the document is saved
    SELECTION = auto()
    KEPT = auto()  # the areas kept by name
    EVERYTHING = PIXELS | MASK | LAYERS | FRAME | HISTORY | SELECTION | KEPT


@dataclass(frozen=True)
class Change:
    """`dirty` is the rectangle whose pixels or mask differ, empty where none do."""

    parts: Part
    dirty: Rect = EMPTY_RECT

    def with_(self, other: "Change") -> "Change":
        """Both changes in one."""
        return Change(self.parts | other.parts, self.dirty.united(other.dirty))
