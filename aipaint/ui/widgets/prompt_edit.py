"""`PromptEdit`: a plain text field that grows no scroll bar early and lets Tab move on."""

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_GROWTH = 3  # as tall as the panel has room for, up to so many times the least


class PromptEdit(QPlainTextEdit):
    """Takes dropped text; a dropped picture is left to the window."""

    def __init__(self, object_name: str, accessible_name: str, lines: int) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        line = QFontMetricsF(self.font()).lineSpacing()
        self.setMinimumHeight(round(line * lines + 20))
        self.setMaximumHeight(round(line * lines * _GROWTH + 20))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @property
    def text(self) -> str:
        return self.toPlainText()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        if source.hasUrls() or source.hasImage():
            return False
        return super().canInsertFromMimeData(source)
