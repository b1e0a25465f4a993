"""`NumberSlider`: a label, a slider and a number that always agree."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget


@dataclass(frozen=True)
class NumberRange:
    """Whole numbers from `low` to `high`, shown with `suffix`.

    A curved range gives small numbers more of the slider, as brush sizes need. With `in_tenths`
    they count tenths: 15 is shown, and typed, as 1.5.
    """

    low: int
    high: int
    suffix: str = ""
    is_curved: bool = False
    in_tenths: bool = False


_STEPS = 1000
_LEAST_SLIDER = 40
_NOTCH = 120  # of a wheel, in Qt's eighths of a degree


class NumberSlider(QWidget):
    """Emits `value_changed` for the user's changes only, never for `set_value`."""

    value_changed = Signal(int)

    def __init__(self, name: str, label: str, numbers: NumberRange) -> None:
        super().__init__()
        self._numbers = numbers
        self._is_refreshing = False
        self.slider = _CalmSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"{name}Slider")
        self.slider.setAccessibleName(f"{label} slider")
        self.slider.setRange(0, _STEPS)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.actionTriggered.connect(self._on_action)
        self.slider.wheeled.connect(self._step_by)
        self.number = _TenthsSpinBox() if numbers.in_tenths else _CalmSpinBox()
        self.number.setObjectName(f"{name}Spin")
        self.number.setAccessibleName(label)
        self.number.setRange(numbers.low, numbers.high)
        self.number.setSuffix(numbers.suffix)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setKeyboardTracking(False)
        self.number.valueChanged.connect(self._on_number)
        self._build(label)

    @property
    def value(self) -> int:
        return self.number.value()

    def set_value(self, value: int) -> None:
        """Show a value without telling anybody."""
        self._is_refreshing = True
        self.number.setValue(value)
        self.slider.setValue(self._step_of(value))
        self._is_refreshing = False

    def set_tool_tip(self, text: str) -> None:
        self.setToolTip(text)
        self.slider.setToolTip(text)
        self.number.setToolTip(text)

    def set_label_width(self, pixels: int) -> None:
        """So that sliders under each other begin at the same place."""
        self._label.setFixedWidth(pixels)

    def _build(self, label: str) -> None:
        text = self._label = QLabel(label)
        text.setBuddy(self.number)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(text)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # On a narrow bar the number alone is of more use than a slider of a finger's width.
        self.slider.setVisible(self.width() - self._taken() >= _LEAST_SLIDER)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._taken(), super().minimumSizeHint().height())

    def _taken(self) -> int:
        """The width without the slider."""
        return self._label.sizeHint().width() + self.number.sizeHint().width() + 16

    def _on_slider(self, step: int) -> None:
        if not self._is_refreshing:
            self._take(self._value_of(step))

    def _on_action(self, action: int) -> None:
        """Keys count in the number's steps: one of the slider's may be less than half of those,
        and would be rounded away."""
        span = self._numbers.high - self._numbers.low
        page = max(1, span // 10)
        steps = {
            QSlider.SliderAction.SliderSingleStepAdd: 1,
            QSlider.SliderAction.SliderSingleStepSub: -1,
            QSlider.SliderAction.SliderPageStepAdd: page,
            QSlider.SliderAction.SliderPageStepSub: -page,
            QSlider.SliderAction.SliderToMaximum: span,
            QSlider.SliderAction.SliderToMinimum: -span,
        }.get(QSlider.SliderAction(action))
        if steps is not None:
            self._step_by(steps)

    def _step_by(self, steps: int) -> None:
        value = min(max(self.value + steps, self._numbers.low), self._numbers.high)
        if value != self.value:
            self._take(value)
        self.slider.setSliderPosition(self.slider.value())  # where Qt would go by itself

    def _on_number(self, value: int) -> None:
        if not self._is_refreshing:
            self._take(value)

    def _take(self, value: int) -> None:
        self.set_value(value)
        self.value_changed.emit(value)

    def _value_of(self, step: int) -> int:
        share = step / _STEPS
        if self._numbers.is_curved:
            share = share**2.5
        return round(self._numbers.low + share * (self._numbers.high - self._numbers.low))

    def _step_of(self, value: int) -> int:
        span = max(1, self._numbers.high - self._numbers.low)
        share: float = (value - self._numbers.low) / span
        if self._numbers.is_curved:
            share = share**0.4
        return round(share * _STEPS)


class _CalmSlider(QSlider):
    """Does not catch the wheel of somebody who scrolls past it."""

    wheeled = Signal(int)  # notches, away from the user

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._turned = 0

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        event.accept()
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        if notches:
            self._turned -= notches * _NOTCH
            self.wheeled.emit(notches)


class _CalmSpinBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _TenthsSpinBox(_CalmSpinBox):
    """Counts in tenths, without the rounding of floats; reads and shows them as people write."""

    def textFromValue(self, value: int) -> str:
        return self.locale().toString(value / 10, "f", 1)

    def valueFromText(self, text: str) -> int:
        return round((self._number(text) or 0.0) * 10)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number(text)
        if number is None:
            is_begun = not text.removesuffix(self.suffix()).strip("-., 0")
            state = QValidator.State.Intermediate if is_begun else QValidator.State.Invalid
        elif self.minimum() <= round(number * 10) <= self.maximum():
            state = QValidator.State.Acceptable
        else:
            state = QValidator.State.Intermediate
        return state, text, position

    def _number(self, text: str) -> float | None:
        """A point will do everywhere, as will the comma of the user's language."""
        plain = text.removesuffix(self.suffix()).strip()
        for locale in (self.locale(), QLocale.c()):
            number, is_one = locale.toDouble(plain)
            if is_one:
                return float(number)
        return None
