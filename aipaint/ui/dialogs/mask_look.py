"""Asks how the mask is to be shown: color, opacity, hatching. Shown on the picture at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from aipaint.ui.mask_look import Hatching, MaskLook
from aipaint.ui.widgets.color_button import ColorButton
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

_NAMES = {
    Hatching.LINES: "Diagonal lines",
    Hatching.CROSSED: "Crossed lines",
    Hatching.DOTS: "Dots",
    Hatching.NONE: "None",
}


class MaskLookDialog(QDialog):
    """`look` is the answer, and what `look_changed` tells whenever it is another one."""

    look_changed = Signal(object)  # MaskLook

    def __init__(self, parent: QWidget, look: MaskLook) -> None:
        super().__init__(parent)
        self.setObjectName("maskLookDialog")
        self.setWindowTitle("Mask overlay")
        self.setMinimumWidth(360)
        self.color = ColorButton("maskColorButton", "Overlay color")
        self.color.color_changed.connect(self._on_changed)
        self.opacity = NumberSlider("maskOpacity", "Opacity", NumberRange(5, 100, "%"))
        self.opacity.value_changed.connect(self._on_changed)
        self.hatching = ComboBox("maskHatchingCombo", "Hatching")
        for hatching, name in _NAMES.items():
            self.hatching.addItem(name, hatching)
        self.hatching.activated.connect(self._on_changed)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("&Color", self.color)
        form.addRow("&Hatching", self.hatching)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self._buttons.button(kinds.Ok).setObjectName("maskLookOkButton")
        for button in self._buttons.buttons():
            button.setIcon(QIcon())  # some desktops add pictures of their own
        name_buttons(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(kinds.RestoreDefaults).clicked.connect(self._on_defaults)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self.opacity)
        column.addWidget(self._buttons)
        self._show(look)

    @property
    def look(self) -> MaskLook:
        hatching = self.hatching.currentData()
        return MaskLook(self.color.color.name(), self.opacity.value, hatching)

    def _show(self, look: MaskLook) -> None:
        self.color.set_color(QColor(look.color))
        self.opacity.set_value(look.opacity_percent)
        self.hatching.setCurrentIndex(list(_NAMES).index(look.hatching))

    def _on_defaults(self) -> None:
        self._show(MaskLook())
        self._on_changed()

    def _on_changed(self) -> None:
        self.look_changed.emit(self.look)
