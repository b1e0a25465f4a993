"""Tells about an expected failure: what happened, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from aipaint.errors import AipaintError
from aipaint.ui.widgets.named_buttons import name_buttons


def show_error(parent: QWidget, title: str, error: AipaintError) -> None:
    """Does not block: the window goes on; closed with its button or Esc."""
    box = QMessageBox(parent)
    box.setObjectName("messageDialog")
    box.setWindowTitle(title)
    # Names of files and answers of servers are in these texts.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(error.message)
    box.setInformativeText(error.hint)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    name_buttons(box)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.open()
