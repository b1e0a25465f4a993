"""`GradientBar`: the kind of gradient, where it ends, and how much it covers."""

from dataclasses import replace

from aipaint.pixels.gradient import GradientKind
from aipaint.tools.painting_options import GradientOptions
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.painting_bars.option_bar import OptionBar
from aipaint.ui.widgets.number_slider import NumberRange

_KINDS = {GradientKind.LINEAR.value: "Linear", GradientKind.RADIAL.value: "Radial"}
_ENDS = {"background": "To background", "transparent": "To transparent"}


class GradientBar(OptionBar):
    """Writes the toolbox, and shows what is in it."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("gradientBar")
        self._toolbox = toolbox
        self.add_colors("gradientColor", toolbox.colors)
        self.kind = self.add_combo("gradientKindCombo", "Kind of gradient", _KINDS, self._on_kind)
        self.end = self.add_combo("gradientEndCombo", "Where it ends", _ENDS, self._on_end)
        self.reversed = self.add_check(
            "gradientReversed", "Reversed", "The other way round", self._on_reversed
        )
        percent = NumberRange(1, 100, "%")
        self.opacity = self.add_number("gradientOpacity", "Opacity", percent, self._on_opacity)
        self.opacity.set_tool_tip("How much the gradient covers")
        self.row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        options = self._toolbox.painting.gradient
        end = "transparent" if options.is_to_transparent else "background"
        self.kind.setCurrentIndex(self.kind.findData(options.kind.value))
        self.end.setCurrentIndex(self.end.findData(end))
        self.reversed.setChecked(options.is_reversed)
        self.opacity.set_value(round(options.opacity * 100))

    def _on_kind(self, value: str) -> None:
        self._set(replace(self._toolbox.painting.gradient, kind=GradientKind(value)))

    def _on_end(self, value: str) -> None:
        is_clear = value == "transparent"
        self._set(replace(self._toolbox.painting.gradient, is_to_transparent=is_clear))

    def _on_reversed(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.painting.gradient, is_reversed=is_on))

    def _on_opacity(self, percent: int) -> None:
        self._set(replace(self._toolbox.painting.gradient, opacity=percent / 100))

    def _set(self, options: GradientOptions) -> None:
        self._toolbox.painting.gradient = options
        self.refresh()
