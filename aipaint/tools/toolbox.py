"""`Toolbox`: the tools, the current one, and what they share."""

from dataclasses import replace

from aipaint.document.document import Document
from aipaint.pixels.brush import Brush, Color
from aipaint.tools.brush_shelf import BrushShelf
from aipaint.tools.clicker import Clicker
from aipaint.tools.color_box import ColorBox
from aipaint.tools.hand_tool import HandTool
from aipaint.tools.overlay import OverlayShape
from aipaint.tools.painting_options import PaintingOptions
from aipaint.tools.painting_set import own_brushes, painting_tools
from aipaint.tools.placing_set import placing_tools
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectOptions
from aipaint.tools.select_polygon import PolygonSelectTool
from aipaint.tools.select_shape import EllipseSelectTool, LassoTool, RectangleSelectTool
from aipaint.tools.smart_select_tool import SmartSelectTool
from aipaint.tools.stroke_tool import MaskTool, PaintTool
from aipaint.tools.surroundings import Surroundings
from aipaint.tools.tool import Tool
from aipaint.tools.wand_tool import WandTool

SMALLEST_BRUSH, LARGEST_BRUSH = 1.0, 1000.0


class Toolbox:
    """Brush settings are kept apart for painting and for the mask. Main thread only."""

    def __init__(self, document: Document) -> None:
        self.brush = Brush()
        self.mask_brush = Brush(size_pixels=60.0, hardness=0.9, pressure_to_size=False)
        self.colors = ColorBox()
        self.painting = PaintingOptions()
        self._own_brushes = own_brushes()
        self.surroundings = Surroundings()
        self.selecting = SelectOptions()
        self.clicker: Clicker | None = None  # comes with a model the user added
        self._tools: dict[str, Tool] = {
            tool.id: tool
            for tool in (
                HandTool(),
                PaintTool(document, self, is_eraser=False),
                PaintTool(document, self, is_eraser=True),
                MaskTool(document, self, is_eraser=False),
                MaskTool(document, self, is_eraser=True),
                RectangleSelectTool(document, self),
                EllipseSelectTool(document, self),
                LassoTool(document, self),
                PolygonSelectTool(document, self),
                WandTool(document, self),
                SmartSelectTool(document, self),
                *painting_tools(document, self),
                *placing_tools(document, self),
            )
        }
        self.current: Tool = self._tools["brush"]
        self.shelf = BrushShelf(self)

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(self._tools.values())

    def choose(self, tool_id: str) -> Tool:
        """Make a tool the current one; the one before lets go of what it was doing."""
        self.current.leave()
        if tool_id == "fill" and tool_id != self.current.id:
            # Who has been masking goes on masking.
            self.painting.fill = replace(self.painting.fill, fills_mask=self.is_masking)
        self.current = self._tools[tool_id]
        return self.current

    def tool_for(self, event: PointerEvent) -> Tool:
        """Who takes a press: with Alt held, tools that paint with the color let it be picked."""
        picks = event.has_alt and not event.has_control and self.current.picks_with_alt
        return self._tools["picker"] if picks else self.current

    def overlay(self) -> tuple[OverlayShape, ...]:
        """What the tools want drawn over the picture."""
        picker = self._tools["picker"]
        picked = picker.overlay() if picker is not self.current else ()
        return (*self.current.overlay(), *picked)

    @property
    def is_masking(self) -> bool:
        """The current tool paints on the mask."""
        return isinstance(self.current, MaskTool)

    @property
    def color(self) -> Color:
        """The foreground color."""
        return self.colors.foreground

    @color.setter
    def color(self, color: Color) -> None:
        self.colors.foreground = color

    def current_brush(self) -> Brush:
        if self.is_masking:
            return self.mask_brush
        return self.brush_of(self.current.id)

    def brush_of(self, tool_id: str) -> Brush:
        """Eraser, pencil, smudge and clone have brushes of their own; the others share one."""
        return self._own_brushes.get(tool_id, self.brush)

    def set_brush(self, brush: Brush) -> None:
        """Change the brush of the current tool; the size is kept within its limits."""
        size = min(max(brush.size_pixels, SMALLEST_BRUSH), LARGEST_BRUSH)
        brush = replace(brush, size_pixels=size)
        if self.is_masking:
            self.mask_brush = brush
        elif self.current.id in self._own_brushes:
            self._own_brushes[self.current.id] = brush
        else:
            self.brush = brush
