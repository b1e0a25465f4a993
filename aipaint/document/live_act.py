"""`LiveAct`: something that shows on the picture before it is a step of the history."""

from typing import Protocol

from aipaint.document.change import Change
from aipaint.document.command import Command
from aipaint.document.picture import Picture


class LiveAct(Protocol):
    """A stroke, a shape being dragged: shown frame by frame, then recorded or taken back."""

    def show(self, picture: Picture) -> Change:
        """Put what is new since the last call on the picture."""

    def hide(self, picture: Picture) -> Change:
        """Put everything back as it was."""

    def command(self, label: str) -> Command | None:
        """What has been shown, as a command; None if nothing differs."""
