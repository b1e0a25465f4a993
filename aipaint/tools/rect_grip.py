"""A rectangle that is dragged by its handles: which one is under the pointer, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayHandle, OverlayLabel, OverlayPath, OverlayShape, Point
from aipaint.tools.pointer_look import PointerKind, PointerLook

GRAB_PIXELS = 9.0
"""How near to a handle counts as on it, in pixels of the screen."""

_SIDES = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))


@dataclass(frozen=True)
class RectGrip:
    """What of a rectangle is held: -1, 0, 1 across and down; both 0 is the whole of it."""

    across: int
    down: int
    start: Point
    rect: Rect

    @staticmethod
    def under(rect: Rect, x: float, y: float, screen_pixel: float) -> "RectGrip | None":
        """What a press at a point would take hold of; None beside the rectangle."""
        reach = GRAB_PIXELS * screen_pixel
        places = [(_place(rect, across, down), across, down) for across, down in _SIDES]
        nearest = min(places, key=lambda one: max(abs(one[0][0] - x), abs(one[0][1] - y)))
        (handle_x, handle_y), across, down = nearest
        if max(abs(handle_x - x), abs(handle_y - y)) <= reach:
            return RectGrip(across, down, (x, y), rect)
        if rect.x <= x < rect.right and rect.y <= y < rect.bottom:
            return RectGrip(0, 0, (x, y), rect)
        return None

    @property
    def look(self) -> PointerLook:
        """Of the pointer over it."""
        if self.is_whole:
            return PointerLook(PointerKind.MOVE)
        return PointerLook(PointerKind.STRETCH, (self.across, self.down))

    @property
    def is_whole(self) -> bool:
        return self.across == 0 and self.down == 0

    def dragged(self, x: float, y: float, *, keeps_ratio: bool = False) -> Rect:
        """The rectangle now; dragged through itself it turns over. Never smaller than a pixel."""
        dx, dy = round(x - self.start[0]), round(y - self.start[1])
        rect = self.rect
        if self.is_whole:
            return rect.translated(dx, dy)
        left, right = _edges(rect.x, rect.right, self.across, dx)
        top, bottom = _edges(rect.y, rect.bottom, self.down, dy)
        new = Rect.from_edges(left, top, right, bottom)
        if keeps_ratio and self.across and self.down:
            ratio = rect.width / max(1, rect.height)
            width = max(new.width, round(new.height * ratio))
            return self.with_size(new, width, max(1, round(width / ratio)))
        return new

    def with_size(self, rect: Rect, width: int, height: int) -> Rect:
        """Another size for it; what is opposite of the held handle stays."""
        held = self.rect
        left = _start(rect.x, rect.width, width, held.right if self.across < 0 else held.x)
        top = _start(rect.y, rect.height, height, held.bottom if self.down < 0 else held.y)
        if self.across == 0:
            left = rect.x + (rect.width - width) // 2
        if self.down == 0:
            top = rect.y + (rect.height - height) // 2
        return Rect(left, top, width, height)


def rect_shapes(rect: Rect) -> tuple[OverlayShape, ...]:
    """The outline and the eight handles."""
    corners = tuple(_place(rect, *side) for side in _SIDES[::2])
    handles = (OverlayHandle(*_place(rect, *side)) for side in _SIDES)
    return (OverlayPath(corners, is_closed=True), *handles)


def size_label(rect: Rect, pointer: Point) -> OverlayLabel:
    """How large it is, beside the pointer."""
    return OverlayLabel(*pointer, f"{rect.width} × {rect.height}")


def _place(rect: Rect, across: int, down: int) -> Point:
    return (
        rect.x + rect.width * (across + 1) / 2,
        rect.y + rect.height * (down + 1) / 2,
    )


def _start(low: int, length: int, wanted: int, fixed: int) -> int:
    """Where a length begins that keeps the end which does not move."""
    return low + length - wanted if low < fixed else low


def _edges(low: int, high: int, side: int, by: int) -> tuple[int, int]:
    if side < 0:
        low += by
    elif side > 0:
        high += by
    low, high = min(low, high), max(low, high)
    return low, max(high, low + 1)


Snap = Callable[[int, int], tuple[int, int]]
"""From a wanted width and height to the nearest that is allowed."""
