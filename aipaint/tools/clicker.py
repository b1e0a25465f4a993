"""`Clicker`: who knows from one click which object is meant, where a model for it was added."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from aipaint.pixels.tile import Pixels

if TYPE_CHECKING:
    from aipaint.pixels.smart_select import SmartHints


class Clicker(Protocol):
    """`select` is called on workers."""

    @property
    def is_ready(self) -> bool:
        """There is one now."""

    def select(self, bgra: Pixels, hints: "SmartHints", is_cancelled: Callable[[], bool]) -> Pixels:
        """As `smart_select`; a mark of a single point is enough. Raises AipaintError."""

    def rest(self) -> None:
        """Give the memory back; the picture is looked at anew next time."""
