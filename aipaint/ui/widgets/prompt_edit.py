"""`PromptEdit`: a plain text field as tall as its text, within limits; Tab moves on."""

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_GROWTH = 3  # up to so many times the least
_RIM = 20


class PromptEdit(QPlainTextEdit):
    """Takes dropped text; a dropped picture is left to the window."""

    def __init__(self, object_name: str, accessible_name: str, lines: int) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(80, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def text(self) -> str:
        return self.toPlainText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The layout of plain text counts its height in lines."""
        shown = round(self.document().size().height())
        lines = min(max(shown, self._lines), self._lines * _GROWTH)
        height = round(QFontMetricsF(self.font()).lineSpacing() * lines) + _RIM
        if height != self.height():
            self.setFixedHeight(height)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        if source.hasUrls() or source.hasImage():
            return False
        return super().canInsertFromMimeData(source)
