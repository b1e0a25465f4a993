"""`PickerBar` and `CloneBar`: where the color picker and the clone stamp take from."""

from dataclasses import replace

from aipaint.tools.toolbox import Toolbox
from aipaint.ui.brush_bar import BrushBar
from aipaint.ui.painting_bars.option_bar import OptionBar

_SAMPLES = {"all": "From all layers", "layer": "From this layer"}
_SIDES = {"1": "One pixel", "3": "Mean of 3 × 3", "5": "Mean of 5 × 5", "11": "Mean of 11 × 11"}


class PickerBar(OptionBar):
    """Writes the toolbox, and shows what is in it."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("pickerBar")
        self._toolbox = toolbox
        self.add_colors("pickerColor", toolbox.colors)
        self.sample = self.add_combo(
            "pickerSampleCombo", "Where the color comes from", _SAMPLES, self._on_sample
        )
        self.side = self.add_combo(
            "pickerSideCombo", "How many pixels are looked at", _SIDES, self._on_side
        )
        self.row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        options = self._toolbox.painting.picker
        self.sample.setCurrentIndex(self.sample.findData("all" if options.samples_all else "layer"))
        self.side.setCurrentIndex(self.side.findData(str(options.side_pixels)))

    def _on_sample(self, value: str) -> None:
        painting = self._toolbox.painting
        painting.picker = replace(painting.picker, samples_all=value == "all")

    def _on_side(self, value: str) -> None:
        painting = self._toolbox.painting
        painting.picker = replace(painting.picker, side_pixels=int(value))


class CloneBar(OptionBar):
    """The brush of the stamp, and how it finds its source."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("cloneBar")
        self._toolbox = toolbox
        self.brush = BrushBar(toolbox)
        self.brush.color.setVisible(False)
        self.brush.brush_changed.connect(self.brush_changed)
        self.row.addWidget(self.brush, 1)
        self.aligned = self.add_check(
            "cloneAligned",
            "Aligned",
            "The source keeps its distance from one stroke to the next",
            self._on_aligned,
        )
        self.sample = self.add_combo(
            "cloneSampleCombo", "What is cloned", _SAMPLES, self._on_sample
        )
        self.refresh()

    def refresh(self) -> None:
        options = self._toolbox.painting.clone
        self.brush.refresh()
        self.aligned.setChecked(options.is_aligned)
        self.sample.setCurrentIndex(self.sample.findData("all" if options.samples_all else "layer"))

    def _on_aligned(self, is_on: bool) -> None:
        painting = self._toolbox.painting
        painting.clone = replace(painting.clone, is_aligned=is_on)

    def _on_sample(self, value: str) -> None:
        painting = self._toolbox.painting
        painting.clone = replace(painting.clone, samples_all=value == "all")
