"""`AreaTool`: what all tools share that select or mask an area."""

from collections.abc import Callable

from aipaint.document.areas import AreaKind, combine_area
from aipaint.document.document import Document
from aipaint.document.set_selection import SetSelection
from aipaint.pixels.area import Combine
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.outline_move import OutlineMove
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerKind, PointerLook
from aipaint.tools.select_options import SelectBox
from aipaint.tools.tool import Tool


class AreaTool(Tool):
    """Shift adds, Alt (or the right button) takes away, both intersect; otherwise as chosen."""

    takes_secondary = True
    _moves_outline = False
    """A drag that begins inside the selection moves it."""

    def __init__(self, document: Document, box: SelectBox) -> None:
        self._document = document
        self._box = box
        self._moving = OutlineMove(document, box)

    def tick(self) -> None:
        """The outline that is dragged is drawn by the canvas; one that moves is moved here."""
        self._moving.tick()

    def nudge(self, dx: int, dy: int) -> bool:
        is_selecting = self._box.selecting.kind is AreaKind.SELECTION
        return is_selecting and self._moving.nudge(dx, dy)

    def _how(self, event: PointerEvent) -> Combine:
        if event.has_shift and event.has_alt:
            return Combine.INTERSECT
        if event.has_shift:
            return Combine.ADD
        if event.has_alt or event.is_secondary or event.is_eraser_tip:
            return Combine.SUBTRACT
        return self._box.selecting.combine

    def look_at(self, event: PointerEvent) -> PointerLook:
        takes_hold = self._moves_outline and self._would_take_hold(event, self._how(event))
        return PointerLook(PointerKind.MOVE) if takes_hold else PointerLook()

    def _would_take_hold(self, event: PointerEvent, how: Combine) -> bool:
        if how is not Combine.REPLACE or self._box.selecting.kind is not AreaKind.SELECTION:
            return False
        return not event.has_control and self._moving.is_over(event.x, event.y)

    def _takes_hold(self, event: PointerEvent, how: Combine) -> bool:
        """A press inside the selection, without keys, moves it."""
        if not self._would_take_hold(event, how):
            return False
        self._document.settle()
        self._moving.press(event)
        return True

    def _let_go(self) -> None:
        """The end of what `_takes_hold` began; a click deselects."""
        if not self._moving.release():
            self._deselect()

    def _has_nothing_to_look_at(self) -> bool:
        """Told off to look at the active layer alone, which is a group: that has no pixels."""
        layer = self._document.picture.active_layer
        if self._box.selecting.takes_all_layers or not layer.is_group:
            return False
        self._box.surroundings.tell(
            f"“{layer.name}” is a group. Choose a layer in it, or look at all layers."
        )
        return True

    def _take(self, make: Callable[[], TileMap], how: Combine, *, is_slow: bool = False) -> None:
        """Make the area (on a worker where that may last), soften it, put it in its place."""
        options = self._box.selecting
        picture = self._document.picture

        def made() -> TileMap:
            area = make()
            if options.feather_pixels:
                # Imported late: it brings OpenCV, which the window does not wait for.
                from aipaint.pixels.area_shape import feathered_area

                area = feathered_area(area, options.feather_pixels)
            return area

        def done(area: TileMap) -> None:
            # Another picture may have been opened meanwhile.
            if self._document.picture is picture:
                self._put(area, options.kind, how)

        if is_slow or options.feather_pixels:
            self._box.surroundings.run(made, done, "Selecting")
        else:
            done(made())

    def _put(self, area: TileMap, kind: AreaKind, how: Combine) -> None:
        picture = self._document.picture
        verb = "Select" if kind is AreaKind.SELECTION else "Mask"
        command = combine_area(f"{verb} ({self.label.lower()})", picture, kind, area, how)
        if command is not None:
            self._document.do(command)
            self._document.undo_stack.close_step()
        if kind is AreaKind.SELECTION and picture.selection is None:
            self._box.surroundings.tell("Nothing is selected now: painting reaches everywhere.")

    def _deselect(self) -> None:
        """A click beside everything lets go of the selection; a mask is never lost that way."""
        is_selecting = self._box.selecting.kind is AreaKind.SELECTION
        if is_selecting and self._document.picture.selection is not None:
            self._document.do(SetSelection("Deselect", None))
            self._document.undo_stack.close_step()
