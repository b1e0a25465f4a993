"""`DoubleTap`: whether a pen taps the second time: no system tells, as it does for a mouse."""

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

_SLOP = 12.0  # screen pixels that a hand wanders between two taps


class DoubleTap:
    """`clock` in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: tuple[QPointF, float] | None = None

    def is_second(self, where: QPointF) -> bool:
        """Told of every tap. A third one begins anew."""
        now = self._clock()
        last, self._last = self._last, (where, now)
        if last is None:
            return False
        limit = QGuiApplication.styleHints().mouseDoubleClickInterval() / 1000
        is_second = now - last[1] <= limit and (where - last[0]).manhattanLength() <= _SLOP
        if is_second:
            self._last = None
        return is_second
