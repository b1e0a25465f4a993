"""`DurationEdit`: seconds, minutes, hours or days, whichever says it shortest."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from aipaint.ui.widgets.combo_box import ComboBox

_UNITS = (("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86_400))
_MOST = 99_999


class DurationEdit(QWidget):
    """The whole is in seconds; 0 turns off what it is for."""

    changed = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.number = QSpinBox()
        self.number.setObjectName(f"{object_name}Spin")
        self.number.setAccessibleName(accessible_name)
        self.number.setRange(0, _MOST)
        self.number.setFixedWidth(72)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.unit = ComboBox(f"{object_name}Unit", f"Unit: {accessible_name}")
        self.unit.setToolTip("Unit of time")
        self.unit.setFixedWidth(112)
        for name, seconds in _UNITS:
            self.unit.addItem(name, seconds)
        self.number.valueChanged.connect(self.changed)
        self.unit.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.number)
        row.addWidget(self.unit)
        row.addStretch(1)

    @property
    def seconds(self) -> int:
        return self.number.value() * int(self.unit.currentData())

    def show_seconds(self, seconds: int) -> None:
        fits = [row for row, (_, unit) in enumerate(_UNITS) if seconds and seconds % unit == 0]
        row = fits[-1] if fits else 0
        self.unit.setCurrentIndex(row)
        self.number.setMaximum(max(_MOST, seconds // _UNITS[row][1]))
        self.number.setValue(seconds // _UNITS[row][1])
