"""`ImageFlow`: the Image menu: sizes, quarter turns and flips of the whole picture."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aipaint.document.document import Document
from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.picture_size import PictureSizeDialog
from aipaint.ui.dialogs.progress import ProgressDialog

if TYPE_CHECKING:
    from aipaint.document.command import Command
    from aipaint.document.picture import Picture
    from aipaint.pixels.transform import Progress


class ImageFlow(QObject):
    """Resampling and turning is done on a worker, from a snapshot, while a box keeps everything
    else from happening. `failed` brings a title and the error."""

    failed = Signal(str, object)
    done = Signal()  # the frame is another one: worth showing whole

    def __init__(self, canvas: QWidget, document: Document, background: Background) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._background = background
        self._is_working = False

    def canvas_size(self) -> None:
        """Another frame about an anchor."""
        from aipaint.document.picture_shape import anchored_frame, cropped

        picture = self._document.picture
        dialog = PictureSizeDialog(self._canvas, picture.frame, has_anchor=True)
        if dialog.exec():
            self._document.settle()
            frame = anchored_frame(picture.frame, dialog.width_, dialog.height_, dialog.anchor)
            if frame != picture.frame or dialog.deletes_outside:
                deletes = dialog.deletes_outside
                self._document.do(
                    cropped(picture, frame, deletes_outside=deletes, label="Canvas size")
                )
                self.done.emit()
        dialog.deleteLater()

    def image_size(self) -> None:
        """Everything resampled."""
        from aipaint.document.picture_shape import resized

        frame = self._document.picture.frame
        dialog = PictureSizeDialog(self._canvas, frame, has_anchor=False)
        width, height = (dialog.width_, dialog.height_) if dialog.exec() else (0, 0)
        dialog.deleteLater()
        if width and (width, height) != (frame.width, frame.height):
            self._work(
                "Resizing the picture",
                lambda picture, progress: resized(picture, width, height, progress),
            )

    def turn(self, name: str) -> None:
        """`name` is one of `Turn`: LEFT, RIGHT, HALF, FLIP_HORIZONTALLY, FLIP_VERTICALLY."""
        from aipaint.document.picture_shape import Turn, turned

        self._work(
            "Turning the picture", lambda picture, progress: turned(picture, Turn[name], progress)
        )

    def _work(self, text: str, make: "Callable[[Picture, Progress], Command | None]") -> None:
        from aipaint.pixels.transform import Progress

        if self._is_working:
            return
        self._document.settle()
        self._is_working = True
        picture, stop, shares = self._document.picture, threading.Event(), [0.0]
        snapshot, index = picture.snapshot(), self._document.undo_stack.index

        def report(share: float) -> None:
            shares[0] = share

        box = ProgressDialog(self._canvas, text, lambda: shares[0])
        box.canceled.connect(stop.set)

        def end() -> None:
            self._is_working = False
            box.end()

        def done(command: "Command | None") -> None:
            end()
            if command is None or self._document.picture is not picture:
                return
            if self._document.undo_stack.index != index:
                self._work(text, make)  # something was done before the box came up
                return
            self._document.do(command)
            self.done.emit()

        def failed(error: AipaintError) -> None:
            end()
            self.failed.emit(text, error)

        progress = Progress.until(stop, report, self._document.shelve)
        self._background.start(Work(lambda: make(snapshot, progress), done, failed))
