"""`AreaMenu`: the dialogs and lists of names of the Select and Mask menus."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from aipaint.document.areas import AreaKind, area_of_kind
from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.pixels.tile_map import TileMap
from aipaint.ui.area_flow import AreaFlow
from aipaint.ui.background import Background, Work
from aipaint.ui.canvas.look_only import LookOnly
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.area_amount import AmountQuestion, AreaAmountDialog
from aipaint.ui.dialogs.area_name import AreaNameDialog
from aipaint.ui.dialogs.mask_look import MaskLookDialog
from aipaint.ui.mask_look import MaskLook
from aipaint.ui.window_state import WindowState

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff);;All files (*)"
_LARGEST = 500
_MARGIN = 16


@dataclass(frozen=True)
class AreaStage:
    """What the menu works with."""

    window: QWidget
    document: Document
    canvas: CanvasView
    state: WindowState
    background: Background


class AreaMenu(QObject):
    """Asks; `AreaFlow` does the work."""

    def __init__(self, stage: AreaStage, flow: AreaFlow) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._flow = flow
        self._amounts: dict[str, int] = {}

    def slots(self) -> dict[str, Callable[[], object]]:
        """What the actions of both menus do, by their names."""
        flow, selection, mask = self._flow, AreaKind.SELECTION, AreaKind.MASK
        return {
            "select.all": flow.select_all,
            "select.none": flow.select_none,
            "select.invert": flow.invert_selection,
            "select.grow": partial(self.grow, selection),
            "select.shrink": partial(self.shrink, selection),
            "select.feather": partial(self.feather, selection),
            "select.border": partial(self.border, selection),
            "select.fromMask": flow.selection_from_mask,
            "select.fromLayer": partial(flow.take_alpha, selection),
            "select.keep": partial(self.keep, selection),
            "mask.all": flow.fill_mask,
            "mask.invert": flow.invert_mask,
            "mask.clear": flow.clear_mask,
            "mask.grow": partial(self.grow, mask),
            "mask.shrink": partial(self.shrink, mask),
            "mask.feather": partial(self.feather, mask),
            "mask.border": partial(self.border, mask),
            "mask.fromSelection": flow.mask_from_selection,
            "mask.fromLayer": partial(flow.take_alpha, mask),
            "mask.import": self.import_mask,
            "mask.export": self.export_mask,
            "mask.keep": partial(self.keep, mask),
            "mask.look": self.change_look,
            "mask.alone": self.toggle_alone,
        }

    def grow(self, kind: AreaKind) -> None:
        hint = "Reaches that much farther on every side."
        self._ask_amount(kind, "Grow", AmountQuestion("", "Grow by", hint, _LARGEST, 4))

    def shrink(self, kind: AreaKind) -> None:
        hint = "Reaches that much less far on every side."
        self._ask_amount(kind, "Shrink", AmountQuestion("", "Shrink by", hint, _LARGEST, 4))

    def feather(self, kind: AreaKind) -> None:
        hint = "Softens the edge over that many pixels to both sides."
        self._ask_amount(kind, "Feather", AmountQuestion("", "Radius", hint, _LARGEST, 8))

    def border(self, kind: AreaKind) -> None:
        hint = "Keeps a band along the edge, half of it inside and half outside."
        self._ask_amount(kind, "Border", AmountQuestion("", "Width", hint, _LARGEST, 8))

    def import_mask(self) -> None:
        state = self._stage.state
        name, _ = QFileDialog.getOpenFileName(
            self._stage.window, "Import mask", state.last_folder, _PICTURES
        )
        if name:
            state.last_folder = str(Path(name).parent)
            self._flow.import_mask(Path(name))

    def export_mask(self) -> None:
        state = self._stage.state
        start = str(Path(state.last_folder) / "mask.png")
        name, _ = QFileDialog.getSaveFileName(
            self._stage.window, "Export mask", start, "PNG (*.png)"
        )
        if name:
            path = Path(name)
            state.last_folder = str(path.parent)
            self._flow.export_mask(path if path.suffix else path.with_suffix(".png"))

    def keep(self, kind: AreaKind) -> None:
        """Ask for a name for the mask or the selection as it is now."""
        taken = self._stage.document.picture.kept
        dialog = AreaNameDialog(self._stage.window, f"Keep the {kind.value}", taken)
        if dialog.exec():
            self._flow.keep(kind, dialog.name)
        dialog.deleteLater()

    def change_look(self) -> None:
        """Color, opacity and hatching of the mask; kept for the next time."""
        before, item = self._stage.state.mask_look, self._stage.canvas.mask_item

        def show(look: MaskLook) -> None:
            item.set_look(look)

        dialog = MaskLookDialog(self._stage.window, before)
        dialog.look_changed.connect(show)
        if dialog.exec():
            self._stage.state.mask_look = dialog.look
        else:
            item.set_look(before)
        dialog.deleteLater()

    def toggle_alone(self) -> None:
        """The mask as a picture of its own, to find holes and soft edges; and back."""
        item = self._stage.canvas.mask_item
        item.set_alone(not item.is_alone)
        if item.is_alone:
            self._flow.told.emit("Only the mask is shown: what is white will change.")

    def add_names_to(self, menu: QMenu, kind: AreaKind) -> None:
        """Lists of what is kept, filled whenever they open."""
        load = menu.addMenu("&Load")
        load.setObjectName(f"menu.{kind.value}.load")
        forget = menu.addMenu("For&get")
        forget.setObjectName(f"menu.{kind.value}.forget")
        for names, act in ((load, partial(self._flow.load, kind)), (forget, self._flow.forget)):
            names.setToolTipsVisible(False)
            menu.aboutToShow.connect(partial(self._list_names, names, act))

    def _list_names(self, menu: QMenu, act: Callable[[str], None]) -> None:
        menu.clear()
        kept = self._stage.document.picture.kept
        for name in kept:
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(_ignore, act, name))
        menu.menuAction().setEnabled(bool(kept))

    def _ask_amount(self, kind: AreaKind, verb: str, question: AmountQuestion) -> None:
        for dialog in self._stage.window.findChildren(AreaAmountDialog):
            dialog.reject()  # one question at a time
        pointer = self._stage.canvas.pointer
        area = area_of_kind(self._stage.document.picture, kind)
        if not len(area):
            what = "masked" if kind is AreaKind.MASK else "selected in particular"
            self._flow.told.emit(f"Nothing is {what} yet.")
            return
        start = self._amounts.get(verb, question.start)
        title = f"{verb} the {kind.value}"
        asked = AmountQuestion(title, question.label, question.hint, question.largest, start)
        dialog = AreaAmountDialog(self._stage.window, asked)
        preview = _Preview(self._stage, kind, verb)
        dialog.amount_changed.connect(preview.show_amount)
        preview.show_amount(start)

        def finished(result: int) -> None:
            pointer.look_only(None)
            preview.end()
            if result == QDialog.DialogCode.Accepted:
                pixels = self._amounts[verb] = dialog.amount.value
                self._flow.make(kind, title, lambda picture: _shaped(picture, kind, verb, pixels))
            dialog.deleteLater()

        dialog.finished.connect(finished)
        pointer.look_only(LookOnly(lambda is_apply: dialog.done(int(is_apply))))
        # Beside what it is about, as far as that can be.
        dialog.move(self._stage.canvas.mapToGlobal(QPoint(_MARGIN, _MARGIN)))
        dialog.show()


class _Preview(QObject):
    """Shows the newest amount that is asked for; those passed meanwhile are left out."""

    def __init__(self, stage: AreaStage, kind: AreaKind, verb: str) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._kind = kind
        self._verb = verb
        self._picture = stage.document.picture
        self._wanted = 0
        self._is_busy = False
        self._is_over = False

    def show_amount(self, pixels: int) -> None:
        self._wanted = pixels
        if self._is_busy or self._is_over:
            return
        self._is_busy = True
        snapshot = self._picture.snapshot()
        kind, verb = self._kind, self._verb

        def done(area: TileMap) -> None:
            self._is_busy = False
            if self._is_over or self._stage.document.picture is not self._picture:
                return
            self._stage.canvas.preview_area(kind, area)
            if self._wanted != pixels:
                self.show_amount(self._wanted)

        def failed(error: AipaintError) -> None:
            del error
            self._is_busy = False

        work = Work(lambda: _shaped(snapshot, kind, verb, pixels), done, failed, "Preview")
        self._stage.background.start(work)

    def end(self) -> None:
        """Back to what is there."""
        self._is_over = True
        self._stage.canvas.preview_area(self._kind, None)
        self.deleteLater()


def _shaped(picture: Picture, kind: AreaKind, verb: str, pixels: int) -> TileMap:
    """On a worker, from a snapshot."""
    # Imported late: it brings OpenCV, which the window does not wait for.
    from aipaint.pixels import area_shape

    shapes = {
        "Grow": area_shape.grown_area,
        "Shrink": area_shape.shrunk_area,
        "Feather": area_shape.feathered_area,
        "Border": area_shape.bordered_area,
    }
    return shapes[verb](area_of_kind(picture, kind), pixels)


def _ignore(act: Callable[[str], None], name: str, is_checked: bool = False) -> None:
    """`triggered` brings a checked state that nobody wants."""
    del is_checked
    act(name)
