"""`PencilTool`: pixels without a soft edge."""

from aipaint.document.live_edit import LiveEdit
from aipaint.pixels.brush import Brush, Sample, StrokeMode
from aipaint.pixels.pencil import PencilStroke
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.drawn_tool import DrawnTool
from aipaint.tools.pointer_event import PointerEvent


class PencilTool(DrawnTool):
    """Every pixel is in the stroke or not. The other end of a pen erases."""

    id = "pencil"
    label = "Pencil"
    hint = "Drag to draw hard pixels. Shift+click: a straight line. Alt picks a color."
    step_label = "Pencil"

    _stroke: PencilStroke

    @property
    def picks_with_alt(self) -> bool:
        return True

    def _prepare(self, event: PointerEvent, live: LiveEdit, brush: Brush) -> None:
        mode = StrokeMode.ERASE if event.is_eraser_tip else StrokeMode.PAINT
        color = self._box.colors.foreground
        self._stroke = PencilStroke(live.base, brush, color, mode)

    def _lay(self, samples: list[Sample], live: LiveEdit) -> TileEdits:
        return self._stroke.add(samples)
