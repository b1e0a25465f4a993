"""Selecting by a shape that is dragged: rectangle, ellipse, lasso."""

import math
from abc import abstractmethod
from dataclasses import replace

from aipaint.document.document import Document
from aipaint.pixels.area import Combine, rectangle_area
from aipaint.pixels.outline_fill import ellipse_area, polygon_area
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.area_tool import AreaTool
from aipaint.tools.drag_geometry import Drag
from aipaint.tools.overlay import OverlayPath, OverlayShape, Point
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.rect_grip import size_label
from aipaint.tools.select_options import SelectBox

_ROUND = 64  # corners of the ellipse while it is dragged


class DragSelectTool(AreaTool):
    """From corner to corner. Shift or Ctrl pressed in the drag makes both sides equal, Alt makes
    the start the middle, Space moves it all. Inside the selection a drag moves that; a click
    selects everything again."""

    _moves_outline = True

    def __init__(self, document: Document, box: SelectBox) -> None:
        super().__init__(document, box)
        self._drag: Drag | None = None
        self._pointer: Point = (0.0, 0.0)
        self._combine = Combine.REPLACE
        self._spent = (False, False)  # Shift and Alt said how to combine until they are let go

    @property
    def is_busy(self) -> bool:
        return self._drag is not None or self._moving.is_held

    def press(self, event: PointerEvent) -> None:
        self._combine = self._how(event)
        if self._takes_hold(event, self._combine):
            return
        self._spent = (event.has_shift, event.has_alt)
        self._drag = Drag((event.x, event.y), (event.x, event.y))
        self._box.surroundings.overlay_changed()

    def move(self, event: PointerEvent) -> None:
        if self._moving.is_held:
            self._moving.move(event)
        if self._drag is None:
            return
        spent_shift, spent_alt = self._spent
        self._spent = (spent_shift and event.has_shift, spent_alt and event.has_alt)
        is_equal = event.has_control or (event.has_shift and not self._spent[0])
        is_centered = event.has_alt and not self._spent[1]
        self._pointer = (event.x, event.y)
        self._drag = self._drag.moved(replace(event, has_shift=is_equal, has_alt=is_centered))
        rect = self._rect()
        self._box.surroundings.tell(f"{rect.width} × {rect.height} px")
        self._box.surroundings.overlay_changed()

    def release(self) -> None:
        if self._moving.is_held:
            self._let_go()
            return
        rect, was_down = self._rect(), self._drag is not None
        self._drag = None
        self._box.surroundings.overlay_changed()
        if rect.is_empty:
            if was_down and self._combine is Combine.REPLACE:
                self._deselect()
        else:
            self._take(lambda: self._area(rect), self._combine)

    def cancel(self) -> None:
        self._moving.cancel()
        self._drag = None
        self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._drag is None or self._rect().is_empty:
            return ()
        rect = self._rect()
        outline = OverlayPath(self._outline(rect), is_closed=True)
        return (outline, size_label(rect, self._pointer))

    def _rect(self) -> Rect:
        """Whole pixels: those whose corner is nearest to where the pointer went."""
        if self._drag is None:
            return EMPTY_RECT
        (x0, y0), (x1, y1) = self._drag.as_box()
        left, right = sorted((round(x0), round(x1)))
        top, bottom = sorted((round(y0), round(y1)))
        return Rect.from_edges(left, top, right, bottom)

    @abstractmethod
    def _area(self, rect: Rect) -> TileMap:
        """What is inside."""

    @abstractmethod
    def _outline(self, rect: Rect) -> tuple[Point, ...]:
        """What is shown while dragging."""


class RectangleSelectTool(DragSelectTool):
    """Whole pixels, no soft edge."""

    id = "selectRectangle"
    label = "Rectangle"
    hint = (
        "Drag a rectangle. Shift adds, Alt takes away; in a drag: square, centered. Space moves it."
    )

    def _area(self, rect: Rect) -> TileMap:
        return rectangle_area(rect)

    def _outline(self, rect: Rect) -> tuple[Point, ...]:
        return (
            (rect.x, rect.y), (rect.right, rect.y),
            (rect.right, rect.bottom), (rect.x, rect.bottom),
        )  # fmt: skip


class EllipseSelectTool(DragSelectTool):
    """Inside the rectangle that is dragged."""

    id = "selectEllipse"
    label = "Ellipse"
    hint = (
        "Drag an ellipse. Shift adds, Alt takes away; in a drag: circle, centered. Space moves it."
    )

    def _area(self, rect: Rect) -> TileMap:
        return ellipse_area(rect.x, rect.y, rect.right, rect.bottom)

    def _outline(self, rect: Rect) -> tuple[Point, ...]:
        angles = [2 * math.pi * step / _ROUND for step in range(_ROUND)]
        wide, high = rect.width / 2, rect.height / 2
        return tuple(
            (rect.x + wide * (1 + math.cos(a)), rect.y + high * (1 + math.sin(a))) for a in angles
        )


class LassoTool(AreaTool):
    """Inside the line that is drawn; the way back to its start is straight."""

    id = "selectLasso"
    label = "Lasso"
    hint = (
        "Draw around what you want. Shift adds, Alt takes away. A drag inside moves the selection."
    )
    _moves_outline = True

    def __init__(self, document: Document, box: SelectBox) -> None:
        super().__init__(document, box)
        self._points: list[Point] = []
        self._combine = Combine.REPLACE

    @property
    def is_busy(self) -> bool:
        return bool(self._points) or self._moving.is_held

    def press(self, event: PointerEvent) -> None:
        self._combine = self._how(event)
        if not self._takes_hold(event, self._combine):
            self._points = [(event.x, event.y)]

    def move(self, event: PointerEvent) -> None:
        if self._moving.is_held:
            self._moving.move(event)
        elif self._points and (event.x, event.y) != self._points[-1]:
            self._points.append((event.x, event.y))
            self._box.surroundings.overlay_changed()

    def release(self) -> None:
        if self._moving.is_held:
            self._let_go()
            return
        points, self._points = self._points, []
        self._box.surroundings.overlay_changed()
        is_smooth = self._box.selecting.is_smooth
        if len(points) > 2:
            self._take(lambda: polygon_area(points, is_smooth=is_smooth), self._combine)
        elif points and self._combine is Combine.REPLACE:
            self._deselect()

    def cancel(self) -> None:
        self._moving.cancel()
        self._points = []
        self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        return (OverlayPath(tuple(self._points)),) if len(self._points) > 1 else ()
