"""`EditFlow`: cut, copy, clear and fill on the document; what is large on a worker."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from aipaint.document.clear_and_fill import cleared, filled
from aipaint.document.command import Command
from aipaint.document.copied import Copied, copied_layer, copied_merged, largest_copy
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.paint_rules import keeps_alpha, refusal
from aipaint.document.picture import Picture
from aipaint.errors import AipaintError
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.background import Background, Work
from aipaint.ui.picture_clipboard import CopiedPicture, put_on_clipboard

AT_ONCE_PIXELS = 4_000_000
"""What is larger is done on a worker."""

_Answer = TypeVar("_Answer")


class EditFlow(QObject):
    """Each act is one step of the history. What cannot be done is said in a sentence."""

    told = Signal(str)  # for the status bar

    def __init__(
        self, document: Document, toolbox: Toolbox, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._toolbox = toolbox
        self._background = background
        self._copies = 0
        self.let_go: Callable[[], None] = lambda: None

    def copy(self) -> None:
        """The active layer's selected pixels, or all of them."""
        self._begin()
        if not self._says_group("copied"):
            self._copy_layer(lambda: None)

    def cut(self) -> None:
        """The same, and they are gone from the layer."""
        self._begin()
        picture = self._document.picture
        layer = picture.active_layer
        reason = refusal(picture, layer.id) or self._alpha_lock(layer.id, "cut from")
        if not reason and picture.paint_target != layer.id:
            reason = (
                f"The mask of “{layer.name}” is being painted on. Choose the layer's own pixels "
                "in the Layers panel to cut them."
            )
        if reason:
            self.told.emit(reason)
            return
        moment = self._moment()

        def clear() -> None:
            if self._moment() == moment:
                self._do(cleared("Cut", picture, layer.id))
            else:
                self.told.emit("The picture was changed meanwhile: it was copied, not cut.")

        self._copy_layer(clear)

    def copy_merged(self) -> None:
        """What is seen inside the selection, or inside the frame."""
        self._begin()
        size = largest_copy(self._document.picture)
        self._copy(copied_merged, size, "Nothing to copy: nothing is seen there.", lambda: None)

    def clear(self) -> None:
        """The selected pixels of what tools paint on now, or all of them."""
        self._begin()
        picture, target = self._document.picture, self._target()
        reason = refusal(picture, target) or self._alpha_lock(target, "cleared on")
        if reason:
            self.told.emit(reason)
            return
        label = "Clear mask" if target == MASK else "Clear"
        where = " inside the selection" if picture.selection is not None else ""
        verb = "masked" if target == MASK else "painted"
        nothing = f"Nothing to clear: nothing is {verb}{where}."
        # To let go of whole tiles takes no time.
        pixels = 0 if picture.selection is None else _tile_pixels(picture.selection)
        self._edit(partial(cleared, label, target=target), nothing, pixels)

    def fill(self, *, is_background: bool) -> None:
        """With one of the two colors. On a mask the foreground covers, like the brush there, and
        the background uncovers, like the eraser."""
        self._begin()
        picture, target = self._document.picture, self._target()
        reason = refusal(picture, target)
        if reason:
            self.told.emit(reason)
            return
        colors = self._toolbox.colors
        color = colors.background if is_background else colors.foreground
        is_mask = target == MASK or "/" in target
        if not is_mask:
            colors.note_use(color)
        name = "background" if is_background else "foreground"
        wanted = None if is_mask and is_background else color
        nothing = "Nothing changed: it is filled like that already."
        if keeps_alpha(picture, target):
            nothing = "Nothing changed: the transparency of the layer is locked."
        label = "Fill mask" if is_mask else f"Fill with {name}"
        selection = picture.selection
        pixels = picture.frame.area if selection is None else _tile_pixels(selection)
        keep = self._document.shelve
        self._edit(partial(filled, label, target=target, color=wanted, keep=keep), nothing, pixels)

    def _target(self) -> str:
        return MASK if self._toolbox.is_masking else self._document.picture.paint_target

    def _begin(self) -> None:
        """Whatever is half done must not be copied or painted over."""
        self.let_go()
        self._document.settle()

    def _says_group(self, done: str) -> bool:
        layer = self._document.picture.active_layer
        if layer.is_group:
            self.told.emit(
                f"“{layer.name}” is a group. Choose a layer in it to have its pixels {done}."
            )
        return layer.is_group

    def _alpha_lock(self, target: str, done: str) -> str:
        picture = self._document.picture
        if not keeps_alpha(picture, target):
            return ""
        name = picture.layer(target).name
        return f"Nothing can be {done} “{name}”: its transparency is locked in the Layers panel."

    def _copy_layer(self, then: Callable[[], None]) -> None:
        picture = self._document.picture
        layer = picture.active_layer
        where = " inside the selection" if picture.selection is not None else ""
        self._copy(
            partial(copied_layer, layer_id=layer.id),
            largest_copy(picture, layer.id),
            f"Nothing to copy: “{layer.name}” is empty{where}.",
            then,
        )

    def _copy(
        self,
        take: Callable[[Picture], Copied | None],
        pixels: int,
        nothing: str,
        then: Callable[[], None],
    ) -> None:
        self._copies += 1
        number = self._copies

        def done(copied: CopiedPicture | None) -> None:
            if number != self._copies:
                return  # something else was copied since
            if copied is None:
                self.told.emit(nothing)
                return
            put_on_clipboard(copied)
            self.told.emit(f"Copied {copied.place.width} × {copied.place.height} pixels.")
            then()

        self._run(lambda picture: _encoded(take(picture)), done, "Copying", pixels > AT_ONCE_PIXELS)

    def _edit(self, make: Callable[..., Command | None], nothing: str, pixels: int) -> None:
        moment = self._moment()

        def done(command: Command | None) -> None:
            if self._moment() != moment:
                self.told.emit("The picture was changed meanwhile. Do it again.")
            elif command is None:
                self.told.emit(nothing)
            else:
                self._do(command)

        self._run(
            lambda snapshot: make(picture=snapshot), done, "Painting", pixels > AT_ONCE_PIXELS
        )

    def _run(
        self,
        call: Callable[[Picture], _Answer],
        done: Callable[[_Answer], None],
        message: str,
        is_large: bool,
    ) -> None:
        """On a worker with a snapshot, or at once."""
        picture = self._document.picture
        if not is_large:
            try:
                answer = call(picture)
            except AipaintError as error:
                self._tell(error)
            else:
                done(answer)
            return
        snapshot = picture.snapshot()
        self._background.start(Work(lambda: call(snapshot), done, self._tell, message))

    def _do(self, command: Command | None) -> None:
        if command is not None:
            # A stroke begun while a worker was busy is not in the command's tiles.
            self.let_go()
            self._document.do(command)
            self._document.undo_stack.close_step()

    def _moment(self) -> tuple[object, ...]:
        """Equal as long as nothing was done, undone or redone."""
        picture, stack = self._document.picture, self._document.undo_stack
        return picture, stack.index, tuple(stack.labels), picture.selection

    def _tell(self, error: AipaintError) -> None:
        self.told.emit(f"{error.message} {error.hint}".strip())


def _tile_pixels(area: TileMap) -> int:
    return len(area) * TILE_SIZE * TILE_SIZE


def _encoded(copied: Copied | None) -> CopiedPicture | None:
    if copied is None:
        return None
    # Imported late: it brings OpenCV, which the window does not wait for.
    from aipaint.pixels.alpha import straight
    from aipaint.pixels.encode import encode_image

    return CopiedPicture(encode_image(straight(copied.pixels), ".png"), copied.place)
