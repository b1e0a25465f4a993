"""`PushButton`: a button that a screen reader and a script call by what stands on it."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton

from aipaint.ui.widgets.spoken_name import spoken_name


class PushButton(QPushButton):
    """Its accessible name follows its text, unless it was given another one."""

    def __init__(self, icon_or_text: QIcon | str = "", text: str = "") -> None:
        if isinstance(icon_or_text, QIcon):
            super().__init__(icon_or_text, text)
        else:
            super().__init__(icon_or_text)
        self.setAccessibleName(spoken_name(self.text()))

    def setText(self, text: str) -> None:
        follows = self.accessibleName() == spoken_name(self.text())
        super().setText(text)
        if follows:
            self.setAccessibleName(spoken_name(text))
