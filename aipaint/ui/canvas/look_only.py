"""`LookOnly`: while a dialog about the picture is open, the canvas is for looking, not painting."""

from collections.abc import Callable
from dataclasses import dataclass

from aipaint.tools.pointer_event import PointerEvent


def _takes_no_press(event: PointerEvent) -> bool:
    del event
    return False


@dataclass(frozen=True)
class LookOnly:
    """A drag moves the view. `on_end` is told of Enter (True) and Esc (False) on the canvas;
    `on_press` may take a press for itself, for instance to read a color, and says so."""

    on_end: Callable[[bool], None]
    on_press: Callable[[PointerEvent], bool] = _takes_no_press
