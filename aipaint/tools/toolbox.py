"""`Toolbox`: the tools, the current one, and what they share."""

from dataclasses import replace

from aipaint.document.document import Document
from aipaint.pixels.brush import Brush, Color
from aipaint.tools.hand_tool import HandTool
from aipaint.tools.stroke_tool import MaskTool, PaintTool
from aipaint.tools.tool import Tool

SMALLEST_BRUSH, LARGEST_BRUSH = 1.0, 1000.0


class Toolbox:
    """Brush settings are kept apart for painting and for the mask. Main thread only."""

    def __init__(self, document: Document) -> None:
        self.brush = Brush()
        self.mask_brush = Brush(size_pixels=60.0, hardness=0.9, pressure_to_size=False)
        self.color = Color(20, 20, 24)
        self._tools: dict[str, Tool] = {
            tool.id: tool
            for tool in (
                HandTool(),
                PaintTool(document, self, is_eraser=False),
                PaintTool(document, self, is_eraser=True),
                MaskTool(document, self, is_eraser=False),
                MaskTool(document, self, is_eraser=True),
            )
        }
        self.current: Tool = self._tools["brush"]

    @property
    def tools(self) -> tuple[Tool, ...]:
        return tuple(self._tools.values())

    def choose(self, tool_id: str) -> Tool:
        """Make a tool the current one; the one before lets go of what it was doing."""
        if self.current.is_busy:
            self.current.cancel()
        self.current = self._tools[tool_id]
        return self.current

    @property
    def is_masking(self) -> bool:
        """The current tool paints on the mask."""
        return isinstance(self.current, MaskTool)

    def current_brush(self) -> Brush:
        return self.mask_brush if self.is_masking else self.brush

    def set_brush(self, brush: Brush) -> None:
        """Change the brush of the current tool; the size is kept within its limits."""
        size = min(max(brush.size_pixels, SMALLEST_BRUSH), LARGEST_BRUSH)
        brush = replace(brush, size_pixels=size)
        if self.is_masking:
            self.mask_brush = brush
        else:
            self.brush = brush
