"""`PolygonSelectTool`: selecting by corners that are clicked one after the other."""

import math

from aipaint.document.document import Document
from aipaint.pixels.area import Combine
from aipaint.pixels.outline_fill import polygon_area
from aipaint.tools.area_tool import AreaTool
from aipaint.tools.overlay import OverlayHandle, OverlayPath, OverlayShape, Point
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectBox

_CATCH = 8.0  # on the screen: so near the first corner a click closes the outline


class PolygonSelectTool(AreaTool):
    """Enter, a double click or a click on the first corner closes it."""

    id = "selectPolygon"
    label = "Polygon"
    hint = "Click corners; Enter or a double click closes, Backspace takes one back, Esc gives up."

    def __init__(self, document: Document, box: SelectBox) -> None:
        super().__init__(document, box)
        self._corners: list[Point] = []
        self._pointer: Point = (0.0, 0.0)
        self._screen_pixel = 1.0
        self._combine = Combine.REPLACE

    @property
    def is_busy(self) -> bool:
        return bool(self._corners)

    def press(self, event: PointerEvent) -> None:
        self._pointer = (event.x, event.y)
        self._screen_pixel = event.screen_pixel
        if not self._corners:
            self._combine = self._how(event)
        elif self._is_at_start() and len(self._corners) > 2:
            self.confirm()
            return
        if not self._corners or self._corners[-1] != self._pointer:
            self._corners.append(self._pointer)
        self._box.surroundings.overlay_changed()

    def move(self, event: PointerEvent) -> None:
        self.hover(event)

    def hover(self, event: PointerEvent) -> None:
        self._pointer = (event.x, event.y)
        self._screen_pixel = event.screen_pixel
        if self._corners:
            self._box.surroundings.overlay_changed()

    def release(self) -> None:
        """Nothing: the next corner is another click."""

    def confirm(self) -> bool:
        corners, self._corners = self._corners, []
        self._box.surroundings.overlay_changed()
        is_smooth = self._box.selecting.is_smooth
        if len(corners) > 2:
            self._take(lambda: polygon_area(corners, is_smooth=is_smooth), self._combine)
        return bool(corners)

    def step_back(self) -> bool:
        if self._corners:
            self._corners.pop()
            self._box.surroundings.overlay_changed()
            return True
        return False

    def cancel(self) -> None:
        self._corners = []
        self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if not self._corners:
            return ()
        first = OverlayHandle(*self._corners[0])
        return (OverlayPath((*self._corners, self._pointer)), first)

    def _is_at_start(self) -> bool:
        return math.dist(self._corners[0], self._pointer) <= _CATCH * self._screen_pixel
