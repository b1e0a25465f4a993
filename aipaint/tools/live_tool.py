"""`LiveTool`: a press-to-release act on the active layer that shows while it is made."""

from abc import abstractmethod

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.live_edit import LiveEdit
from aipaint.document.paint_rules import refusal
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Color
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool


class LiveTool(Tool):
    """Events are gathered and drawn once per frame; release is one step, cancel leaves nothing."""

    step_label = ""
    needs_color = False  # it moves colors about, which a layer's mask has none of

    def __init__(self, document: Document, box: PaintingBox) -> None:
        self._document = document
        self._box = box
        self._live: LiveEdit | None = None
        self._events: list[PointerEvent] = []

    @abstractmethod
    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        """Get ready to draw; False if this press means something else or cannot be drawn."""

    @abstractmethod
    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        """The tiles that differ after these events, given the ones from before (`live.base`)."""

    def _show(self, live: LiveEdit, edits: TileEdits) -> None:
        """A stroke grows; whoever draws anew each frame replaces instead."""
        live.extend(edits)

    def _used_color(self) -> Color | None:
        """The color that has been painted with, for the list of recent ones."""
        return self._box.colors.foreground

    def press(self, event: PointerEvent) -> None:
        if self._live is not None:
            self.release()
        picture = self._document.picture
        target = picture.paint_target
        reason = refusal(picture, target) or self._objection(picture, target)
        if reason:
            self._box.surroundings.tell(reason)
            return
        live = LiveEdit(picture, target)
        if self._start(event, live):
            self._live = live
            self._events = [event]

    def move(self, event: PointerEvent) -> None:
        if self._live is not None:
            self._events.append(event)

    def tick(self) -> None:
        if self._live is not None and self._events:
            events, self._events = self._events, []
            self._show(self._live, self._draw(events, self._live))
            self._document.preview(self._live)

    def release(self) -> None:
        self.tick()
        live, self._live = self._live, None
        if live is None:
            return
        self._document.finish(live, self.step_label)
        color = self._used_color()
        if color is not None:
            self._box.colors.note_use(color)

    def cancel(self) -> None:
        live, self._live = self._live, None
        self._events = []
        if live is not None:
            self._document.abandon(live)
            self._box.surroundings.overlay_changed()

    def _objection(self, picture: Picture, target: str) -> str:
        has_color = target_tiles(picture, target).format is TileFormat.COLOR
        if has_color or not self.needs_color:
            return ""
        return f"{self.label} works on a layer, not on its mask. Choose the layer's picture first."

    @property
    def is_busy(self) -> bool:
        return self._live is not None
