"""`TextFieldKeys`: while a text field has the focus, keys that edit the picture are its own."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class TextFieldKeys(QObject):
    """Qt asks the field first, and not every field knows every key: Ctrl+Backspace takes a word
    away in one kind and would fill the picture from another. What no one in between has claimed
    reaches the window, and here."""

    def __init__(self, window: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = tuple(actions)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or watched is not self._window:
            return False
        if isinstance(event, QKeyEvent) and _is_text(QApplication.focusWidget()):
            keys = QKeySequence(event.keyCombination())
            if any(keys in action.shortcuts() for action in self._actions):
                event.accept()
                return True
        return False


def _is_text(focused: QWidget | None) -> bool:
    return isinstance(focused, _FIELDS) or (isinstance(focused, QComboBox) and focused.isEditable())
