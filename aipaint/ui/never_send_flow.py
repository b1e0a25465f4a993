"""`NeverSendFlow`: what must not leave this computer is marked, and freed again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aipaint.document.areas import AreaKind, set_area
from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.document.keep_area import KeepArea
from aipaint.document.together import Together
from aipaint.generation.never_send import NEVER_SEND
from aipaint.pixels.area import Combine, combined
from aipaint.ui.actions import Actions

if TYPE_CHECKING:
    from aipaint.document.command import Command


class NeverSendFlow(QObject):
    """Both are one step of the history."""

    def __init__(self, document: Document, actions: Actions, tell: Callable[[str], None]) -> None:
        super().__init__(document)
        self._document = document
        self._actions = actions
        self._tell = tell
        actions.connect({"mask.neverSend": self.hide_masked, "mask.sendAll": self.forget})
        document.changed.connect(self._on_changed)
        self._refresh()

    def hide_masked(self) -> None:
        """The mask is added to what is never sent, and is a mask no longer."""
        picture = self._document.picture
        if not len(picture.mask):
            self._tell("Nothing is masked. Paint a mask over what must not be sent.")
            return
        before = picture.kept.get(NEVER_SEND)
        area = (
            combined(before, picture.mask, Combine.ADD)
            if before is not None
            else picture.mask.copy()
        )
        label = "Never send"
        steps: list[Command] = [KeepArea(label, NEVER_SEND, area)]
        none = combined(picture.mask, picture.mask, Combine.SUBTRACT)
        unmask = set_area(label, picture, AreaKind.MASK, none)
        if unmask is not None:
            steps.append(unmask)
        self._document.do(Together(label, steps))
        self._tell("Crossed out: filled before a picture is sent, and comes back untouched.")

    def forget(self) -> None:
        if NEVER_SEND in self._document.picture.kept:
            self._document.do(KeepArea("Send everything again", NEVER_SEND, None))

    def _on_changed(self, change: Change) -> None:
        if change.parts & (Part.MASK | Part.KEPT):
            self._refresh()

    def _refresh(self) -> None:
        picture = self._document.picture
        self._actions.enable("mask.neverSend", len(picture.mask) > 0)
        self._actions.enable("mask.sendAll", NEVER_SEND in picture.kept)
