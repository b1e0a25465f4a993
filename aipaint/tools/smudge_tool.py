"""`SmudgeTool`: drags colors along, as a finger does with wet paint."""

from aipaint.document.live_edit import LiveEdit
from aipaint.pixels.brush import Color, Sample
from aipaint.pixels.smudge import SmudgeStroke
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.live_tool import LiveTool
from aipaint.tools.pointer_event import PointerEvent


class SmudgeTool(LiveTool):
    """Opacity is the strength; the pressure of a pen weakens it."""

    id = "smudge"
    label = "Smudge"
    hint = "Drag to pull colors along. Opacity is the strength. [ and ] change the size."
    step_label = "Smudge"
    needs_color = True

    _stroke: SmudgeStroke

    @property
    def cursor_diameter(self) -> float:
        return self._box.brush_of(self.id).size_pixels

    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        self._stroke = SmudgeStroke(live.base, self._box.brush_of(self.id))
        return True

    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        return self._stroke.add([Sample(event.x, event.y, event.pressure) for event in events])

    def _used_color(self) -> Color | None:
        return None
