"""`ZoomTool`: looks closer or from further away; the window does the zooming."""

from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayPath, OverlayShape
from aipaint.tools.placing import PlacingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.surroundings import ZoomWish
from aipaint.tools.tool import Tool

_LEAST_DRAG = 6.0  # pixels of the screen; less is a click


class ZoomTool(Tool):
    """A click is one step about that point, a drag shows just that rectangle."""

    id = "zoom"
    label = "Zoom"
    hint = "Click to look closer, right or Alt+click to see more, drag over what should be seen."
    takes_secondary = True

    def __init__(self, box: PlacingBox) -> None:
        self._box = box
        self._start: PointerEvent | None = None
        self._here: PointerEvent | None = None

    def press(self, event: PointerEvent) -> None:
        self._start = self._here = event

    def move(self, event: PointerEvent) -> None:
        if self._start is not None:
            self._here = event
            self._box.surroundings.overlay_changed()

    def tick(self) -> None:
        """Nothing: the picture does not change."""

    def release(self) -> None:
        start, here = self._start, self._here
        self.cancel()
        if start is None or here is None:
            return
        area = _area(start, here)
        if max(area.width, area.height) < _LEAST_DRAG * start.screen_pixel:
            steps = -1 if start.has_alt or start.is_secondary else 1
            self._box.surroundings.zoom(ZoomWish(start.x, start.y, steps))
        elif not area.is_empty:
            self._box.surroundings.zoom(ZoomWish(area=area))

    def cancel(self) -> None:
        self._start = self._here = None
        self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._start is None or self._here is None:
            return ()
        (left, top), (right, bottom) = (self._start.x, self._start.y), (self._here.x, self._here.y)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        return (OverlayPath(corners, is_closed=True),)

    @property
    def is_busy(self) -> bool:
        return self._start is not None


def _area(start: PointerEvent, here: PointerEvent) -> Rect:
    left, right = sorted((start.x, here.x))
    top, bottom = sorted((start.y, here.y))
    return Rect.from_edges(round(left), round(top), round(right), round(bottom))
