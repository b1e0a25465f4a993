"""`WatchedRun`: a tool's long work on a worker, under a box with a way out."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.progress import ProgressDialog

if TYPE_CHECKING:
    from aipaint.pixels.transform import Progress

Answer = TypeVar("Answer")


class WatchedRun:
    """A `WatchedRunner`. What was stopped comes back as well: `done` is told by the answer."""

    def __init__(
        self, parent: QWidget, background: Background, tell: Callable[[str], None]
    ) -> None:
        self._parent = parent
        self._background = background
        self._tell = tell

    def __call__(
        self, call: "Callable[[Progress], Answer]", done: Callable[[Answer], None], message: str
    ) -> None:
        from aipaint.pixels.transform import Progress

        stop, shares = threading.Event(), [0.0]

        def report(share: float) -> None:
            shares[0] = share

        box = ProgressDialog(self._parent, message, lambda: shares[0])
        box.canceled.connect(stop.set)

        def ended(answer: Answer) -> None:
            box.end()
            done(answer)

        def failed(error: AipaintError) -> None:
            box.end()
            self._tell(f"{error.message} {error.hint}".strip())

        progress = Progress.until(stop, report)
        self._background.start(Work(lambda: call(progress), ended, failed))
