"""Asks before more can be spent than before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from aipaint.ui.widgets.push_button import PushButton


def ask_about_spending(parent: QWidget, question: str, details: str, verb: str) -> bool:
    """Blocks until answered; Enter and Esc are no."""
    box = QMessageBox(parent)
    box.setObjectName("spendQuestion")
    box.setWindowTitle(question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(question)
    box.setInformativeText(details)
    confirm = PushButton(verb)
    confirm.setObjectName("spendConfirmButton")
    confirm.setAutoDefault(False)
    cancel = PushButton("&Cancel")
    cancel.setObjectName("spendCancelButton")
    box.addButton(confirm, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    is_confirmed = box.clickedButton() is confirm
    box.deleteLater()
    return is_confirmed
