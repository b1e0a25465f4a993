"""`HandTool`: moves the view, not the picture; the canvas does the moving."""

from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool


class HandTool(Tool):
    """The view asks `id` and pans by itself: a view is not part of a picture."""

    id = "hand"
    label = "Hand"
    hint = "Drag to move the view. Space held does the same with any tool."

    def press(self, event: PointerEvent) -> None:
        """Nothing: the view pans."""

    def move(self, event: PointerEvent) -> None:
        """Nothing: the view pans."""

    def tick(self) -> None:
        """Nothing: the view pans."""

    def release(self) -> None:
        """Nothing: the view pans."""

    def cancel(self) -> None:
        """Nothing: the view pans."""
