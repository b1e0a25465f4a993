"""`Opened`: what opening a file gives."""

from dataclasses import dataclass

from aipaint.document.picture import Picture


@dataclass(frozen=True, eq=False)
class Opened:
    """`notes` are sentences for the user about what could not be taken over as it was."""

    picture: Picture
    notes: tuple[str, ...] = ()
