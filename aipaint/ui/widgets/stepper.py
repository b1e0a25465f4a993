"""`Stepper`: a small whole number with a minus and a plus button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QToolButton, QWidget

from aipaint.ui.icons import icon


class Stepper(QWidget):
    """The number itself is `number`, a spin box with the given object name."""

    value_changed = Signal(int)

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.number = QSpinBox()
        self.number.setObjectName(object_name)
        self.number.setAccessibleName(accessible_name)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setMinimumWidth(40)
        self.number.valueChanged.connect(self._on_value)
        self._less = _button(f"{object_name}Less", "minus", f"Less: {accessible_name}")
        self._less.clicked.connect(self.number.stepDown)
        self._more = _button(f"{object_name}More", "plus", f"More: {accessible_name}")
        self._more.clicked.connect(self.number.stepUp)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for part in (self._less, self.number, self._more):
            layout.addWidget(part)
        self.set_range(1, 1)

    @property
    def value(self) -> int:
        return self.number.value()

    def set_range(self, low: int, high: int) -> None:
        self.number.setRange(low, high)
        self._refresh()

    def _on_value(self, value: int) -> None:
        self._refresh()
        self.value_changed.emit(value)

    def _refresh(self) -> None:
        self._less.setEnabled(self.number.value() > self.number.minimum())
        self._more.setEnabled(self.number.value() < self.number.maximum())


def _button(name: str, icon_name: str, label: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setAccessibleName(label)
    button.setToolTip(label)
    button.setAutoRepeat(True)
    return button
