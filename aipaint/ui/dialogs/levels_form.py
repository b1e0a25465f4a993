"""`LevelsForm`: the settings of levels."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from aipaint.pixels.adjust import LevelRange, Levels
from aipaint.pixels.auto_levels import auto_levels, levels_from_pixel
from aipaint.ui.dialogs.adjust_form import CHANNELS, AdjustForm, Row, SliderColumn, chooser
from aipaint.ui.widgets.histogram_view import HistogramView
from aipaint.ui.widgets.number_slider import NumberRange
from aipaint.ui.widgets.push_button import PushButton


class LevelsForm(AdjustForm):
    """A histogram over the five numbers of one channel; Auto, and two pickers for the picture."""

    title = "Levels"

    def __init__(self) -> None:
        super().__init__()
        self._levels = Levels()
        self._channel = chooser("levelsChannelCombo", "Channel", CHANNELS)
        self._channel.activated.connect(self._show)
        self._histogram = HistogramView()
        bytes_ = NumberRange(0, 255)
        self._sliders = SliderColumn(
            (
                Row("levelsBlack", "Black from", bytes_, 0, "What is darker becomes black"),
                Row("levelsGamma", "Middle", NumberRange(10, 500, "%"), 100, "Gamma"),
                Row("levelsWhite", "White from", bytes_, 255, "What is lighter becomes white"),
                Row("levelsOutBlack", "Black becomes", bytes_, 0),
                Row("levelsOutWhite", "White becomes", bytes_, 255),
            )
        )
        self._sliders.changed.connect(self._on_changed)
        self._counts: NDArray[np.float64] | None = None
        self.auto = PushButton("A&uto")
        self.auto.setObjectName("levelsAutoButton")
        self.auto.setToolTip("Stretch what there is over the whole range, each channel by itself")
        self.auto.setAutoDefault(False)
        self.auto.setEnabled(False)
        self.auto.clicked.connect(self._on_auto)
        self.pick_black = _picker("levelsPickBlack", "Pick bl&ack", "should be black")
        self.pick_white = _picker("levelsPickWhite", "Pick &white", "should be white")
        self.pick_black.toggled.connect(lambda is_on: self._only_one(self.pick_white, is_on))
        self.pick_white.toggled.connect(lambda is_on: self._only_one(self.pick_black, is_on))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.auto, self.pick_black, self.pick_white):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._channel)
        column.addWidget(self._histogram)
        column.addLayout(row)
        column.addWidget(self._sliders)

    def adjustment(self) -> Levels:
        return self._levels

    def reset(self) -> None:
        self._levels = Levels()
        self.pick_black.setChecked(False)
        self.pick_white.setChecked(False)
        self._show()

    @property
    def wants_histogram(self) -> bool:
        return True

    def set_histogram(self, counts: NDArray[np.float64]) -> None:
        self._histogram.set_counts(counts)
        self._counts = counts
        self.auto.setEnabled(True)

    @property
    def wants_pixel(self) -> bool:
        return self.pick_black.isChecked() or self.pick_white.isChecked()

    def take_pixel(self, color: tuple[int, int, int]) -> None:
        is_white = self.pick_white.isChecked()
        self._levels = levels_from_pixel(self._levels, color, is_white=is_white)
        self.pick_black.setChecked(False)
        self.pick_white.setChecked(False)
        self._show()
        self.changed.emit()

    def _on_auto(self) -> None:
        if self._counts is not None:
            self._levels = auto_levels(self._levels, self._counts, self._channel.currentData())
            self._show()
            self.changed.emit()

    def _only_one(self, other: QPushButton, is_on: bool) -> None:
        if is_on:
            other.setChecked(False)

    def _show(self) -> None:
        one: LevelRange = getattr(self._levels, self._channel.currentData())
        self._histogram.set_channel(self._channel.currentIndex())
        gamma = round(one.gamma * 100)
        self._sliders.set_values([one.black, gamma, one.white, one.out_black, one.out_white])

    def _on_changed(self) -> None:
        black, gamma, white, out_black, out_white = self._sliders.values()
        one = LevelRange(black, max(white, black + 1), gamma / 100, out_black, out_white)
        self._levels = replace(self._levels, **{self._channel.currentData(): one})
        self.changed.emit()


def _picker(name: str, text: str, what: str) -> QPushButton:
    button = PushButton(text)
    button.setObjectName(name)
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setToolTip(f"Then click in the picture what {what}, without a cast")
    return button
