"""Asks by how many pixels an area is to grow, shrink, soften; shows it on the picture meanwhile."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from aipaint.ui.widgets.named_buttons import name_buttons
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider
from aipaint.ui.widgets.plain_label import PlainLabel, Tone


@dataclass(frozen=True)
class AmountQuestion:
    """`label` stands before the number, `hint` below it."""

    title: str
    label: str
    hint: str
    largest: int
    start: int


class AreaAmountDialog(QDialog):
    """Does not block the window, so that the picture can be moved and looked at closely."""

    amount_changed = Signal(int)

    def __init__(self, parent: QWidget, question: AmountQuestion) -> None:
        super().__init__(parent)
        self.setObjectName("areaAmountDialog")
        self.setWindowTitle(question.title)
        self.setMinimumWidth(360)
        pixels = NumberRange(1, question.largest, " px", is_curved=True)
        self.amount = NumberSlider("areaAmount", question.label, pixels)
        self.amount.set_value(question.start)
        self.amount.value_changed.connect(self.amount_changed)
        hint = PlainLabel(question.hint, Tone.MUTED, wraps=True)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setText("Apply")
        buttons.button(kinds.Ok).setObjectName("areaApplyButton")
        buttons.button(kinds.Cancel).setObjectName("areaCancelButton")
        for button in buttons.buttons():
            button.setIcon(QIcon())  # some desktops add pictures of their own
        name_buttons(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for part in (self.amount, hint, buttons):
            column.addWidget(part)
        self.amount.number.setFocus()
        self.amount.number.selectAll()
