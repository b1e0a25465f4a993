"""`KeyEdit`: a field that takes the next key pressed, whatever it is."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from aipaint.ui.key_codes import checked, native, portable, us_keys

_HELD = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L, Qt.Key.Key_Hyper_R,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch,
}  # fmt: skip
_Modifier = Qt.KeyboardModifier
_NAMED = (
    (_Modifier.ControlModifier, "Ctrl"), (_Modifier.AltModifier, "Alt"),
    (_Modifier.ShiftModifier, "Shift"), (_Modifier.MetaModifier, "Meta"),
)  # fmt: skip
_COUNTED = (
    _Modifier.ControlModifier
    | _Modifier.AltModifier
    | _Modifier.ShiftModifier
    | _Modifier.MetaModifier
)
_FLAGS: dict[int, Qt.KeyboardModifier] = {
    Qt.Key.Key_Control: _Modifier.ControlModifier,
    Qt.Key.Key_Alt: _Modifier.AltModifier,
    Qt.Key.Key_Shift: _Modifier.ShiftModifier,
    Qt.Key.Key_Meta: _Modifier.MetaModifier,
}
_LEAVE = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyEdit(QLineEdit):
    """Tab moves on as everywhere; Enter and Esc alone are left to the dialog."""

    key_pressed = Signal(str)  # portable

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setPlaceholderText("Press the new key here")
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # An input method would keep letters to itself.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._key = ""

    @property
    def key(self) -> str:
        """What was pressed last, "" before that."""
        return self._key

    def set_key(self, key: str) -> None:
        self._key = key
        self.setText(native(key))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # here no key is a shortcut
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & _COUNTED
        if event.key() in _HELD:
            # The first press does not count itself among the modifiers on every system.
            held |= _FLAGS.get(event.key(), _Modifier.NoModifier)
            names = [name for modifier, name in _NAMED if held & modifier]
            self.setText("".join(f"{name}+" for name in names))
            return
        if event.key() in _LEAVE and not held:
            event.ignore()
            return
        keys = us_keys(event, is_foreign=False)
        if keys is None:
            keys = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
        key = checked(portable(keys))
        if key:
            self.set_key(key)
            self.key_pressed.emit(key)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _HELD:
            self.setText(native(self._key))
        super().keyReleaseEvent(event)
