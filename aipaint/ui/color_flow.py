"""`ColorFlow`: keeps swatches and recent colors in the data folder."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from aipaint.errors import AipaintError
from aipaint.tools.color_box import ColorBox
from aipaint.tools.color_file import COLOR_FILE, colors_as_bytes, recall_colors, write_colors
from aipaint.ui.background import Background, Work

_WAIT_MILLISECONDS = 1500


class ColorFlow(QObject):
    """Reads the file once, writes it on a worker when colors have rested for a moment."""

    def __init__(self, home: Path, box: ColorBox, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._path = home / COLOR_FILE
        self._box = box
        self._background = background
        recall_colors(self._path, box)
        self._kept = colors_as_bytes(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MILLISECONDS)
        self._timer.timeout.connect(self.save)
        box.watch(self._timer.start)

    def save(self) -> None:
        """Write now what differs from the file."""
        self._timer.stop()
        data = colors_as_bytes(self._box)
        if data == self._kept:
            return
        self._kept = data
        path = self._path
        self._background.start(Work(lambda: write_colors(path, data), _done, self._on_failed))

    def _on_failed(self, error: AipaintError) -> None:
        # Colors are no work of the user's: the next change tries again, nobody is interrupted.
        del error
        self._kept = b""


def _done(_answer: None) -> None:
    """Nothing to do when it is written."""
