"""`NewsBar`: something that waits for a person: an icon, a sentence and one button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from aipaint.ui.announce import announce
from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

_ICON = 18


class NewsBar(QWidget):
    """Hidden while there is nothing to say. What is new is announced to screen readers."""

    def __init__(self, object_name: str, icon_name: str, verb: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("news", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sign = PlainLabel()
        sign.setPixmap(icon(icon_name).pixmap(_ICON, _ICON))
        self._sign, self._icon_name = sign, icon_name
        self.label = PlainLabel("", Tone.NORMAL, wraps=True)
        self.label.setObjectName(f"{object_name}Label")
        self.label.setAccessibleName("News")
        self.button = PushButton(verb)
        self.button.setObjectName(f"{object_name}Button")
        self.button.setToolTip(tip)
        self.button.setAutoDefault(False)
        self.button.setAutoRepeat(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP, GAP, GAP, GAP)
        grid.setSpacing(GAP)
        grid.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.label, 0, 1)
        grid.addWidget(self.button, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.setVisible(False)

    def show_text(self, text: str) -> None:
        """An empty text hides the bar."""
        is_new = bool(text) and text != self.label.text()
        self.label.setText(text)
        self.label.setAccessibleDescription(text)
        # Drawn anew: the theme may have changed since.
        self._sign.setPixmap(icon(self._icon_name).pixmap(_ICON, _ICON))
        self.setVisible(bool(text))
        if is_new:
            announce(self, text)
