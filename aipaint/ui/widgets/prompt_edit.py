"""`PromptEdit`: a plain text field that grows no scroll bar early and lets Tab move on."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPlainTextEdit


class PromptEdit(QPlainTextEdit):
    """Takes dropped text; a dropped picture is left to the window."""

    def __init__(self, object_name: str, accessible_name: str, lines: int) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        height = QFontMetricsF(self.font()).lineSpacing() * lines + 20
        self.setFixedHeight(round(height))

    @property
    def text(self) -> str:
        return self.toPlainText()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        if source.hasUrls() or source.hasImage():
            return False
        return super().canInsertFromMimeData(source)
