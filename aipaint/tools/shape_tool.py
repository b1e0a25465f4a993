"""`ShapeTool`: lines, rectangles and ellipses, dragged from one end or corner to the other."""

import math

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.live_edit import LiveEdit
from aipaint.document.picture import Picture
from aipaint.pixels.shapes import Shape, ShapeKind, ShapePaint, draw_shape, shape_bounds
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.color_box import ColorBox
from aipaint.tools.drag_geometry import Drag, began
from aipaint.tools.live_tool import LiveTool
from aipaint.tools.overlay import OverlayLabel, OverlayPath, OverlayShape, Point
from aipaint.tools.paint_aside import Painting, paint_aside
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.painting_options import ShapeLook, ShapeOptions
from aipaint.tools.pointer_event import PointerEvent

# Redrawn each frame; a larger shape shows its outline and is drawn on a worker.
_LIVE_PIXELS = 64 * TILE_SIZE * TILE_SIZE

_LABELS = {
    ShapeKind.LINE: "Line",
    ShapeKind.RECTANGLE: "Rectangle",
    ShapeKind.ELLIPSE: "Ellipse",
}


class ShapeTool(LiveTool):
    """Shift: a square, a circle, steps of 45 degrees. Alt: from the center. Space moves it along.
    How large it has become stands beside the pointer."""

    def __init__(self, document: Document, box: PaintingBox, kind: ShapeKind) -> None:
        super().__init__(document, box)
        self._kind = kind
        self._drag: Drag | None = None
        self._is_large = False
        self.id = kind.value
        self.label = self.step_label = _LABELS[kind]
        shift = "steps of 45°" if kind is ShapeKind.LINE else "equal sides"
        self.hint = f"Drag to draw. Shift: {shift}. Alt: from the center. Space moves it."

    def overlay(self) -> tuple[OverlayShape, ...]:
        drag = self._drag
        if drag is None or drag.start == drag.here:
            return ()
        label = OverlayLabel(*drag.here, _measure(self._kind, drag))
        if not self._is_large:
            return (label,)
        return (OverlayPath(outline_points(self._shape(drag)), is_closed=True), label)

    def release(self) -> None:
        self.tick()
        drag, self._drag = self._drag, None
        if drag is not None and self._is_large:
            self._draw_aside(self._shape(drag))
        else:
            super().release()
        self._box.surroundings.overlay_changed()

    def cancel(self) -> None:
        self._drag = None
        super().cancel()

    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        self._drag = began(event)
        self._is_large = False
        return True

    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        if self._drag is None:
            return {}
        for event in events:  # each: Space moves it by what lies between two
            self._drag = self._drag.moved(event)
        self._box.surroundings.overlay_changed()
        if self._drag.start == self._drag.here:
            return {}
        shape, paint = self._shape(self._drag), self._paint()
        self._is_large = shape_bounds(shape, paint).area > _LIVE_PIXELS
        if self._is_large:
            return {}
        return draw_shape(live.base, shape, paint)

    def _show(self, live: LiveEdit, edits: TileEdits) -> None:
        live.replace(edits)

    def _draw_aside(self, shape: Shape) -> None:
        live, self._live = self._live, None
        assert live is not None  # there is a drag
        self._document.abandon(live)
        self._box.surroundings.overlay_changed()
        paint, target = self._paint(), live.target

        def draw(picture: Picture) -> TileEdits:
            return draw_shape(target_tiles(picture, target), shape, paint)

        work = Painting(target, self.step_label, "Drawing", draw)
        paint_aside(self._document, self._box.surroundings, work)
        self._box.colors.note_use(self._box.colors.foreground)

    def _shape(self, drag: Drag) -> Shape:
        if self._kind is ShapeKind.LINE:
            return Shape(self._kind, drag.as_line())
        corners = drag.as_box()
        if self._kind is ShapeKind.RECTANGLE:
            corners = _on_pixels(corners, self._box.painting.shape)
        return Shape(self._kind, corners)

    def _paint(self) -> ShapePaint:
        return paint_of(self._box.painting.shape, self._box.colors, self._kind)


def paint_of(options: ShapeOptions, colors: ColorBox, kind: ShapeKind) -> ShapePaint:
    """The options in the colors of the moment; a line is nothing but outline."""
    look = ShapeLook.OUTLINE if kind is ShapeKind.LINE else options.look
    fill = {
        ShapeLook.OUTLINE: None,
        ShapeLook.FILLED: colors.foreground,
        ShapeLook.BOTH: colors.background,
    }[look]
    stroke = None if look is ShapeLook.FILLED else colors.foreground
    return ShapePaint(stroke, options.width_pixels, fill, options.opacity)


def outline_points(shape: Shape) -> tuple[Point, ...]:
    """The outline as straight pieces, for showing it before it is drawn."""
    (left, top), (right, bottom) = shape.points[0], shape.points[-1]
    if shape.kind is ShapeKind.RECTANGLE:
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    if shape.kind is ShapeKind.ELLIPSE:
        wide, high = (right - left) / 2, (bottom - top) / 2
        angles = [2 * math.pi * step / 180 for step in range(180)]
        return tuple(
            (left + wide + wide * math.cos(a), top + high + high * math.sin(a)) for a in angles
        )
    return shape.points


def _measure(kind: ShapeKind, drag: Drag) -> str:
    """Length and direction of a line, width and height of all else."""
    (x0, y0), (x1, y1) = drag.as_line() if kind is ShapeKind.LINE else drag.as_box()
    if kind is ShapeKind.LINE:
        angle = round(math.degrees(math.atan2(y0 - y1, x1 - x0))) % 360
        return f"{math.hypot(x1 - x0, y1 - y0):.0f} px, {angle}°"
    return f"{abs(round(x1) - round(x0))} × {abs(round(y1) - round(y0))} px"


def _on_pixels(corners: tuple[Point, Point], options: ShapeOptions) -> tuple[Point, Point]:
    """Edges that meet the pixels: a rectangle is as sharp as it can be."""
    has_outline = options.look is not ShapeLook.FILLED
    shift = 0.5 if has_outline and round(options.width_pixels) % 2 else 0.0
    (left, top), (right, bottom) = corners
    return (
        (round(left) + shift, round(top) + shift),
        (round(right) + shift, round(bottom) + shift),
    )
