"""`Tool`: pointer events in, commands out."""

from abc import ABC, abstractmethod

from aipaint.tools.overlay import OverlayShape
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.pointer_look import PointerLook


class Tool(ABC):
    """One at a time is current. `id` is the action's name without `tool.`, `label` for people."""

    id: str
    label: str
    hint: str = ""
    takes_secondary: bool = False
    """The right button works as well, and takes away."""

    @abstractmethod
    def press(self, event: PointerEvent) -> None:
        """The button or the pen goes down."""

    @abstractmethod
    def move(self, event: PointerEvent) -> None:
        """It moves while down."""

    @abstractmethod
    def tick(self) -> None:
        """Once per frame: draw what has been gathered since the last one."""

    @abstractmethod
    def release(self) -> None:
        """It goes up: the act is recorded."""

    @abstractmethod
    def cancel(self) -> None:
        """Esc, or the tool is taken away: as if it had never gone down."""

    @property
    def is_busy(self) -> bool:
        """Between press and release."""
        return False

    @property
    def cursor_diameter(self) -> float:
        """Of the outline shown at the pointer, in canvas pixels; 0 for none."""
        return 0.0

    @property
    def picks_with_alt(self) -> bool:
        """A press with Alt held takes a color instead."""
        return False

    def leave(self) -> None:
        """Another tool is chosen: what is unfinished is given up, unless the tool knows better."""
        if self.is_busy:
            self.cancel()

    def hover(self, event: PointerEvent) -> None:
        """It moves while up. For tools that wait for the next click."""
        del event

    def confirm(self) -> bool:
        """Enter or a double click: finish what is under way. False if nothing was."""
        return False

    def step_back(self) -> bool:
        """Backspace: take back the last corner or mark. False if there is none."""
        return False

    def overlay(self) -> tuple[OverlayShape, ...]:
        """What to draw over the picture now, e.g. the outline being dragged."""
        return ()

    def look_at(self, event: PointerEvent) -> PointerLook:
        """What the pointer should look like there while nothing is held."""
        del event
        return PointerLook()

    def nudge(self, dx: int, dy: int) -> bool:
        """An arrow key: move by so many pixels. False if the tool has no use for it."""
        del dx, dy
        return False

    def view_changed(self) -> bool:
        """Another part of the canvas is seen: a preview of what was seen is not enough. False if
        that is nothing to the tool."""
        return False
