"""The forms of all adjustments, by the names of their actions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aipaint.pixels.adjust import STRAIGHT_LINE, BrightnessContrast, Curves
from aipaint.pixels.adjust_focus import GaussianBlur, Sharpen
from aipaint.pixels.adjust_hue import ColorBalance, HueSaturation, Shift
from aipaint.ui.dialogs.adjust_form import (
    CHANNELS,
    AdjustForm,
    Row,
    SliderColumn,
    SliderForm,
    chooser,
)
from aipaint.ui.dialogs.levels_form import LevelsForm
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.number_slider import NumberRange
from aipaint.ui.widgets.tone_curve import ToneCurve

_PERCENT = NumberRange(-100, 100)
_TONES = (("Shadows", "shadows"), ("Midtones", "midtones"), ("Highlights", "highlights"))


class CurvesForm(AdjustForm):
    """One curve per channel, over its histogram."""

    title = "Curves"

    def __init__(self) -> None:
        super().__init__()
        self._curves = Curves()
        self._channel = chooser("curvesChannelCombo", "Channel", CHANNELS)
        self._channel.activated.connect(self._show)
        self._edit = ToneCurve()
        self._edit.changed.connect(self._on_changed)
        _column(self, self._channel, self._edit)

    def adjustment(self) -> Curves:
        return self._curves

    def reset(self) -> None:
        self._curves = Curves()
        self._edit.set_knots(STRAIGHT_LINE, self._channel.currentIndex())

    @property
    def wants_histogram(self) -> bool:
        return True

    def set_histogram(self, counts: NDArray[np.float64]) -> None:
        self._edit.set_counts(counts)

    def _show(self) -> None:
        knots = getattr(self._curves, self._channel.currentData())
        self._edit.set_knots(knots, self._channel.currentIndex())

    def _on_changed(self) -> None:
        self._curves = replace(self._curves, **{self._channel.currentData(): self._edit.knots})
        self.changed.emit()


class BalanceForm(AdjustForm):
    """Three sliders for one range of tones at a time."""

    title = "Color balance"

    def __init__(self) -> None:
        super().__init__()
        self._balance = ColorBalance()
        self._tone = chooser("balanceToneCombo", "Tones", _TONES)
        self._tone.setCurrentIndex(1)
        self._tone.activated.connect(self._show)
        self._sliders = SliderColumn(
            (
                Row("balanceRed", "Cyan – red", _PERCENT),
                Row("balanceGreen", "Magenta – green", _PERCENT),
                Row("balanceBlue", "Yellow – blue", _PERCENT),
            )
        )
        self._sliders.changed.connect(self._on_changed)
        self._keeps = CheckBox("Keep the &luminosity")
        self._keeps.setObjectName("balanceKeepCheck")
        self._keeps.setChecked(True)
        self._keeps.clicked.connect(self._on_changed)
        _column(self, self._tone, self._sliders, self._keeps)

    def adjustment(self) -> ColorBalance:
        return self._balance

    def reset(self) -> None:
        self._balance = ColorBalance()
        self._keeps.setChecked(True)
        self._show()

    def _show(self) -> None:
        shift: Shift = getattr(self._balance, self._tone.currentData())
        self._sliders.set_values(list(shift))

    def _on_changed(self) -> None:
        red, green, blue = self._sliders.values()
        shifts = {name: getattr(self._balance, name) for _, name in _TONES}
        shifts[self._tone.currentData()] = (red, green, blue)
        self._balance = ColorBalance(
            shifts["shadows"], shifts["midtones"], shifts["highlights"], self._keeps.isChecked()
        )
        self.changed.emit()


def _brightness() -> AdjustForm:
    rows = (Row("brightness", "Brightness", _PERCENT), Row("contrast", "Contrast", _PERCENT))
    return SliderForm("Brightness and contrast", rows, BrightnessContrast)


def _hue() -> AdjustForm:
    rows = (
        Row("hue", "Hue", NumberRange(-180, 180, "°")),
        Row("saturation", "Saturation", _PERCENT),
        Row("lightness", "Lightness", _PERCENT),
    )
    return SliderForm("Hue and saturation", rows, HueSaturation)


def _radius(low: int, high: int) -> NumberRange:
    """Of pixels; a photograph is sharpened by parts of one."""
    return NumberRange(low * 10, high * 10, " px", is_curved=True, in_tenths=True)


def _blur() -> AdjustForm:
    rows = (Row("blurRadius", "Radius", _radius(0, 300), 40),)
    return SliderForm("Gaussian blur", rows, lambda tenths: GaussianBlur(tenths / 10))


def _sharpen() -> AdjustForm:
    rows = (
        Row("sharpenAmount", "Amount", NumberRange(0, 500, "%", is_curved=True), 60),
        Row("sharpenRadius", "Radius", _radius(0, 100), 15),
        Row("sharpenThreshold", "Threshold", NumberRange(0, 100), 0, "Smaller steps stay"),
    )
    return SliderForm(
        "Sharpen", rows, lambda amount, tenths, least: Sharpen(amount, tenths / 10, least)
    )


FORMS: Final[Mapping[str, Callable[[], AdjustForm]]] = {
    "adjust.brightness": _brightness,
    "adjust.levels": LevelsForm,
    "adjust.curves": CurvesForm,
    "adjust.hue": _hue,
    "adjust.balance": BalanceForm,
    "adjust.blur": _blur,
    "adjust.sharpen": _sharpen,
}
"""Makes the form of an action."""


def _column(form: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
