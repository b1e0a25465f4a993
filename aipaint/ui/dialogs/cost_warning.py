"""`CostDialog`: asks before money is spent, with all there is to know about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aipaint.money import format_usd
from aipaint.ui.money_wording import left_text, limit_name
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

if TYPE_CHECKING:
    from aipaint.generation.checkout import Checkout
    from aipaint.ledger.price import Estimate
    from aipaint.ledger.status import BudgetStatus

_WIDTH = 460


class CostDialog(QDialog):
    """Accepted only by its confirm button: Enter and Esc are Cancel."""

    def __init__(self, parent: QWidget, checkout: "Checkout") -> None:
        super().__init__(parent)
        self.setObjectName("costDialog")
        self.setWindowTitle("Before you pay")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        amount = format_usd(checkout.estimate.micros)
        headline = PlainLabel(f"This may cost up to {amount}.", Tone.TITLE, wraps=True)
        headline.setObjectName("costHeadline")
        self.reasons = PlainLabel("\n".join(checkout.reasons), wraps=True)
        self.reasons.setObjectName("costReasons")
        self.reasons.setAccessibleName("Why you are asked")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(headline)
        column.addWidget(self.reasons)
        column.addLayout(_parts(checkout.estimate))
        column.addWidget(PlainLabel("Left now", Tone.STRONG))
        column.addLayout(_left(checkout.status))
        column.addStretch(1)
        column.addLayout(self._buttons(amount))
        self.setAccessibleDescription(f"{headline.text()} {self.reasons.text()}")

    def _buttons(self, amount: str) -> QHBoxLayout:
        self.confirm = PushButton(f"&Spend up to {amount}")
        self.confirm.setObjectName("costConfirmButton")
        self.confirm.setAutoDefault(False)
        self.confirm.setAutoRepeat(False)
        self.confirm.setToolTip("Send it now. Space pays while this button has the focus")
        self.confirm.clicked.connect(self.accept)
        self.cancel = PushButton("&Cancel")
        self.cancel.setObjectName("costCancelButton")
        self.cancel.setToolTip("Nothing is sent (Esc, Enter)")
        self.cancel.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.confirm)
        row.addWidget(self.cancel)
        self.cancel.setFocus()
        return row


def _parts(estimate: "Estimate") -> QGridLayout:
    """What, how many, how much; then where the price is from and what such calls really cost."""
    grid = _grid()
    for row, part in enumerate(estimate.parts):
        grid.addWidget(PlainLabel(part.what), row, 0)
        grid.addWidget(PlainLabel(part.units, Tone.MUTED), row, 1)
        _add_amount(grid, format_usd(part.micros), row)
    notes = []
    if estimate.seen is not None:
        notes.append(f"Really paid: {estimate.seen.words()} a picture.")
    if estimate.source:
        dated = f" of {estimate.as_of}" if estimate.as_of else ""
        notes.append(f"Price: {estimate.source}{dated}.")
    if notes:
        note = PlainLabel("\n".join(notes), Tone.MUTED, wraps=True)
        grid.addWidget(note, grid.rowCount(), 0, 1, 3)
    return grid


def _left(status: "BudgetStatus") -> QGridLayout:
    grid = _grid()
    for row, cap in enumerate((*status.caps, *status.envelopes)):
        grid.addWidget(PlainLabel(limit_name(cap)), row, 0)
        grid.addWidget(PlainLabel(left_text(cap), Tone.MUTED), row, 1)
    return grid


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    return grid


def _add_amount(grid: QGridLayout, text: str, row: int) -> None:
    grid.addWidget(PlainLabel(text), row, 2, Qt.AlignmentFlag.AlignRight)
