"""Tools that paint strokes: brush and eraser on the layer, mask and mask eraser on the mask."""

import time
from abc import abstractmethod
from collections.abc import Callable
from typing import Protocol

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.live_stroke import LiveStroke
from aipaint.document.paint_rules import refusal
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.stroke import Stroke
from aipaint.tools.color_box import ColorBox
from aipaint.tools.overlay import OverlayShape, Point
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.stroke_path import StrokePath, line_preview
from aipaint.tools.surroundings import Surroundings
from aipaint.tools.tool import Tool

_MASK_COLOR = Color(255, 255, 255)
_MOST_HELD_DABS = 32  # in one frame, however long it took


class BrushBox(Protocol):
    """Where a stroke tool finds its brush and color."""

    mask_brush: Brush
    color: Color
    surroundings: Surroundings

    @property
    def colors(self) -> ColorBox: ...

    def brush_of(self, tool_id: str) -> Brush: ...


class StrokeTool(Tool):
    """Press to release is one stroke and one step of the history.

    Samples are gathered and stamped once per frame (`tick`), however many events arrive. Shift and
    a click draw a straight line from where the last stroke ended. `clock` (seconds) paces brushes
    that go on painting while held still.
    """

    def __init__(
        self, document: Document, box: BrushBox, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._document = document
        self._box = box
        self._clock = clock
        self._dabs = DabCache()
        self._live: LiveStroke | None = None
        self._path: StrokePath | None = None
        self._waiting: list[Sample] = []
        self._label = ""
        self._held_since = 0.0
        self._ended: tuple[Picture, Point] | None = None
        self._hovering: PointerEvent | None = None

    @abstractmethod
    def _begin(self, event: PointerEvent) -> tuple[str, Stroke, str] | None:
        """Target, stroke and label; None where nothing can be painted now."""

    def press(self, event: PointerEvent) -> None:
        if self._live is not None:
            self.release()
        begun = self._begin(event)
        if begun is not None:
            target, stroke, self._label = begun
            self._path = StrokePath(stroke.brush, event, self._line_start())
            self._live = LiveStroke(target, stroke)
            self._held_since = self._clock()
            self.move(event)

    def move(self, event: PointerEvent) -> None:
        if self._path is not None:
            self._waiting += self._path.add(event)
            self._overlay_may_differ()

    def tick(self) -> None:
        if self._live is None or self._path is None:
            return
        if not self._waiting:
            self._waiting += self._path.rest()
            if self._waiting:
                self._overlay_may_differ()  # the string has pulled on
        samples, self._waiting = self._waiting, []
        dabs = self._dabs_while_held(self._live.brush.dabs_per_second, has_moved=bool(samples))
        if samples:
            self._live.add(samples)
        if dabs:
            self._live.hold(dabs)
        if samples or dabs:
            self._document.preview(self._live)

    def release(self) -> None:
        live, path = self._live, self._path
        if live is None or path is None:
            return
        self._waiting += path.finish()
        self.tick()
        self._live = self._path = None
        self._document.finish(live, self._label)
        if path.end is not None:
            self._ended = (self._document.picture, path.end)
        self._box.surroundings.overlay_changed()

    def cancel(self) -> None:
        live, self._live = self._live, None
        self._path = None
        self._waiting = []
        if live is not None:
            self._document.abandon(live)
            self._box.surroundings.overlay_changed()

    def hover(self, event: PointerEvent) -> None:
        had_line = bool(self.overlay())
        self._hovering = event
        if had_line or self.overlay():
            self._box.surroundings.overlay_changed()

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._path is not None:
            return self._path.overlay()
        start, event = self._line_start(), self._hovering
        if start is None or event is None or not event.has_shift:
            return ()
        return line_preview(start, event)

    @property
    def is_busy(self) -> bool:
        return self._live is not None

    def _line_start(self) -> Point | None:
        """Where the last stroke on this picture ended."""
        if self._ended is None or self._ended[0] is not self._document.picture:
            return None
        return self._ended[1]

    def _overlay_may_differ(self) -> None:
        if self._path is not None and self._path.overlay():
            self._box.surroundings.overlay_changed()

    def _dabs_while_held(self, per_second: float, *, has_moved: bool) -> int:
        """How many dabs are due at the place where the brush stands."""
        now = self._clock()
        if has_moved or per_second <= 0:
            self._held_since = now
            return 0
        dabs = int((now - self._held_since) * per_second + 1e-6)
        if dabs > _MOST_HELD_DABS:
            # The program stood still; what was not painted then is not made up for.
            self._held_since = now
            return _MOST_HELD_DABS
        self._held_since += dabs / per_second
        return dabs


class PaintTool(StrokeTool):
    """Brush or eraser on the active layer, or on its mask: there the brush reveals and the eraser
    hides. A locked or hidden layer is left alone."""

    def __init__(
        self,
        document: Document,
        box: BrushBox,
        *,
        is_eraser: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(document, box, clock)
        self._is_eraser = is_eraser
        self.id = "eraser" if is_eraser else "brush"
        self.label = "Eraser" if is_eraser else "Brush"
        verb = "erase from" if is_eraser else "paint on"
        self.hint = f"Drag to {verb} the active layer. Shift+click: a straight line."

    def _begin(self, event: PointerEvent) -> tuple[str, Stroke, str] | None:
        target = self._document.picture.paint_target
        reason = refusal(self._document.picture, target)
        if reason:
            self._box.surroundings.tell(reason)
            return None
        erases = self._is_eraser or event.is_eraser_tip
        mode = StrokeMode.ERASE if erases else StrokeMode.PAINT
        stroke = Stroke(self._box.brush_of(self.id), self._box.color, mode, self._dabs)
        return target, stroke, "Erase" if erases else "Brush stroke"

    def release(self) -> None:
        has_painted = self.is_busy and not self._is_eraser
        super().release()
        if has_painted:
            self._box.colors.note_use(self._box.color)

    @property
    def picks_with_alt(self) -> bool:
        return not self._is_eraser

    @property
    def cursor_diameter(self) -> float:
        return self._box.brush_of(self.id).size_pixels


class MaskTool(StrokeTool):
    """Marks where to generate; the right button or the pen's other end takes away."""

    def __init__(self, document: Document, box: BrushBox, *, is_eraser: bool) -> None:
        super().__init__(document, box)
        self._is_eraser = is_eraser
        self.id = "maskEraser" if is_eraser else "mask"
        self.label = "Mask eraser" if is_eraser else "Mask"
        self.hint = (
            "Drag to take away from the mask."
            if is_eraser
            else "Drag over what should change. The right button takes away."
        )

    def _begin(self, event: PointerEvent) -> tuple[str, Stroke, str] | None:
        erases = self._is_eraser or event.is_secondary or event.is_eraser_tip
        mode = StrokeMode.ERASE if erases else StrokeMode.PAINT
        stroke = Stroke(self._box.mask_brush, _MASK_COLOR, mode, self._dabs)
        return MASK, stroke, "Erase mask" if erases else "Paint mask"

    @property
    def cursor_diameter(self) -> float:
        return self._box.mask_brush.size_pixels
