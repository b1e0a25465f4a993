"""`Tool`: pointer events in, commands out."""

from abc import ABC, abstractmethod

from aipaint.tools.pointer_event import PointerEvent


class Tool(ABC):
    """One at a time is current. `id` is the action's name without `tool.`, `label` for people."""

    id: str
    label: str
    hint: str = ""

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
