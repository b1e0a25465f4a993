"""Asks what should become of unsaved changes."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from aipaint.ui.widgets.named_buttons import name_buttons


class UnsavedAnswer(Enum):
    """What the user decided."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


def ask_about_unsaved_changes(parent: QWidget, name: str) -> UnsavedAnswer:
    """Blocks until answered; Esc is Cancel."""
    box = QMessageBox(parent)
    box.setObjectName("unsavedDialog")
    box.setWindowTitle("Unsaved changes")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(f"Save the changes to {name}?")
    box.setInformativeText("What was painted since the last save is lost otherwise.")
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
    name_buttons(box)
    box.setDefaultButton(kinds.Save)
    answer = box.exec()
    box.deleteLater()
    if answer == kinds.Save:
        return UnsavedAnswer.SAVE
    return UnsavedAnswer.DISCARD if answer == kinds.Discard else UnsavedAnswer.CANCEL
