"""The brush at the pointer: its size by dragging or by the wheel, its opacity by digits."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF

from aipaint.tools.toolbox import Toolbox

_SIZE_PER_NOTCH = 1.15
_SECOND_DIGIT_SECONDS = 0.6


class BrushKeys:
    """Writes the toolbox; `clock` in seconds."""

    def __init__(self, toolbox: Toolbox, clock: Callable[[], float]) -> None:
        self._toolbox = toolbox
        self._clock = clock
        self._drag_start = QPointF()
        self._size_before = 0.0
        self._digit: tuple[int, float] | None = None

    @property
    def has_brush(self) -> bool:
        """The current tool paints with something that has a size."""
        return self._toolbox.current.cursor_diameter > 0

    def begin_drag(self, where: QPointF) -> None:
        self._drag_start = where
        self._size_before = self._toolbox.current_brush().size_pixels

    def drag(self, where: QPointF, screen_pixel: float) -> None:
        """The rim of the brush follows the pointer: half of the diameter lies on each side."""
        shift = where.x() - self._drag_start.x()
        self._set_size(self._size_before + 2 * shift * screen_pixel)

    def end_drag(self, *, is_given_up: bool) -> None:
        if is_given_up:
            self._set_size(self._size_before)

    def turn(self, notches: float) -> None:
        """The wheel: larger or smaller by a share, but by a pixel at least."""
        size = self._toolbox.current_brush().size_pixels
        wanted = size * _SIZE_PER_NOTCH**notches
        if abs(wanted - size) < 1:
            wanted = size + (1 if notches > 0 else -1)
        self._set_size(wanted)

    def type_digit(self, digit: int) -> None:
        """1 is 10 %, 0 is 100 %; two in a row are both places: 4 and 5 are 45 %."""
        now = self._clock()
        first, self._digit = self._digit, (digit, now)
        if first is not None and now - first[1] <= _SECOND_DIGIT_SECONDS:
            self._digit = None
            percent = first[0] * 10 + digit
        else:
            percent = digit * 10
        brush = self._toolbox.current_brush()
        self._toolbox.set_brush(replace(brush, opacity=(percent or 100) / 100))

    def _set_size(self, size: float) -> None:
        brush = self._toolbox.current_brush()
        self._toolbox.set_brush(replace(brush, size_pixels=float(round(size))))
