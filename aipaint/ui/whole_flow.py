"""`WholeFlow`: enlarging, cutting out and variations from the Image menu, made on this computer."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aipaint.document.document import Document
from aipaint.generation.beyond import painted_bounds
from aipaint.generation.options import GenerateOptions
from aipaint.providers.request import Operation
from aipaint.ui.actions import Actions
from aipaint.ui.whole_actions import WHOLE_ACTIONS

if TYPE_CHECKING:
    from aipaint.generation.generator import Generator

_OFFLINE = "offline"
_VARIATIONS = 3


class WholeFlow(QObject):
    """Nothing is bought by it: its jobs go to the offline engine."""

    told = Signal(str)

    def __init__(self, document: Document, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._actions = actions
        self._generator: Generator | None = None
        wishes = {
            "image.upscaleTwice": _asks(Operation.UPSCALE, extra=(("scale", "2"),)),
            "image.upscaleFourfold": _asks(Operation.UPSCALE, extra=(("scale", "4"),)),
            "image.cutout": _asks(Operation.CUTOUT),
            "image.variations": _asks(Operation.VARIATIONS, count=_VARIATIONS),
        }
        for spec in WHOLE_ACTIONS:
            actions.connect({spec.id: partial(self._start, wishes[spec.id])})
            actions.enable(spec.id, False)

    def connect_generator(self, generator: "Generator") -> None:
        """From now on there is somebody to do it."""
        self._generator = generator
        for spec in WHOLE_ACTIONS:
            self._actions.enable(spec.id, True)

    def _start(self, options: GenerateOptions) -> None:
        picture = self._document.picture
        if self._generator is None:
            return
        if painted_bounds(picture).intersected(picture.frame).is_empty:
            self.told.emit("The frame is empty: open a picture, or paint something first.")
            return
        problem = self._generator.quote(options).problem
        if problem:
            self.told.emit(problem)
            return
        self._generator.enqueue(options)


def _asks(
    operation: Operation, *, count: int = 1, extra: tuple[tuple[str, str], ...] = ()
) -> GenerateOptions:
    return GenerateOptions(operation, _OFFLINE, count=count, extra=extra)
