"""`FileFlow`: opening, placing, saving and exporting, on a worker, with a word when it is long."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal

from aipaint.document.document import Document
from aipaint.document.flat_tiles import flat_tiles
from aipaint.document.layer import Layer, LayerStyle
from aipaint.document.layer_commands import AddLayer
from aipaint.errors import AipaintError, UsageError
from aipaint.ui.background import Background, Work
from aipaint.ui.drop_target import Dropped, DroppedBytes, DroppedFiles, DroppedImage
from aipaint.ui.panels.wish import has_pixels
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.document.picture import Picture

PROJECT_SUFFIX = ".ora"


class FileFlow(QObject):
    """Knows the document's file. Widgets ask for names; this does the work."""

    opened = Signal()
    turned = Signal(str)  # another document is open: by what name it will be known again
    renamed = Signal(str)  # the same document, saved under that name
    project_changed = Signal(str)  # whose money is spent from now on: the name of its file
    saved = Signal()
    failed = Signal(str, object)  # title, AipaintError
    open_wanted = Signal(object)  # Path, in place of a document that may be unsaved
    file_used = Signal(object)  # Path, opened or saved as a project

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._services: Services | None = None
        self._waiting: list[Callable[[], None]] = []
        self.path: Path | None = None
        self.name = "Untitled"
        self._count = 0  # of documents

    def connect_services(self, services: Services) -> None:
        """What was asked for while the program was starting is done now."""
        self._services = services
        waiting, self._waiting = self._waiting, []
        for ask in waiting:
            ask()

    @property
    def project(self) -> str:
        """By what envelopes and reports know the document; "" while it has no file of its own."""
        return self.path.stem if self.path is not None else ""

    @property
    def is_empty(self) -> bool:
        """A picture nobody has painted on: opening may take its place."""
        picture = self._document.picture
        return not self._document.is_modified and self.path is None and not has_pixels(picture)

    def open(self, path: Path, name: str = "") -> None:
        """Replace the document by a file. With a `name` the file is one of the program's own: the
        document is called so, and the file is not remembered."""
        if self._services is None:
            self._waiting.append(lambda: self.open(path, name))
            return
        open_picture = self._services.open_picture

        def read(picture: "Picture") -> None:
            self._show(picture, path, name)

        self._read(lambda: open_picture(path), read, name or path.name)

    def start_new(self, picture: "Picture") -> None:
        """Replace the document by an empty one."""
        self.path, self.name = None, "Untitled"
        self._document.replace_picture(picture)
        self._turn(None)
        self.opened.emit()

    def take(self, dropped: Dropped, where: QPointF) -> None:
        """A drop or a paste: opened if the document is empty, otherwise a new layer at `where`."""
        if self._services is None:
            self._waiting.append(lambda: self.take(dropped, where))
        elif isinstance(dropped, DroppedFiles):
            self._take_files(dropped.paths, where)
        else:
            self._take_picture(dropped, where)

    def place(self, dropped: DroppedBytes | DroppedImage, where: QPointF) -> None:
        """A pasted picture as a new layer, its middle at `where`, also in an empty document."""
        if self._services is None:
            self._waiting.append(lambda: self.place(dropped, where))
            return
        self._read(
            self._reader(dropped),
            lambda picture: self._place(picture, dropped.name, where),
            dropped.name,
        )

    def save(self, path: Path, then: Callable[[], None] | None = None) -> None:
        """Write a project; the document is unmodified if nothing was painted meanwhile."""
        if self._services is None:
            return
        save_ora = self._services.save_ora
        snapshot = self._document.picture.snapshot()
        step = self._document.undo_stack.index

        def done(_: None) -> None:
            self.path, self.name = path, path.name
            if self._document.undo_stack.index == step:
                self._document.mark_saved()
            self.renamed.emit(_known_as(path))
            self.project_changed.emit(self.project)
            self.saved.emit()
            self.file_used.emit(path)
            if then is not None:
                then()

        self._work(lambda: save_ora(snapshot, path), done, f"Saving {path.name}", "Not saved")

    def export(self, path: Path) -> None:
        """Write what the frame shows as a flat picture."""
        if self._services is None:
            return
        export_picture = self._services.export_picture
        snapshot = self._document.picture.snapshot()
        self._work(
            lambda: export_picture(snapshot, path),
            lambda _: self.saved.emit(),
            f"Exporting {path.name}",
            "Not exported",
        )

    def _take_files(self, paths: tuple[Path, ...], where: QPointF) -> None:
        first, *others = paths
        if self.is_empty or first.suffix.lower() == PROJECT_SUFFIX:
            if self.is_empty:
                self.open(first)
            else:
                self.open_wanted.emit(first)
            if others:
                error = UsageError(
                    f"Only {first.name} was opened.", "Drop the others on it to add them as layers."
                )
                self.failed.emit("Several files", error)
            return
        for path in paths:
            self._place_file(path, where)

    def _place_file(self, path: Path, where: QPointF) -> None:
        assert self._services is not None  # `take` waits for them
        open_picture = self._services.open_picture
        self._read(
            lambda: open_picture(path),
            lambda picture: self._place(picture, path.stem, where),
            path.name,
        )

    def _take_picture(self, dropped: DroppedBytes | DroppedImage, where: QPointF) -> None:
        if self.is_empty:
            read = self._reader(dropped)
            self._read(read, lambda picture: self._show(picture, None), dropped.name)
        else:
            self.place(dropped, where)

    def _reader(self, dropped: DroppedBytes | DroppedImage) -> "Callable[[], Picture]":
        assert self._services is not None  # whoever reads waits for them
        open_bytes = self._services.open_bytes

        def read() -> "Picture":
            data = dropped.data if isinstance(dropped, DroppedBytes) else dropped.as_png()
            return open_bytes(data, dropped.name)

        return read

    def _show(self, picture: "Picture", path: Path | None, name: str = "") -> None:
        is_project = path is not None and path.suffix.lower() == PROJECT_SUFFIX
        self.path = path if is_project else None
        self.name = name or (path.name if path is not None else "Pasted picture")
        self._document.replace_picture(picture, is_saved=path is not None)
        self._turn(path)
        self.opened.emit()
        if path is not None and not name:
            self.file_used.emit(path)

    def _turn(self, path: Path | None) -> None:
        """What is in no file is like no other document, and does not come back."""
        self._count += 1
        self.turned.emit(_known_as(path) if path is not None else f"unsaved {self._count}")
        self.project_changed.emit(self.project)

    def _place(self, picture: "Picture", name: str, where: QPointF) -> None:
        """The picture's layers flat as one new layer, its middle at `where`."""
        left = round(where.x() - picture.frame.width / 2)
        top = round(where.y() - picture.frame.height / 2)

        keep = self._document.shelve

        def flat() -> Layer:
            return Layer(LayerStyle(name=name), flat_tiles(picture, left, top, keep))

        self._work(
            flat,
            lambda layer: self._document.do(AddLayer(layer, f"Place {name}")),
            f"Placing {name}",
            "Not placed",
        )

    def _read(
        self, call: "Callable[[], Picture]", done: "Callable[[Picture], None]", name: str
    ) -> None:
        self._work(call, done, f"Opening {name}", "Not opened")

    def _work(
        self,
        call: "Callable[[], object]",
        done: "Callable[..., None]",
        message: str,
        title: str,
    ) -> None:
        def failed(error: AipaintError) -> None:
            self.failed.emit(title, error)

        self._background.start(Work(call, done, failed, message))


def _known_as(path: Path) -> str:
    return os.path.realpath(path)
