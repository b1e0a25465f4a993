"""`CheckBox`: a box to tick that a screen reader and a script call by what stands beside it."""

from PySide6.QtWidgets import QCheckBox

from aipaint.ui.widgets.spoken_name import spoken_name


class CheckBox(QCheckBox):
    """Its accessible name follows its text, unless it was given another one."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(spoken_name(text))

    def setText(self, text: str) -> None:
        follows = self.accessibleName() == spoken_name(self.text())
        super().setText(text)
        if follows:
            self.setAccessibleName(spoken_name(text))
