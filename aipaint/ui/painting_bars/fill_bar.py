"""`FillBar`: what the bucket takes for alike, and how it fills."""

from dataclasses import replace

from aipaint.tools.painting_options import FillOptions
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.painting_bars.option_bar import OptionBar
from aipaint.ui.widgets.number_slider import NumberRange

_PLACES = {"layer": "Layer", "mask": "Mask"}
_SAMPLES = {"all": "All layers", "layer": "This layer"}


class FillBar(OptionBar):
    """Writes the toolbox, and shows what is in it."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("fillBar")
        self._toolbox = toolbox
        self.add_colors("fillColor", toolbox.colors)
        self.place = self.add_combo("fillPlaceCombo", "What is filled", _PLACES, self._on_place)
        self.sample = self.add_combo(
            "fillSampleCombo", "What the colors are compared in", _SAMPLES, self._on_sample
        )
        self.tolerance = self.add_number(
            "fillTolerance", "Tolerance", NumberRange(0, 255), self._on_tolerance
        )
        self.tolerance.set_tool_tip("How far a color may be from the one that is clicked")
        self.gap = self.add_number("fillGap", "Gaps", NumberRange(0, 64, " px"), self._on_gap)
        self.gap.set_tool_tip("Openings in the lines up to this width hold the color in")
        self.grow = self.add_number("fillGrow", "Grow", NumberRange(-32, 32, " px"), self._on_grow)
        self.grow.set_tool_tip("Reach under the lines, or keep away from them")
        self.contiguous = self.add_check(
            "fillContiguous", "Contiguous", "Only what hangs together", self._on_contiguous
        )
        self.smooth = self.add_check(
            "fillSmooth", "Smooth", "An edge without steps", self._on_smooth
        )
        self.row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        options = self._toolbox.painting.fill
        self.place.setCurrentIndex(self.place.findData("mask" if options.fills_mask else "layer"))
        self.sample.setCurrentIndex(self.sample.findData("all" if options.samples_all else "layer"))
        self.tolerance.set_value(options.tolerance)
        self.gap.set_value(options.gap_pixels)
        self.gap.setEnabled(options.is_contiguous)
        self.grow.set_value(options.grow_pixels)
        self.contiguous.setChecked(options.is_contiguous)
        self.smooth.setChecked(options.is_smooth)

    def _on_place(self, value: str) -> None:
        self._set(replace(self._toolbox.painting.fill, fills_mask=value == "mask"))

    def _on_sample(self, value: str) -> None:
        self._set(replace(self._toolbox.painting.fill, samples_all=value == "all"))

    def _on_tolerance(self, value: int) -> None:
        self._set(replace(self._toolbox.painting.fill, tolerance=value))

    def _on_gap(self, pixels: int) -> None:
        self._set(replace(self._toolbox.painting.fill, gap_pixels=pixels))

    def _on_grow(self, pixels: int) -> None:
        self._set(replace(self._toolbox.painting.fill, grow_pixels=pixels))

    def _on_contiguous(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.painting.fill, is_contiguous=is_on))

    def _on_smooth(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.painting.fill, is_smooth=is_on))

    def _set(self, options: FillOptions) -> None:
        self._toolbox.painting.fill = options
        self.refresh()
