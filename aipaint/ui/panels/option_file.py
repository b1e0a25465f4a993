"""`FileChooser`: a button that makes a data address of a file, for options that take one."""

import base64
import mimetypes
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QToolButton

from aipaint.errors import AipaintError, UsageError
from aipaint.ui.icons import icon

_LARGEST_BYTES = 8_000_000


class FileChooser(QToolButton):
    """A picture goes as a PNG without what cameras write into files."""

    chosen = Signal(str)
    failed = Signal(str)  # why it cannot be taken

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(f"{object_name}_choose")
        self.setIcon(icon("folder-open"))
        self.setAccessibleName("Choose a file")
        self.setToolTip("Choose a file; it is sent inside the request")
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a file")
        if not name:
            return
        try:
            self.chosen.emit(data_address(Path(name)))
        except AipaintError as error:
            self.failed.emit(str(error))


def data_address(path: Path) -> str:
    """The file as an address that holds it. Raises UsageError, UnreadableFileError."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UsageError(
                f"{path.name} is too large to be sent inside a request.",
                "Put it on a server and give its https address.",
            )
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}.") from None
    if kind.startswith("image/"):
        # Imported when asked for: it brings codecs, which no window waits for.
        from aipaint.generation.references import reference_from_bytes

        kind, data = "image/png", reference_from_bytes(data, path.name).png
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
