"""`DrawnTool`: what pencil, smudge and clone stamp share: a stroke of their own kind."""

from abc import abstractmethod

from aipaint.document.document import Document
from aipaint.document.live_edit import LiveEdit
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Brush, Sample
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.live_tool import LiveTool
from aipaint.tools.overlay import OverlayShape, Point
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.stroke_path import StrokePath, line_preview


class DrawnTool(LiveTool):
    """Smoothed as its brush says. Shift+click draws a straight line from where the last stroke
    ended, Shift while dragging keeps to an axis."""

    def __init__(self, document: Document, box: PaintingBox) -> None:
        super().__init__(document, box)
        self._path: StrokePath | None = None
        self._ended: tuple[Picture, Point] | None = None
        self._hovering: PointerEvent | None = None

    @abstractmethod
    def _prepare(self, event: PointerEvent, live: LiveEdit, brush: Brush) -> None:
        """A stroke begins."""

    @abstractmethod
    def _lay(self, samples: list[Sample], live: LiveEdit) -> TileEdits:
        """The tiles that differ now that the stroke goes on through these samples."""

    @property
    def cursor_diameter(self) -> float:
        return self._box.brush_of(self.id).size_pixels

    def hover(self, event: PointerEvent) -> None:
        had_line = bool(self.overlay())
        self._hovering = event
        if had_line or self.overlay():
            self._box.surroundings.overlay_changed()

    def tick(self) -> None:
        has_news = bool(self._events)
        super().tick()
        if self._live is not None and self._path is not None:
            if not has_news:
                self._go_on(self._path.rest(), self._live)
            if self._path.overlay():
                self._box.surroundings.overlay_changed()

    def release(self) -> None:
        live, path = self._live, self._path
        if live is not None and path is not None:
            super().tick()
            self._go_on(path.finish(), live)
            if path.end is not None:
                self._ended = (self._document.picture, path.end)
        self._path = None
        super().release()
        self._box.surroundings.overlay_changed()

    def cancel(self) -> None:
        self._path = None
        super().cancel()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._path is not None:
            return self._path.overlay()
        start, event = self._line_start(), self._hovering
        if start is None or event is None or not event.has_shift:
            return ()
        return line_preview(start, event)

    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        brush = self._box.brush_of(self.id)
        self._path = StrokePath(brush, event, self._line_start())
        self._prepare(event, live, brush)
        return True

    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        if self._path is None:
            return {}
        samples = [sample for event in events for sample in self._path.add(event)]
        return self._lay(samples, live) if samples else {}

    def _go_on(self, samples: list[Sample], live: LiveEdit) -> None:
        if samples:
            live.extend(self._lay(samples, live))
            self._document.preview(live)

    def _line_start(self) -> Point | None:
        """Where the last stroke on this picture ended."""
        if self._ended is None or self._ended[0] is not self._document.picture:
            return None
        return self._ended[1]
