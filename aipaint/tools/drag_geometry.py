"""What keys do to a drag: squares, steps of 45 degrees, growing from the center; Space moves it."""

import math
from dataclasses import dataclass

from aipaint.tools.overlay import Point
from aipaint.tools.pointer_event import PointerEvent


@dataclass(frozen=True)
class Drag:
    """Where a drag began, where it is, and the keys held now."""

    start: Point
    here: Point
    has_shift: bool = False
    has_alt: bool = False

    def moved(self, event: PointerEvent) -> "Drag":
        start, here = self.start, (event.x, event.y)
        if event.has_space:
            start = (start[0] + here[0] - self.here[0], start[1] + here[1] - self.here[1])
        return Drag(start, here, event.has_shift, event.has_alt)

    def as_line(self) -> tuple[Point, Point]:
        """Shift: in steps of 45 degrees. Alt: the start is the middle."""
        end = in_steps_of_45(self.start, self.here) if self.has_shift else self.here
        return self._from_center(end)

    def as_box(self) -> tuple[Point, Point]:
        """Two opposite corners. Shift: as wide as high. Alt: the start is the middle."""
        end = squared(self.start, self.here) if self.has_shift else self.here
        return self._from_center(end)

    def _from_center(self, end: Point) -> tuple[Point, Point]:
        if not self.has_alt:
            return self.start, end
        return (2 * self.start[0] - end[0], 2 * self.start[1] - end[1]), end


def began(event: PointerEvent) -> Drag:
    """A drag at its first point."""
    where = (event.x, event.y)
    return Drag(where, where, event.has_shift, event.has_alt)


def in_steps_of_45(start: Point, here: Point) -> Point:
    """The nearest point to `here` on the eight directions from `start`."""
    across, down = here[0] - start[0], here[1] - start[1]
    angle = round(math.atan2(down, across) / (math.pi / 4)) * (math.pi / 4)
    length = across * math.cos(angle) + down * math.sin(angle)
    return start[0] + length * math.cos(angle), start[1] + length * math.sin(angle)


def squared(start: Point, here: Point) -> Point:
    """The corner that makes a square with `start`, as large as the longer side."""
    across, down = here[0] - start[0], here[1] - start[1]
    side = max(abs(across), abs(down))
    return start[0] + math.copysign(side, across), start[1] + math.copysign(side, down)
