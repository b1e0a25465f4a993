"""`ReferenceList`: pictures that are sent along to show what is meant."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aipaint.errors import AipaintError, UnreadableFileError
from aipaint.ui.background import Background, Work
from aipaint.ui.drop_target import (
    DroppedBytes,
    DroppedFiles,
    DroppedImage,
    could_be_dropped,
    read_dropped,
)
from aipaint.ui.icons import icon
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

if TYPE_CHECKING:
    from aipaint.providers.request import InputImage

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.avif *.bmp *.tif *.tiff);;All files (*)"
_SIDE = 40


class ReferenceList(QWidget):
    """Added by a button, dropped here or pasted. Files are read on a worker."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._background: Background | None = None
        self._most = 0
        self._images: list[InputImage] = []
        self.list = _Pictures()
        self.list.removal_wanted.connect(self.remove)
        self.list.paste_wanted.connect(self.paste)
        self.list.itemSelectionChanged.connect(self._show_state)
        self.caption = PlainLabel("", Tone.MUTED)
        self.caption.setBuddy(self.list)
        self.note = PlainLabel("", Tone.WARNING, wraps=True)
        self.note.setObjectName("referenceNote")
        self.add_button = _button("addReferenceButton", "image-plus", "Add reference pictures…")
        self.add_button.clicked.connect(self._choose)
        self.paste_button = _button("pasteReferenceButton", "clipboard-paste", "Paste a reference")
        self.paste_button.clicked.connect(self.paste)
        self.remove_button = _button("removeReferenceButton", "trash", "Remove it (Del)")
        self.remove_button.clicked.connect(self.remove)
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.caption, 1)
        for button in (self.add_button, self.paste_button, self.remove_button):
            head.addWidget(button)
        head.setSpacing(2)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self.note)
        self.setAcceptDrops(True)
        self.show_limit(0)

    @property
    def images(self) -> "tuple[InputImage, ...]":
        """As many as the model takes."""
        return tuple(self._images[: self._most])

    def use(self, background: Background) -> None:
        """Where files are read."""
        self._background = background

    def show_limit(self, most: int) -> None:
        """How many the model takes; with 0 the list is hidden, what is in it stays."""
        self._most = most
        self.setVisible(most > 0)
        self._show_state()

    def show_images(self, images: "Sequence[InputImage]") -> None:
        """These and no others, as a job had them."""
        self._images.clear()
        self.list.clear()
        for image in images:
            self._add(image)
        self._show_state()

    def take(self, mime: QMimeData) -> None:
        """What was dropped or pasted."""
        try:
            dropped = read_dropped(mime)
        except UnreadableFileError as error:
            self._tell(str(error))
            return
        if isinstance(dropped, DroppedFiles):
            self.take_files(dropped.paths)
        elif isinstance(dropped, DroppedBytes):
            self._read(lambda: _from_bytes(dropped.data, dropped.name))
        else:
            self._read(lambda: _from_image(dropped))

    def take_files(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self._read(lambda path=path: _from_file(path))  # type: ignore[misc]

    def paste(self) -> None:
        self.take(QGuiApplication.clipboard().mimeData())

    def remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._images):
            del self._images[row]
            self.list.takeItem(row)
            self._show_state()
            self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if could_be_dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(event.mimeData())

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Reference pictures", "", _PICTURES)
        self.take_files(tuple(Path(name) for name in names))

    def _read(self, call: "Callable[[], InputImage]") -> None:
        if self._background is not None:
            self._tell("")
            failed = Work(call, self._add, self._on_failed, "Reading a picture")
            self._background.start(failed)

    def _add(self, image: "InputImage") -> None:
        if image in self._images:
            return
        self._images.append(image)
        pixmap = QPixmap()
        pixmap.loadFromData(image.png)
        item = QListWidgetItem(QIcon(pixmap), "")
        item.setToolTip(f"{image.size.width} × {image.size.height} px")
        name = f"Reference {len(self._images)}, {image.size.width} × {image.size.height} pixels"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self.list.addItem(item)
        self._show_state()
        self.changed.emit()

    def _on_failed(self, error: AipaintError) -> None:
        self._tell(str(error))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_state(self) -> None:
        count = len(self._images)
        self.caption.setText(f"References ({min(count, self._most)} of up to {self._most})")
        self.list.setVisible(count > 0)
        self.add_button.setEnabled(count < self._most)
        self.paste_button.setEnabled(count < self._most)
        self.remove_button.setEnabled(self.list.currentRow() >= 0)
        too_many = count - self._most
        self._tell(f"The model takes {self._most}: the last {too_many} stay here."
                   if self._most and too_many > 0 else "")  # fmt: skip


class _Pictures(QListWidget):
    removal_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("referenceList")
        self.setAccessibleName("Reference pictures")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setWrapping(False)
        self.setFixedHeight(_SIDE + 26)
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        else:
            super().keyPressEvent(event)


def _button(name: str, icon_name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setAccessibleName(tip.removesuffix(" (Del)").removesuffix("…"))
    button.setToolTip(tip)
    return button


def _from_file(path: Path) -> "InputImage":
    # On a worker; it brings codecs, which no window waits for.
    from aipaint.generation.references import reference_from_file

    return reference_from_file(path)


def _from_bytes(data: bytes, name: str) -> "InputImage":
    from aipaint.generation.references import reference_from_bytes

    return reference_from_bytes(data, name)


def _from_image(dropped: DroppedImage) -> "InputImage":
    return _from_bytes(dropped.as_png(), dropped.name)
