"""Tools that paint strokes: brush and eraser on the layer, mask and mask eraser on the mask."""

from abc import abstractmethod
from typing import Protocol

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.live_stroke import LiveStroke
from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.stroke import Stroke
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool

_MASK_COLOR = Color(255, 255, 255)


class BrushBox(Protocol):
    """Where a stroke tool finds its brush and color."""

    brush: Brush
    mask_brush: Brush
    color: Color


class StrokeTool(Tool):
    """Press to release is one stroke and one step of the history.

    Samples are gathered and stamped once per frame (`tick`), however many events arrive.
    """

    def __init__(self, document: Document, box: BrushBox) -> None:
        self._document = document
        self._box = box
        self._dabs = DabCache()
        self._live: LiveStroke | None = None
        self._waiting: list[Sample] = []
        self._label = ""

    @abstractmethod
    def _begin(self, event: PointerEvent) -> tuple[str, Stroke, str] | None:
        """Target, stroke and label; None where nothing can be painted now."""

    def press(self, event: PointerEvent) -> None:
        if self._live is not None:
            self.release()
        begun = self._begin(event)
        if begun is not None:
            target, stroke, self._label = begun
            self._live = LiveStroke(target, stroke)
            self.move(event)

    def move(self, event: PointerEvent) -> None:
        if self._live is not None:
            self._waiting.append(Sample(event.x, event.y, event.pressure))

    def tick(self) -> None:
        if self._live is not None and self._waiting:
            samples, self._waiting = self._waiting, []
            self._live.add(samples)
            self._document.preview(self._live)

    def release(self) -> None:
        self.tick()
        live, self._live = self._live, None
        if live is not None:
            self._document.finish(live, self._label)

    def cancel(self) -> None:
        live, self._live = self._live, None
        self._waiting = []
        if live is not None:
            self._document.abandon(live)

    @property
    def is_busy(self) -> bool:
        return self._live is not None


class PaintTool(StrokeTool):
    """Brush or eraser on the active layer. A locked or hidden layer is left alone."""

    def __init__(self, document: Document, box: BrushBox, *, is_eraser: bool) -> None:
        super().__init__(document, box)
        self._is_eraser = is_eraser
        self.id = "eraser" if is_eraser else "brush"
        self.label = "Eraser" if is_eraser else "Brush"
        verb = "erase from" if is_eraser else "paint on"
        self.hint = f"Drag to {verb} the active layer. [ and ] change the size."

    def _begin(self, event: PointerEvent) -> tuple[str, Stroke, str] | None:
        layer = self._document.picture.active_layer
        if layer.style.is_locked or not layer.style.is_visible:
            return None
        erases = self._is_eraser or event.is_eraser_tip
        mode = StrokeMode.ERASE if erases else StrokeMode.PAINT
        stroke = Stroke(self._box.brush, self._box.color, mode, self._dabs)
        return layer.id, stroke, "Erase" if erases else "Brush stroke"

    @property
    def cursor_diameter(self) -> float:
        return self._box.brush.size_pixels


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
