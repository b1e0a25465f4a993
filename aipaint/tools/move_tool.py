"""`MoveTool`: moves the active layer, or what is selected on it, by whole pixels."""

from aipaint.document.document import Document
from aipaint.pixels.homography import Homography
from aipaint.tools.placing import Placing, PlacingBox, why_not
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerKind, PointerLook
from aipaint.tools.tool import Tool

_LABEL = "Move"


class MoveTool(Tool):
    """Press to release is one step; arrow keys in a row are one step as well."""

    id = "move"
    label = "Move"
    hint = (
        "Drag to move the layer or what is selected; Shift keeps an axis. Arrows: 1 px, Shift 10."
    )

    def __init__(self, document: Document, box: PlacingBox) -> None:
        self._document = document
        self._box = box
        self._placing: Placing | None = None
        self._start = (0.0, 0.0)
        self._shift = (0, 0)
        self._is_dragging = False
        self._is_new = False

    def press(self, event: PointerEvent) -> None:
        if self._placing is not None and not self._placing.is_over:
            return  # the move before is still being made
        self._placing = None
        reason = why_not(self._document.picture)
        if reason:
            self._box.surroundings.tell(reason)
            return
        self._placing = Placing(self._document, self._box.surroundings, self._forget)
        self._start, self._shift = (event.x, event.y), (0, 0)
        self._is_dragging, self._is_new = True, False

    def move(self, event: PointerEvent) -> None:
        if not self._is_dragging:
            return
        dx, dy = round(event.x - self._start[0]), round(event.y - self._start[1])
        if event.has_shift:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        if (dx, dy) != self._shift:
            self._shift, self._is_new = (dx, dy), True

    def tick(self) -> None:
        if self._placing is not None and self._is_dragging and self._is_new:
            self._is_new = False
            self._placing.show(Homography.move(*self._shift))

    def release(self) -> None:
        if self._placing is not None and self._is_dragging:
            self._is_dragging = False
            self._placing.finish(Homography.move(*self._shift), _LABEL)

    def cancel(self) -> None:
        placing = self._placing
        self._forget()
        if placing is not None:
            placing.abandon()

    def look_at(self, event: PointerEvent) -> PointerLook:
        del event
        return PointerLook(PointerKind.MOVE)

    def nudge(self, dx: int, dy: int) -> bool:
        """Each press of an arrow key: at once, for a held key brings many."""
        if self.is_busy:
            return True
        reason = why_not(self._document.picture)
        if reason:
            self._box.surroundings.tell(reason)
            return True
        nudging = Placing(self._document, self._box.surroundings, self._forget)
        nudging.nudge(Homography.move(dx, dy), _LABEL)
        return True

    @property
    def is_busy(self) -> bool:
        return self._placing is not None and not self._placing.is_over

    def _forget(self) -> None:
        self._placing, self._is_dragging = None, False
