"""`AdjustForm`: the settings of one adjustment as sliders; the dialog around it is the same."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

if TYPE_CHECKING:
    from aipaint.pixels.adjust import Adjustment

CHANNELS = (("All channels", "every"), ("Red", "red"), ("Green", "green"), ("Blue", "blue"))


@dataclass(frozen=True)
class Row:
    """One slider: `name` is unique, the label is for people."""

    name: str
    label: str
    numbers: NumberRange
    start: int = 0
    tip: str = ""


class AdjustForm(QWidget):
    """Emits `changed` for the user's changes only."""

    changed = Signal()
    title = ""

    @abstractmethod
    def adjustment(self) -> "Adjustment":
        """What is set now."""

    @abstractmethod
    def reset(self) -> None:
        """As it was when the dialog opened."""

    @property
    def wants_histogram(self) -> bool:
        return False

    def set_histogram(self, counts: NDArray[np.float64]) -> None:
        """(4, 256): luminance, red, green, blue."""

    @property
    def wants_pixel(self) -> bool:
        """The next click in the picture tells a color."""
        return False

    def take_pixel(self, color: tuple[int, int, int]) -> None:
        """Red, green and blue of what was clicked, without the adjustment."""


class SliderForm(AdjustForm):
    """Nothing but sliders; `make` gets their values in the order of the rows."""

    def __init__(self, title: str, rows: tuple[Row, ...], make: "Callable[..., Adjustment]"):
        super().__init__()
        self.title = title
        self._make = make
        self._rows = rows
        self._sliders = SliderColumn(rows)
        self._sliders.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sliders)

    def adjustment(self) -> "Adjustment":
        return self._make(*self._sliders.values())

    def reset(self) -> None:
        self._sliders.set_values([row.start for row in self._rows])


class SliderColumn(QWidget):
    """Sliders below each other, their labels as wide as the widest."""

    changed = Signal()

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__()
        self._sliders: list[NumberSlider] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(rows):
            slider = NumberSlider(row.name, "", row.numbers)
            slider.number.setAccessibleName(row.label)
            slider.slider.setAccessibleName(f"{row.label} slider")
            slider.setMinimumWidth(240)
            slider.set_value(row.start)
            if row.tip:
                slider.set_tool_tip(row.tip)
            slider.value_changed.connect(self._on_value)
            label = QLabel(row.label)
            label.setBuddy(slider.number)
            grid.addWidget(label, place, 0)
            grid.addWidget(slider, place, 1)
            self._sliders.append(slider)

    def values(self) -> list[int]:
        return [slider.value for slider in self._sliders]

    def set_values(self, values: list[int]) -> None:
        """Show them without telling anybody."""
        for slider, value in zip(self._sliders, values, strict=True):
            slider.set_value(value)

    def _on_value(self) -> None:
        self.changed.emit()


def chooser(name: str, label: str, entries: tuple[tuple[str, str], ...]) -> ComboBox:
    """One of several, with what it stands for."""
    combo = ComboBox(name, label)
    for text, data in entries:
        combo.addItem(text, data)
    return combo
