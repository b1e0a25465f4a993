"""`Fold`: a headline that opens and closes what lies under it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from aipaint.ui.icons import icon


class Fold(QWidget):
    """Closed at first."""

    def __init__(self, object_name: str, title: str, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.button = QToolButton()
        self.button.setObjectName(object_name)
        self.button.setProperty("fold", "true")
        self.button.setText(title)
        self.button.setAccessibleName(f"Show {title.lower()}")
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(14, 14))
        self.button.toggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(content)
        self._on_toggled(False)

    def _on_toggled(self, is_open: bool) -> None:
        # An open fold is no colored button: what is checked keeps the color of its text.
        name = "chevron-up" if is_open else "chevron-right"
        self.button.setIcon(icon(name, on_role=QPalette.ColorRole.WindowText))
        self._content.setVisible(is_open)
