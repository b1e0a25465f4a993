"""`TransformTool`: scales, turns, flips and bends the layer or what is selected on it."""

import math
from dataclasses import dataclass

from aipaint.document.document import Document
from aipaint.document.picture import Picture
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayHandle, OverlayLabel, OverlayPath, OverlayShape, Point
from aipaint.tools.placing import Placing, PlacingBox, what_moves, why_not
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerKind, PointerLook
from aipaint.tools.rect_grip import GRAB_PIXELS
from aipaint.tools.tool import Tool
from aipaint.tools.transform_shape import CORNERS, SIDES, TransformShape

_LABEL = "Transform"
_STEP_DEGREES = 15


@dataclass(frozen=True)
class _Grip:
    """What a drag does. `handle` is across and down, None for a move or a turn."""

    start: Point
    shape: TransformShape
    handle: tuple[int, int] | None = None
    offset: Point = (0.0, 0.0)  # from the pointer to the handle
    is_turn: bool = False


class TransformTool(Tool):
    """Handles are there as soon as the tool is chosen; the first change begins, Enter ends it."""

    id = "transform"
    label = "Transform"
    hint = (
        "Handles scale, beside them turns, inside moves, Ctrl+corner bends. Enter applies, "
        "Esc cancels."
    )

    def __init__(self, document: Document, box: PlacingBox) -> None:
        self._document = document
        self._box = box
        self._shape: TransformShape | None = None
        self._placing: Placing | None = None
        self._picture: Picture | None = None
        self._grip: _Grip | None = None
        self._pointer = (0.0, 0.0)
        self._shown: TransformShape | None = None
        self._is_new = False
        self._is_applying = False
        self.keeps_ratio = True

    @property
    def shape(self) -> TransformShape | None:
        """As it is now; None where there is nothing to transform."""
        if self._shape is not None:
            return self._shape
        bounds = what_moves(self._document.picture)
        return None if bounds.is_empty else TransformShape(bounds)

    def set_shape(self, shape: TransformShape) -> None:
        """From the numbers and buttons of the options bar, or a drag."""
        if self._is_applying or not self._begin():
            return
        self._shape, self._is_new = shape, True
        if self._grip is None:
            self.tick()
        self._box.surroundings.overlay_changed()

    def press(self, event: PointerEvent) -> None:
        if not self._is_applying and self._begin():
            assert self._shape is not None  # begun
            self._grip = self._grip_under(self._shape, event)
            self._pointer = (event.x, event.y)

    def move(self, event: PointerEvent) -> None:
        grip = self._grip
        if grip is None:
            return
        self._pointer = (event.x, event.y)
        here = (event.x + grip.offset[0], event.y + grip.offset[1])
        shape = grip.shape
        if grip.is_turn:
            shape = _turned(grip, event)
        elif grip.handle is None:
            shape = _moved(grip, event)
        elif event.has_control and grip.handle in CORNERS:
            shape = shape.pulled(CORNERS.index(grip.handle), here)
        else:
            keeps_ratio = self.keeps_ratio != event.has_shift and grip.handle in CORNERS
            shape = shape.stretched(
                grip.handle, here, keeps_ratio=keeps_ratio, about_center=event.has_alt
            )
        self.set_shape(shape)

    def tick(self) -> None:
        if self._is_new and self._shape is not None and self._placing is not None:
            self._is_new = False
            self._placing.show(self._shape.homography())

    def release(self) -> None:
        self.tick()
        self._grip = None
        self._box.surroundings.overlay_changed()

    def confirm(self) -> bool:
        self.release()
        placing, shape = self._placing, self._shape
        if placing is None or shape is None:
            return False
        if not self._is_applying:
            self._is_applying = True
            placing.finish(shape.homography(), _LABEL)
        return True

    def cancel(self) -> None:
        placing = self._placing
        self._forget()
        if placing is not None:
            placing.abandon()

    def look_at(self, event: PointerEvent) -> PointerLook:
        shape = self._shown  # to measure a large layer takes longer than a move of the mouse
        if shape is None:
            return PointerLook()
        grip = self._grip_under(shape, event)
        if grip.is_turn:
            return PointerLook(PointerKind.TURN)
        if grip.handle is None:
            return PointerLook(PointerKind.MOVE)
        (x, y), (center_x, center_y) = shape.place(*grip.handle), shape.place(0, 0)
        return PointerLook(PointerKind.STRETCH, (x - center_x, y - center_y))

    def nudge(self, dx: int, dy: int) -> bool:
        shape = self.shape
        if shape is not None:
            self.set_shape(shape.moved(dx, dy))
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        shape = self._shown = self.shape
        if shape is None:
            return ()
        outline = OverlayPath(tuple(shape.place(*side) for side in CORNERS), is_closed=True)
        handles = (OverlayHandle(*shape.place(*side)) for side in (*CORNERS, *SIDES))
        if self._grip is None:
            return (outline, *handles)
        return (outline, *handles, OverlayLabel(*self._pointer, _in_words(self._grip, shape)))

    def view_changed(self) -> bool:
        if self._placing is None or self._is_applying:
            return False
        self._is_new = True
        self.tick()
        return True

    @property
    def is_busy(self) -> bool:
        return self._placing is not None

    def _begin(self) -> bool:
        if self._placing is not None and self._picture is self._document.picture:
            return True
        picture = self._document.picture
        reason = why_not(picture)
        if reason:
            self._box.surroundings.tell(reason)
            return False
        self._picture = picture
        self._shape = TransformShape(what_moves(picture))
        self._placing = Placing(self._document, self._box.surroundings, self._forget)
        return True

    def _grip_under(self, shape: TransformShape, event: PointerEvent) -> _Grip:
        start, reach = (event.x, event.y), GRAB_PIXELS * event.screen_pixel
        for handle in (*CORNERS, *SIDES):
            x, y = shape.place(*handle)
            if max(abs(x - event.x), abs(y - event.y)) <= reach:
                return _Grip(start, shape, handle, (x - event.x, y - event.y))
        return _Grip(start, shape, is_turn=not _is_inside(shape, start))

    def _forget(self) -> None:
        self._shape = self._placing = self._grip = self._picture = None
        self._is_new = self._is_applying = False
        self._box.surroundings.overlay_changed()


def _moved(grip: _Grip, event: PointerEvent) -> TransformShape:
    dx, dy = event.x - grip.start[0], event.y - grip.start[1]
    if event.has_shift:
        dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
    # Whole pixels: a move alone never blurs.
    return grip.shape.moved(round(dx), round(dy))


def _turned(grip: _Grip, event: PointerEvent) -> TransformShape:
    x, y = grip.shape.center
    before = math.atan2(grip.start[1] - y, grip.start[0] - x)
    after = math.atan2(event.y - y, event.x - x)
    degrees = grip.shape.degrees + math.degrees(after - before)
    if event.has_shift:
        degrees = round(degrees / _STEP_DEGREES) * _STEP_DEGREES
    return grip.shape.turned(degrees)


def _in_words(grip: _Grip, shape: TransformShape) -> str:
    """What the drag has come to."""
    if grip.is_turn:
        return f"{shape.degrees:.1f}°"
    if grip.handle is None:
        return f"{shape.dx:.0f}, {shape.dy:.0f}"
    wide, high = abs(shape.scale_x), abs(shape.scale_y)
    return f"{shape.rect.width * wide:.0f} × {shape.rect.height * high:.0f}"


def _is_inside(shape: TransformShape, point: Point) -> bool:
    x, y = shape.homography().inverse().point(*point)
    rect: Rect = shape.rect
    return rect.x <= x < rect.right and rect.y <= y < rect.bottom
