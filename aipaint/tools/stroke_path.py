"""`StrokePath`: from the events of one press to the samples of one stroke."""

import math

from aipaint.pixels.brush import Brush, Sample
from aipaint.tools.overlay import OverlayCross, OverlayPath, OverlayShape, Point
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.smoothing import make_smoother

_CLICK_SLOP = 6.0  # screen pixels that a click may wander
_AXIS_SLOP = 4.0  # screen pixels before a direction counts


class StrokePath:
    """Shift pressed before the button and then a click: a straight line from `line_from`. Shift
    while dragging: along an axis. Otherwise the way of the hand, smoothed as the brush says."""

    def __init__(self, brush: Brush, event: PointerEvent, line_from: Point | None) -> None:
        self._smoother = make_smoother(brush.smoothing, brush.smoothing_amount, event.screen_pixel)
        self._line_from = line_from if event.has_shift else None
        self._start = event
        self._firmest = event.pressure
        self._axis = _AxisLock()
        self._end: Point | None = None

    @property
    def end(self) -> Point | None:
        """The last place that was painted; None if there is none."""
        return self._end

    def add(self, event: PointerEvent) -> list[Sample]:
        """What the pointer being here adds."""
        if self._line_from is not None:
            self._firmest = max(self._firmest, event.pressure)
            if _distance(self._start, event) <= _CLICK_SLOP * event.screen_pixel:
                return []
            # It is a drag after all, along an axis from where it began.
            self._line_from = None
            return self._noted(self._follow(self._start) + self._follow(event))
        return self._noted(self._follow(event))

    def rest(self) -> list[Sample]:
        """A frame went by without an event."""
        return self._noted(self._smoother.rest())

    def finish(self) -> list[Sample]:
        """The button went up."""
        if self._line_from is None:
            return self._noted(self._smoother.finish())
        start, end = self._line_from, self._start
        ends = [Sample(*start, self._firmest), Sample(end.x, end.y, self._firmest)]
        return self._noted(ends)

    def overlay(self) -> tuple[OverlayShape, ...]:
        """The line that a click would draw, or the string that pulls the brush."""
        if self._line_from is not None:
            return line_preview(self._line_from, self._start)
        string = self._smoother.string
        if string is None:
            return ()
        brush, pointer = string
        return (
            OverlayPath(((brush.x, brush.y), (pointer.x, pointer.y))),
            OverlayCross(brush.x, brush.y),
        )

    def _follow(self, event: PointerEvent) -> list[Sample]:
        place = self._axis.place(event)
        if place is None:
            return []
        return self._smoother.add(
            Sample(*place, event.pressure, tilt=event.tilt, lean_degrees=event.lean_degrees)
        )

    def _noted(self, samples: list[Sample]) -> list[Sample]:
        if samples:
            self._end = (samples[-1].x, samples[-1].y)
        return samples


def line_preview(start: Point, event: PointerEvent) -> tuple[OverlayShape, ...]:
    """Where Shift+click would draw."""
    return (OverlayPath((start, (event.x, event.y))),)


class _AxisLock:
    """While Shift is held the pointer moves along the axis it set out on."""

    def __init__(self) -> None:
        self._last: Point | None = None
        self._anchor: Point | None = None
        self._is_horizontal: bool | None = None

    def place(self, event: PointerEvent) -> Point | None:
        """Where the pointer counts as being; None while the axis is not clear yet."""
        here = (event.x, event.y)
        if not event.has_shift:
            self._anchor, self._is_horizontal = None, None
        elif self._anchor is None:
            # On the first event of a stroke there is nothing to hold on to but itself.
            self._anchor = self._last if self._last is not None else here
        place = here if self._anchor is None else self._along(self._anchor, event)
        if place is not None:
            self._last = place
        return place

    def _along(self, anchor: Point, event: PointerEvent) -> Point | None:
        across, down = event.x - anchor[0], event.y - anchor[1]
        if self._is_horizontal is None:
            if math.hypot(across, down) < _AXIS_SLOP * event.screen_pixel:
                return anchor if self._last is None else None
            self._is_horizontal = abs(across) >= abs(down)
        return (event.x, anchor[1]) if self._is_horizontal else (anchor[0], event.y)


def _distance(one: PointerEvent, other: PointerEvent) -> float:
    return math.hypot(other.x - one.x, other.y - one.y)
