"""`ShapeBar`: colors, look, width and opacity of lines, rectangles, ellipses and polygons."""

from dataclasses import replace

from aipaint.tools.painting_options import ShapeLook, ShapeOptions
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.painting_bars.option_bar import OptionBar
from aipaint.ui.widgets.number_slider import NumberRange

SHAPE_TOOLS = ("line", "rectangle", "ellipse", "polygon")

_LOOKS = {
    ShapeLook.OUTLINE.value: "Outline",
    ShapeLook.FILLED.value: "Filled",
    ShapeLook.BOTH.value: "Outline and fill",
}


class ShapeBar(OptionBar):
    """Writes the toolbox, and shows what is in it."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("shapeBar")
        self._toolbox = toolbox
        self.add_colors("shapeColor", toolbox.colors)
        self.look = self.add_combo("shapeLookCombo", "What is drawn", _LOOKS, self._on_look)
        self.look.setToolTip("The fill of “Outline and fill” has the background color")
        widths = NumberRange(1, 400, " px", is_curved=True)
        self.width_ = self.add_number("shapeWidth", "Width", widths, self._on_width)
        self.width_.set_tool_tip("Width of the line")
        percent = NumberRange(1, 100, "%")
        self.opacity = self.add_number("shapeOpacity", "Opacity", percent, self._on_opacity)
        self.opacity.set_tool_tip("How much the shape covers")
        self.row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        options = self._toolbox.painting.shape
        is_line = self._toolbox.current.id == "line"
        self.look.setCurrentIndex(self.look.findData(options.look.value))
        self.look.setVisible(not is_line)
        self.width_.set_value(round(options.width_pixels))
        self.width_.setEnabled(is_line or options.look is not ShapeLook.FILLED)
        self.opacity.set_value(round(options.opacity * 100))

    def _on_look(self, value: str) -> None:
        self._set(replace(self._toolbox.painting.shape, look=ShapeLook(value)))

    def _on_width(self, pixels: int) -> None:
        self._set(replace(self._toolbox.painting.shape, width_pixels=float(pixels)))

    def _on_opacity(self, percent: int) -> None:
        self._set(replace(self._toolbox.painting.shape, opacity=percent / 100))

    def _set(self, options: ShapeOptions) -> None:
        self._toolbox.painting.shape = options
        self.refresh()
