"""`SetFrame`: what is exported and what a model sees."""

from aipaint.document.change import Change, Part
from aipaint.document.command import Command
from aipaint.document.picture import Picture
from aipaint.pixels.rect import Rect


class SetFrame(Command):
    """Move or resize the frame; pixels stay where they are."""

    label = "Change frame"

    def __init__(self, frame: Rect) -> None:
        self._frame = frame
        self._frame_before: Rect | None = None

    def apply(self, picture: Picture) -> Change:
        before, picture.frame = picture.frame, self._frame
        self._frame_before = before
        return Change(Part.FRAME, before.united(self._frame))

    def revert(self, picture: Picture) -> Change:
        if self._frame_before is not None:
            picture.frame = self._frame_before
        return Change(Part.FRAME, self._frame.united(picture.frame))
