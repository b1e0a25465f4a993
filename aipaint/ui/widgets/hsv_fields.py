"""`HsvFields`: hue, saturation and brightness as numbers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from aipaint.ui.widgets.number_room import give_room
from aipaint.ui.widgets.plain_label import PlainLabel

_FIELDS = (
    ("Hue", "H", 359, "Hue in degrees"),
    ("Saturation", "S", 100, "Saturation in percent"),
    ("Brightness", "V", 100, "Brightness (value) in percent"),
)


class HsvFields(QWidget):
    """`show_color` shows, `changed` tells what the user typed; all of it 0..1."""

    changed = Signal(float, float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hsvFields")
        self._is_refreshing = False
        self.fields: list[QSpinBox] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for name, letter, most, tip in _FIELDS:
            spin = QSpinBox()
            spin.setObjectName(f"color{name}")
            spin.setAccessibleName(tip)
            spin.setToolTip(tip)
            spin.setRange(0, most)
            spin.setWrapping(name == "Hue")
            spin.setKeyboardTracking(False)
            give_room(spin)
            spin.valueChanged.connect(self._on_typed)
            label = PlainLabel(letter)
            label.setBuddy(spin)
            label.setToolTip(tip)
            row.addWidget(label)
            row.addWidget(spin, 1)
            self.fields.append(spin)

    def show_color(self, hue: float, saturation: float, brightness: float) -> None:
        self._is_refreshing = True
        values = (round(hue * 360) % 360, round(saturation * 100), round(brightness * 100))
        for field, value in zip(self.fields, values, strict=True):
            field.setValue(value)
        self._is_refreshing = False

    def _on_typed(self) -> None:
        if not self._is_refreshing:
            hue, saturation, brightness = (field.value() for field in self.fields)
            self.changed.emit(hue / 360, saturation / 100, brightness / 100)
