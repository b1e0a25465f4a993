"""`PaintingBox`: where a painting tool finds its brush, colors, options and surroundings."""

from typing import Protocol

from aipaint.pixels.brush import Brush
from aipaint.tools.color_box import ColorBox
from aipaint.tools.painting_options import PaintingOptions
from aipaint.tools.surroundings import Surroundings


class PaintingBox(Protocol):
    """A toolbox is one."""

    @property
    def colors(self) -> ColorBox: ...

    @property
    def painting(self) -> PaintingOptions: ...

    @property
    def surroundings(self) -> Surroundings: ...

    def brush_of(self, tool_id: str) -> Brush:
        """The brush that belongs to a tool."""
