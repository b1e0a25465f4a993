"""`OutlineMove`: the selection moved by itself, without what is painted under it."""

import math

from aipaint.document.document import Document
from aipaint.pixels.homography import Homography
from aipaint.pixels.rect import Rect
from aipaint.tools.placing import Placing, PlacingBox
from aipaint.tools.pointer_event import PointerEvent

_LABEL = "Move selection"
_HALF = 128


class OutlineMove:
    """A drag that begins inside the selection, and arrow keys. Whole pixels, one step each."""

    def __init__(self, document: Document, box: PlacingBox) -> None:
        self._document = document
        self._box = box
        self._placing: Placing | None = None
        self._start = (0.0, 0.0)
        self._shift = (0, 0)
        self._is_new = False

    @property
    def is_held(self) -> bool:
        """Between a press that took hold and its release."""
        return self._placing is not None

    def is_over(self, x: float, y: float) -> bool:
        """A press there would take hold."""
        selection = self._document.picture.selection
        if selection is None:
            return False
        place = Rect(math.floor(x), math.floor(y), 1, 1)
        return int(selection.read(place)[0, 0]) >= _HALF

    def press(self, event: PointerEvent) -> None:
        """Take hold."""
        self._placing = Placing(self._document, self._box.surroundings, self._forget, ())
        self._start, self._shift, self._is_new = (event.x, event.y), (0, 0), False

    def move(self, event: PointerEvent) -> None:
        dx, dy = round(event.x - self._start[0]), round(event.y - self._start[1])
        if event.has_shift:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        if (dx, dy) != self._shift:
            self._shift, self._is_new = (dx, dy), True
            self._box.surroundings.tell(f"Moved by {dx}, {dy} px")

    def tick(self) -> None:
        if self._placing is not None and self._is_new:
            self._is_new = False
            self._placing.show(Homography.move(*self._shift))

    def release(self) -> bool:
        """Make it a step. False if it was a click, which moved nothing."""
        placing, self._placing = self._placing, None
        if placing is None or placing.is_over:
            return True  # taken back meanwhile
        placing.finish(Homography.move(*self._shift), _LABEL)
        return self._shift != (0, 0)

    def cancel(self) -> None:
        placing, self._placing = self._placing, None
        if placing is not None:
            placing.abandon()

    def nudge(self, dx: int, dy: int) -> bool:
        """An arrow key; those in a row are one step. False if nothing is selected."""
        if self._document.picture.selection is None:
            return False
        if not self.is_held:
            self._document.settle()
            nudging = Placing(self._document, self._box.surroundings, self._forget, ())
            nudging.nudge(Homography.move(dx, dy), _LABEL)
        return True

    def _forget(self) -> None:
        self._placing = None
