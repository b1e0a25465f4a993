"""`name_buttons`: the buttons that Qt makes are called by what stands on them."""

from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from aipaint.ui.widgets.spoken_name import spoken_name


def name_buttons(box: QDialogButtonBox | QMessageBox) -> None:
    """Those that have no accessible name yet."""
    for button in box.buttons():
        if not button.accessibleName():
            button.setAccessibleName(spoken_name(button.text()))
