"""`StartPage`: what to do first: new, open, paste, or the sample photograph."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from aipaint.ui.actions import Actions
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

_CHOICES = (
    ("file.open", "openStartButton", "Open a picture…"),
    ("edit.paste", "pasteStartButton", "Paste from the clipboard"),
    ("file.new", "newStartButton", "New empty picture…"),
    ("file.sample", "sampleStartButton", "Try the sample photograph"),
)


class StartPage(QWidget):
    """Every choice is an action that is in a menu as well. Esc leaves the page."""

    left = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("welcomePage")
        self.setAccessibleName("Welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QFrame()
        card.setObjectName("startCard")
        card.setFixedWidth(400)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addWidget(PlainLabel("Drop a picture here", Tone.TITLE))
        column.addWidget(
            PlainLabel(
                "Then mark what should change, and press Generate. Removing things is free and "
                "runs on this computer.",
                Tone.MUTED,
                wraps=True,
            )
        )
        column.addSpacing(16)
        self._buttons: list[tuple[QPushButton, QAction]] = []
        for number, (action_id, name, text) in enumerate(_CHOICES):
            button = _button(actions, action_id, name, text, is_first=number == 0)
            self._buttons.append((button, actions[action_id]))
            actions[action_id].changed.connect(self._refresh_tips)
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(PlainLabel("Esc starts with an empty picture", Tone.MUTED))
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Else the first tab of the panels has it, and Esc goes nowhere.
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _refresh_tips(self) -> None:
        """The keys of an action may be others now."""
        for button, action in self._buttons:
            button.setToolTip(action.toolTip())


def _button(
    actions: Actions, action_id: str, name: str, text: str, *, is_first: bool
) -> QPushButton:
    action = actions[action_id]
    button = PushButton(action.icon(), text)
    button.setObjectName(name)
    button.setAccessibleName(text.rstrip("…"))
    button.setToolTip(action.toolTip())
    button.setIconSize(QSize(18, 18))
    button.setMinimumHeight(40)
    button.setProperty("start", "true")
    if is_first:
        button.setProperty("primary", "true")
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    button.clicked.connect(action.trigger)
    return button
