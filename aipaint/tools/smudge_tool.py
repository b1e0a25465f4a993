"""`SmudgeTool`: drags colors along, as a finger does with wet paint."""

from aipaint.document.live_edit import LiveEdit
from aipaint.pixels.brush import Brush, Color, Sample
from aipaint.pixels.smudge import SmudgeStroke
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.drawn_tool import DrawnTool
from aipaint.tools.pointer_event import PointerEvent


class SmudgeTool(DrawnTool):
    """Opacity is the strength; a pen that presses less weakens it."""

    id = "smudge"
    label = "Smudge"
    hint = "Drag to pull colors along. Opacity is the strength. [ and ] change the size."
    step_label = "Smudge"
    needs_color = True

    _stroke: SmudgeStroke

    def _prepare(self, event: PointerEvent, live: LiveEdit, brush: Brush) -> None:
        self._stroke = SmudgeStroke(live.base, brush)

    def _lay(self, samples: list[Sample], live: LiveEdit) -> TileEdits:
        return self._stroke.add(samples)

    def _used_color(self) -> Color | None:
        return None
