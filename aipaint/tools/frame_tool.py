"""`FrameTool`: moves and resizes the frame, by sizes the chosen model takes."""

from aipaint.document.document import Document
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayShape
from aipaint.tools.placing import PlacingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerLook
from aipaint.tools.rect_grip import RectGrip, Snap, rect_shapes, size_label
from aipaint.tools.tool import Tool


class FrameTool(Tool):
    """The frame may lie anywhere, also where nothing is painted: that is how one outpaints.

    `snap` is the window's: sizes of the chosen model. Alt does the opposite of `is_snapping`.
    """

    id = "frame"
    label = "Frame"
    hint = (
        "Drag the frame or its handles. Sizes snap to what the model takes; Alt lets them be free."
    )

    def __init__(self, document: Document, box: PlacingBox) -> None:
        self._document = document
        self._box = box
        self._grip: RectGrip | None = None
        self._wanted: Rect | None = None
        self._pointer = (0.0, 0.0)
        self.snap: Snap = _any_size
        self.is_snapping = True

    @property
    def shown_frame(self) -> Rect:
        """Where the frame is, or will be on release."""
        return self._wanted or self._document.picture.frame

    def press(self, event: PointerEvent) -> None:
        frame = self._document.picture.frame
        self._grip = RectGrip.under(frame, event.x, event.y, event.screen_pixel)
        if self._grip is None:
            self._box.surroundings.tell("Drag the frame itself or one of its handles.")

    def move(self, event: PointerEvent) -> None:
        grip = self._grip
        if grip is None:
            return
        self._pointer = (event.x, event.y)
        wanted = grip.dragged(event.x, event.y, keeps_ratio=event.has_shift)
        if not grip.is_whole and self.is_snapping != event.has_alt:
            wanted = grip.with_size(wanted, *self.snap(wanted.width, wanted.height))
        self._wanted = wanted
        self._box.surroundings.overlay_changed()

    def tick(self) -> None:
        """Nothing: the overlay shows it."""

    def release(self) -> None:
        wanted = self._wanted
        self.cancel()
        if wanted is not None and wanted != self._document.picture.frame:
            self._document.do(SetFrame(wanted))

    def cancel(self) -> None:
        self._grip = self._wanted = None
        self._box.surroundings.overlay_changed()

    def look_at(self, event: PointerEvent) -> PointerLook:
        frame = self._document.picture.frame
        grip = RectGrip.under(frame, event.x, event.y, event.screen_pixel)
        return PointerLook() if grip is None else grip.look

    def nudge(self, dx: int, dy: int) -> bool:
        self._document.do(SetFrame(self._document.picture.frame.translated(dx, dy)))
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        frame = self.shown_frame
        if self._wanted is None:
            return rect_shapes(frame)
        return (*rect_shapes(frame), size_label(frame, self._pointer))

    @property
    def is_busy(self) -> bool:
        return self._grip is not None


def _any_size(width: int, height: int) -> tuple[int, int]:
    return width, height
