"""`Panel`: the ground of a docked panel: one column, 8-px rhythm, plain text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

MARGIN = 12
GAP = 8


class Panel(QWidget):
    """`column` takes the parts from the top down."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        # Without it a plain widget ignores the style sheet's background.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "true")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        self.column.setSpacing(GAP)


def field_label(text: str, buddy: QWidget) -> QLabel:
    """A small caption that belongs to a field; its mnemonic moves the focus there."""
    label = QLabel(text)
    label.setProperty("tone", "muted")
    label.setBuddy(buddy)
    return label


def scrolling(content: QWidget) -> QScrollArea:
    """On a small screen the content scrolls instead of pushing the window open."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
