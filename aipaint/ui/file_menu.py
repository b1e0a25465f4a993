"""`FileMenu`: the dialogs of the File menu, and what they guard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from aipaint.document.document import Document
from aipaint.document.picture import blank_picture
from aipaint.ui.dialogs.new_picture import NewPictureDialog
from aipaint.ui.dialogs.unsaved_changes import UnsavedAnswer, ask_about_unsaved_changes
from aipaint.ui.file_flow import PROJECT_SUFFIX, FileFlow
from aipaint.ui.window_state import WindowState

_OPENS = (
    "Pictures and projects (*.ora *.png *.jpg *.jpeg *.webp *.avif *.gif *.bmp *.tif *.tiff "
    "*.ppm *.ico *.tga);;All files (*)"
)
_SAVES = f"OpenRaster project (*{PROJECT_SUFFIX})"
_EXPORTS = "PNG (*.png);;JPEG (*.jpg *.jpeg);;WebP (*.webp)"


class FileMenu(QObject):
    """Asks for names and for what happens to unsaved changes; `FileFlow` does the work."""

    def __init__(
        self, window: QWidget, document: Document, files: FileFlow, state: WindowState
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._files = files
        self._state = state
        self._sample: Path | None = None

    def set_sample(self, path: Path) -> None:
        """The photograph that `open_sample` opens."""
        self._sample = path

    def is_sample(self, path: Path) -> bool:
        """It belongs to the program, not to the user."""
        return path == self._sample

    def guard(self, then: Callable[[], None]) -> None:
        """Do it at once if nothing would be lost; otherwise ask first, and save if wished."""
        if not self._document.is_modified:
            then()
            return
        answer = ask_about_unsaved_changes(self._window, self._files.name)
        if answer is UnsavedAnswer.SAVE:
            self.save(then)
        elif answer is UnsavedAnswer.DISCARD:
            then()

    def new(self) -> None:
        dialog = NewPictureDialog(self._window, self._document.picture.frame)
        if dialog.exec():
            frame = dialog.frame
            self.guard(lambda: self._files.start_new(blank_picture(frame.width, frame.height)))
        dialog.deleteLater()

    def open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._state.last_folder, _OPENS)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Replace the document by a file, after asking about unsaved changes."""
        self._state.last_folder = str(path.absolute().parent)
        self.guard(lambda: self._files.open(path))

    def open_result(self, path: Path, name: str) -> None:
        """Replace the document by a picture of the data folder, after asking the same."""
        self.guard(lambda: self._files.open(path, name))

    def open_sample(self) -> None:
        if self._sample is not None:
            sample = self._sample
            self.guard(lambda: self._files.open(sample))

    def save(self, then: Callable[[], None] | None = None) -> None:
        if self._files.path is None:
            self.save_as(then)
        else:
            self._files.save(self._files.path, then)

    def save_as(self, then: Callable[[], None] | None = None) -> None:
        path = self._asked_path("Save as", _SAVES, PROJECT_SUFFIX)
        if path is not None:
            self._files.save(path, then)

    def export(self) -> None:
        path = self._asked_path("Export", _EXPORTS, ".png")
        if path is not None:
            self._files.export(path)

    def _asked_path(self, title: str, filters: str, suffix: str) -> Path | None:
        dialog = QFileDialog(self._window, title, self._state.last_folder, filters)
        dialog.setObjectName("fileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        # JPEG chosen in the list of kinds must not become "name.png".
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_suffix_of(kind)))
        dialog.selectFile(Path(self._files.name).stem + suffix)
        is_accepted = bool(dialog.exec())
        names = dialog.selectedFiles()
        dialog.deleteLater()
        if not is_accepted or not names:
            return None
        path = Path(names[0])
        self._state.last_folder = str(path.parent)
        return path


def _suffix_of(kind: str) -> str:
    """ "JPEG (*.jpg *.jpeg)" -> "jpg"."""
    return kind.partition("*.")[2].partition(")")[0].split()[0]
