"""`PlainLabel`: a label that never takes its text for markup, with a tone of the theme."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


class Tone(Enum):
    """How loud a label speaks. The value is what the style sheet asks for."""

    NORMAL = ""
    MUTED = "muted"
    STRONG = "strong"
    TITLE = "title"
    WARNING = "warning"
    DANGER = "danger"


class PlainLabel(QLabel):
    """Text from outside is safe in it."""

    def __init__(self, text: str = "", tone: Tone = Tone.NORMAL, *, wraps: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if wraps:
            # A long word must not widen the panel.
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("tone", tone.value)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)
