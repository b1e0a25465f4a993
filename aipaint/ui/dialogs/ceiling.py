"""`CeilingDialog`: the most that one call of a model without a price may cost."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aipaint.money import Micros, usd_to_micros
from aipaint.ui.widgets.money_edit import MoneyEdit
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton


class CeilingDialog(QDialog):
    """Nothing is bought by it; 0 is no price."""

    agreed = Signal(object)  # micros

    def __init__(self, parent: QWidget, service: str, model: str) -> None:
        super().__init__(parent)
        self.setObjectName("ceilingDialog")
        self.setWindowTitle("A price for this model")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        said = PlainLabel(
            f"{service} states no price of {model}. Look it up on the model's page and say the most"
            " that one call may cost: so much is held back for each call, and counts as spent"
            " unless the service says that it was less.",
            wraps=True,
        )
        self.edit = MoneyEdit("ceilingEdit", "The most that one call may cost")
        self.edit.textChanged.connect(self._refresh)
        label = QLabel("One call costs at &most, $")
        label.setBuddy(self.edit)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.edit)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel("What may one call cost?", Tone.TITLE))
        column.addWidget(said)
        column.addLayout(row)
        column.addLayout(self._buttons())
        self.edit.setFocus()
        self._refresh()

    def _buttons(self) -> QHBoxLayout:
        self.keep = PushButton("&Keep This Price")
        self.keep.setObjectName("ceilingKeepButton")
        self.keep.setToolTip("Count each call of the model at that; nothing is sent (Enter)")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self._on_keep)
        cancel = PushButton("&Cancel")
        cancel.setObjectName("ceilingCancelButton")
        cancel.setToolTip("The model stays blocked (Esc)")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(cancel)
        return row

    @property
    def micros(self) -> Micros:
        """What stands in the field."""
        return usd_to_micros(self.edit.usd)

    def _refresh(self) -> None:
        self.keep.setEnabled(self.micros > 0)

    def _on_keep(self) -> None:
        self.agreed.emit(self.micros)
        self.accept()
