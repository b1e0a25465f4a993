"""Asks for the size of a new picture."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from aipaint.pixels.rect import Rect
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.number_room import give_room

_LARGEST = 16384
_PRESETS = (
    ("Square, 1024 × 1024", 1024, 1024),
    ("Landscape, 1536 × 1024", 1536, 1024),
    ("Portrait, 1024 × 1536", 1024, 1536),
    ("Full HD, 1920 × 1080", 1920, 1080),
    ("4K, 3840 × 2160", 3840, 2160),
)


class NewPictureDialog(QDialog):
    """`frame` is the answer."""

    def __init__(self, parent: QWidget, current: Rect) -> None:
        super().__init__(parent)
        self.setObjectName("newDialog")
        self.setWindowTitle("New picture")
        self.setMinimumWidth(320)
        self.preset_combo = ComboBox("newPresetCombo", "Preset")
        self.preset_combo.addItem("Custom")
        for text, width, height in _PRESETS:
            self.preset_combo.addItem(text, (width, height))
        self.preset_combo.activated.connect(self._on_preset)
        self.width_spin = _spin("newWidthSpin", "Width", current.width)
        self.height_spin = _spin("newHeightSpin", "Height", current.height)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("&Preset", self.preset_combo)
        form.addRow("&Width", self.width_spin)
        form.addRow("&Height", self.height_spin)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setText("Create")
        buttons.button(kinds.Ok).setObjectName("newCreateButton")
        name_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(buttons)

    @property
    def frame(self) -> Rect:
        return Rect(0, 0, self.width_spin.value(), self.height_spin.value())

    def _on_preset(self) -> None:
        size = self.preset_combo.currentData()
        if size is not None:
            self.width_spin.setValue(size[0])
            self.height_spin.setValue(size[1])


def _spin(object_name: str, accessible_name: str, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setObjectName(object_name)
    spin.setAccessibleName(accessible_name)
    spin.setRange(1, _LARGEST)
    spin.setValue(value)
    spin.setSuffix(" px")
    give_room(spin)
    return spin
