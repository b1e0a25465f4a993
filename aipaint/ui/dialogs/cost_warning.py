"""Asks before an expensive operation."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from aipaint.money import format_usd

if TYPE_CHECKING:
    from aipaint.ledger.price import Estimate


def confirm_cost(parent: QWidget, estimate: "Estimate") -> bool:
    """Blocks until answered; Esc and the default answer are no."""
    box = QMessageBox(parent)
    box.setObjectName("costDialog")
    box.setWindowTitle("Expensive operation")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(f"This may cost up to {format_usd(estimate.micros)}.")
    lines = [f"{part.what}: {part.units}, {format_usd(part.micros)}" for part in estimate.parts]
    box.setInformativeText("\n".join(lines))
    confirm = QPushButton(f"&Spend up to {format_usd(estimate.micros)}")
    confirm.setObjectName("costConfirmButton")
    cancel = QPushButton("&Cancel")
    cancel.setObjectName("costCancelButton")
    box.addButton(confirm, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    is_confirmed = box.clickedButton() is confirm
    box.deleteLater()
    return is_confirmed
