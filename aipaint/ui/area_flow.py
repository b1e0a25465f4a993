"""`AreaFlow`: what the Select and Mask menus do to the document, slow parts on a worker."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from aipaint.document.areas import AreaKind, area_of_kind, set_area
from aipaint.document.document import Document
from aipaint.document.keep_area import KeepArea
from aipaint.document.picture import Picture
from aipaint.document.set_selection import SetSelection
from aipaint.errors import AipaintError
from aipaint.pixels.area import Combine, alpha_area, combined, inverted, rectangle_area
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.background import Background, Work


class AreaFlow(QObject):
    """Works on mask and selection alike. Every act is one step of the history."""

    told = Signal(str)  # a sentence for the status bar
    failed = Signal(str, object)  # title, AipaintError

    def __init__(self, document: Document, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background

    def select_all(self) -> None:
        self.put(AreaKind.SELECTION, "Select all", rectangle_area(self._document.picture.frame))

    def select_none(self) -> None:
        if self._document.picture.selection is not None:
            self._do(SetSelection("Deselect", None))

    def invert_selection(self) -> None:
        picture = self._document.picture
        if picture.selection is None:
            self.told.emit("Everything is selected; the opposite would be nothing.")
            return
        rest = inverted(picture.selection, picture.frame)
        self.put(AreaKind.SELECTION, "Invert selection", rest)

    def invert_mask(self) -> None:
        picture = self._document.picture
        self.put(AreaKind.MASK, "Invert mask", inverted(picture.mask, picture.frame))

    def fill_mask(self) -> None:
        """All that is selected; without a selection the whole frame."""
        picture = self._document.picture
        area = picture.selection
        if area is None:
            area = rectangle_area(picture.frame)
        self.put(AreaKind.MASK, "Fill mask", combined(picture.mask, area, Combine.ADD))

    def clear_mask(self) -> None:
        picture = self._document.picture
        none = combined(picture.mask, picture.mask, Combine.SUBTRACT)
        self.put(AreaKind.MASK, "Clear mask", none)

    def mask_from_selection(self) -> None:
        selection = self._document.picture.selection
        if selection is None:
            self.told.emit("Nothing in particular is selected. Select something first.")
            return
        self.put(AreaKind.MASK, "Mask from selection", selection.copy())

    def selection_from_mask(self) -> None:
        mask = self._document.picture.mask
        if not len(mask):
            self.told.emit("Nothing is masked. Paint a mask first.")
            return
        self.put(AreaKind.SELECTION, "Selection from mask", mask.copy())

    def take_alpha(self, kind: AreaKind) -> None:
        """What is painted on the active layer, as mask or selection."""
        layer = self._document.picture.active_layer
        if not len(layer.tiles):
            self.told.emit(f"The layer “{layer.name}” is empty.")
            return
        tiles, name = layer.tiles.copy(), kind.value.capitalize()
        self.make(kind, f"{name} from layer", lambda _: alpha_area(tiles))

    def import_mask(self, path: Path) -> None:
        def read(picture: Picture) -> TileMap:
            # Imported late: it brings Pillow, which the window does not wait for.
            from aipaint.projects.mask_file import read_mask

            return read_mask(path, picture.frame)

        self.make(AreaKind.MASK, "Import mask", read, "Not imported")

    def export_mask(self, path: Path) -> None:
        picture = self._document.picture
        mask, frame = picture.mask.copy(), picture.frame

        def write() -> None:
            # Imported late: it brings OpenCV, which the window does not wait for.
            from aipaint.projects.mask_file import write_mask

            write_mask(mask, frame, path)

        def done(_: None) -> None:
            self.told.emit(f"The mask was written to {path.name}.")

        self._background.start(Work(write, done, self._failure("Not exported"), "Exporting"))

    def keep(self, kind: AreaKind, name: str) -> None:
        """Keep mask or selection under a name; what had that name is replaced."""
        area = area_of_kind(self._document.picture, kind)
        self._do(KeepArea(f"Keep “{name}”", name, area))

    def load(self, kind: AreaKind, name: str) -> None:
        """A kept area as mask or selection."""
        area = self._document.picture.kept.get(name)
        if area is not None:
            verb = "Select" if kind is AreaKind.SELECTION else "Mask"
            self.put(kind, f"{verb} “{name}”", area.copy())

    def forget(self, name: str) -> None:
        self._do(KeepArea(f"Forget “{name}”", name, None))

    def put(self, kind: AreaKind, label: str, area: TileMap) -> None:
        """Make this the mask or the selection."""
        command = set_area(label, self._document.picture, kind, area)
        if command is not None:
            self._document.do(command)
            self._document.undo_stack.close_step()

    def make(
        self,
        kind: AreaKind,
        label: str,
        make: Callable[[Picture], TileMap],
        trouble: str = "That did not work",
    ) -> None:
        """Make it on a worker, from a snapshot, and put it in its place."""
        picture = self._document.picture
        snapshot = picture.snapshot()

        def done(area: TileMap) -> None:
            # Another picture may have been opened meanwhile.
            if self._document.picture is picture:
                self.put(kind, label, area)

        work = Work(lambda: make(snapshot), done, self._failure(trouble), label)
        self._background.start(work)

    def _do(self, command: SetSelection | KeepArea) -> None:
        self._document.do(command)
        self._document.undo_stack.close_step()

    def _failure(self, title: str) -> Callable[[AipaintError], None]:
        return lambda error: self.failed.emit(title, error)
