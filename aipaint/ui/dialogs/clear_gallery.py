"""Asks before the whole gallery goes into the trash."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from aipaint.ui.widgets.push_button import PushButton


def ask_about_clearing(parent: QWidget) -> bool:
    """Blocks until answered; Enter and Esc are no."""
    box = QMessageBox(parent)
    box.setObjectName("clearGalleryDialog")
    box.setWindowTitle("Clear the gallery?")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText("Move every finished job and its pictures to the trash?")
    box.setInformativeText(
        "Undo brings them back; the trash is emptied after 30 days. What they cost stays in the "
        "books. Your documents are not touched."
    )
    clear = PushButton("C&lear All")
    clear.setObjectName("clearGalleryButton")
    clear.setAutoDefault(False)
    cancel = PushButton("&Cancel")
    cancel.setObjectName("keepGalleryButton")
    box.addButton(clear, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    is_confirmed = box.clickedButton() is clear
    box.deleteLater()
    return is_confirmed
