"""`GradientTool`: colors that pass into each other along a drag."""

from aipaint.document.document import Document
from aipaint.document.edit_tiles import target_tiles
from aipaint.document.live_edit import LiveEdit
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Color
from aipaint.pixels.gradient import Gradient, draw_gradient
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE
from aipaint.pixels.tile_map import TileEdits
from aipaint.tools.drag_geometry import Drag, began
from aipaint.tools.live_tool import LiveTool
from aipaint.tools.overlay import OverlayCross, OverlayPath, OverlayShape
from aipaint.tools.paint_aside import Painting, paint_aside
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.pointer_event import PointerEvent

# Laid anew each frame; over a larger area only the line is shown until the button goes up.
_LIVE_PIXELS = 64 * TILE_SIZE * TILE_SIZE


class GradientTool(LiveTool):
    """Covers the selection, or the frame where nothing is selected."""

    id = "gradient"
    label = "Gradient"
    hint = "Drag from the first color to the second. Shift: steps of 45°. Space moves it."
    step_label = "Gradient"

    def __init__(self, document: Document, box: PaintingBox) -> None:
        super().__init__(document, box)
        self._drag: Drag | None = None
        self._area = Rect(0, 0, 0, 0)

    @property
    def picks_with_alt(self) -> bool:
        return True

    def overlay(self) -> tuple[OverlayShape, ...]:
        if self._drag is None:
            return ()
        start, end = self._ends(self._drag)
        return (OverlayPath((start, end)), OverlayCross(*start), OverlayCross(*end))

    def release(self) -> None:
        self.tick()
        drag, self._drag = self._drag, None
        self._box.surroundings.overlay_changed()
        if drag is not None and self._area.area > _LIVE_PIXELS:
            self._draw_aside(drag)
        else:
            super().release()

    def cancel(self) -> None:
        self._drag = None
        super().cancel()

    def _start(self, event: PointerEvent, live: LiveEdit) -> bool:
        self._drag = began(event)
        picture = self._document.picture
        chosen = picture.selection
        self._area = chosen.bounds() if chosen is not None else picture.frame
        return True

    def _draw(self, events: list[PointerEvent], live: LiveEdit) -> TileEdits:
        if self._drag is None:
            return {}
        for event in events:
            self._drag = self._drag.moved(event)
        self._box.surroundings.overlay_changed()
        if self._drag.start == self._drag.here or self._area.area > _LIVE_PIXELS:
            return {}
        return draw_gradient(live.base, self._gradient(self._drag), self._area)

    def _show(self, live: LiveEdit, edits: TileEdits) -> None:
        live.replace(edits)

    def _used_color(self) -> Color | None:
        return None

    def _draw_aside(self, drag: Drag) -> None:
        live, self._live = self._live, None
        if live is None:
            return
        self._document.abandon(live)
        if drag.start == drag.here:
            return
        gradient, area, target = self._gradient(drag), self._area, live.target

        def draw(picture: Picture) -> TileEdits:
            return draw_gradient(target_tiles(picture, target), gradient, area)

        work = Painting(target, self.step_label, "Laying the gradient", draw)
        paint_aside(self._document, self._box.surroundings, work)

    def _gradient(self, drag: Drag) -> Gradient:
        options, colors = self._box.painting.gradient, self._box.colors
        first, second = colors.foreground, colors.background
        if options.is_to_transparent:
            second = Color(first.red, first.green, first.blue, 0)
        if options.is_reversed:
            first, second = second, first
        start, end = self._ends(drag)
        return Gradient(options.kind, start, end, first, second, options.opacity)

    def _ends(self, drag: Drag) -> tuple[tuple[float, float], tuple[float, float]]:
        return Drag(drag.start, drag.here, drag.has_shift).as_line()
