"""`PencilTool`: pixels without a soft edge."""

from aipaint.document.live_edit import LiveEdit
from aipaint.pixels.brush import Sample, StrokeMode
from aipaint.pixels.pencil import PencilStroke
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.drag_geometry import StraightLine
from aipaint.tools.live_tool import LiveTool
from aipaint.tools.overlay import Point
from aipaint.tools.pointer_event import PointerEvent


class PencilTool(LiveTool):
    """Shift+click draws a straight line from where the last stroke ended, Shift while dragging
    keeps to steps of 45 degrees. The other end of a pen erases."""

    id = "pencil"
    label = "Pencil"
    hint = "Drag to draw hard pixels. Shift+click: a straight line. Alt picks a color."
    step_label = "Pencil"

    _stroke: PencilStroke
    _line: StraightLine
    _end: Point | None = None

    @property
    def picks_with_alt(self) -> bool:
        return True

    @property
    def cursor_diameter(self) -> float:
        return self._box.brush_of(self.id).size_pixels

    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        brush = self._box.brush_of(self.id)
        mode = StrokeMode.ERASE if event.is_eraser_tip else StrokeMode.PAINT
        color = self._box.colors.foreground
        self._stroke = PencilStroke(live.base, brush.size_pixels, color, brush.opacity, mode)
        self._line = StraightLine((event.x, event.y))
        if event.has_shift and self._end is not None:
            live.extend(self._stroke.add([Sample(*self._end)]))
        return True

    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        places = [self._line.place(event) for event in events]
        self._end = places[-1]
        return self._stroke.add([Sample(x, y) for x, y in places])
