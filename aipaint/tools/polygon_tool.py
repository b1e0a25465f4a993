"""`PolygonTool`: a shape with any number of corners, clicked one after the other."""

import math

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.paint_rules import refusal
from aipaint.document.picture import Picture
from aipaint.pixels.shapes import Shape, ShapeKind, draw_shape, shape_bounds
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.drag_geometry import in_steps_of_45
from aipaint.tools.overlay import OverlayHandle, OverlayPath, OverlayShape, Point
from aipaint.tools.paint_aside import Painting, paint_aside, record
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.shape_tool import paint_of
from aipaint.tools.tool import Tool

_AT_ONCE_PIXELS = 64 * TILE_SIZE * TILE_SIZE
_CLOSING_PIXELS = 8.0  # on the screen
_SAME_PLACE_PIXELS = 1.0


class PolygonTool(Tool):
    """Enter, a double click or a click on the first corner closes it. Nothing is painted before."""

    id = "polygon"
    label = "Polygon"
    hint = "Click the corners. Enter or a double click closes, Backspace takes a corner back."

    def __init__(self, document: Document, box: PaintingBox) -> None:
        self._document = document
        self._box = box
        self._corners: list[Point] = []
        self._here: Point = (0.0, 0.0)

    @property
    def is_busy(self) -> bool:
        return bool(self._corners)

    def press(self, event: PointerEvent) -> None:
        picture = self._document.picture
        reason = refusal(picture, picture.paint_target)
        if reason:
            self._box.surroundings.tell(reason)
            return
        here = self._place(event)
        closing = _CLOSING_PIXELS * event.screen_pixel
        if len(self._corners) > 2 and math.dist(here, self._corners[0]) <= closing:
            self.confirm()
            return
        # A double click presses twice at one place.
        if not self._corners or math.dist(here, self._corners[-1]) > _SAME_PLACE_PIXELS:
            self._corners.append(here)
        self._here = here
        self._box.surroundings.overlay_changed()

    def move(self, event: PointerEvent) -> None:
        """The corner can be moved until the button goes up."""
        if self._corners:
            corner = self._corners.pop()
            place = self._place(event)
            self._corners.append(place if math.dist(corner, place) > 0 else corner)
            self._here = self._corners[-1]
            self._box.surroundings.overlay_changed()

    def hover(self, event: PointerEvent) -> None:
        if self._corners:
            self._here = self._place(event)
            self._box.surroundings.overlay_changed()

    def tick(self) -> None:
        """Nothing: the overlay follows the pointer."""

    def release(self) -> None:
        """Nothing: a corner is set when the button goes down."""

    def cancel(self) -> None:
        self._corners = []
        self._box.surroundings.overlay_changed()

    def step_back(self) -> bool:
        if not self._corners:
            return False
        self._corners.pop()
        self._box.surroundings.overlay_changed()
        return True

    def confirm(self) -> bool:
        corners, self._corners = tuple(self._corners), []
        self._box.surroundings.overlay_changed()
        if len(corners) < 2:
            return bool(corners)
        self._draw(Shape(ShapeKind.POLYGON, corners))
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        if not self._corners:
            return ()
        handle = OverlayHandle(*self._corners[0])
        return (OverlayPath((*self._corners, self._here)), handle)

    def _draw(self, shape: Shape) -> None:
        target = self._document.picture.paint_target
        paint = paint_of(self._box.painting.shape, self._box.colors, shape.kind)

        def draw(picture: Picture) -> TileEdits:
            return draw_shape(target_tiles(picture, target), shape, paint)

        work = Painting(target, "Polygon", "Drawing", draw)
        if shape_bounds(shape, paint).area > _AT_ONCE_PIXELS:
            paint_aside(self._document, self._box.surroundings, work)
        else:
            record(self._document, self._box.surroundings, work, draw(self._document.picture))
        self._box.colors.note_use(self._box.colors.foreground)

    def _place(self, event: PointerEvent) -> Point:
        here = (event.x, event.y)
        if event.has_shift and self._corners:
            return in_steps_of_45(self._corners[-1], here)
        return here
