"""Keys as places on the keyboard, for layouts that have no Latin letters."""

import unicodedata

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

# The code of the first key of each row of a US keyboard, as X11 and Wayland report them.
_ROWS = ((24, "QWERTYUIOP[]"), (38, "ASDFGHJKL;'"), (51, "\\ZXCVBNM,./"))
_KEYS = {first + place: sign for first, row in _ROWS for place, sign in enumerate(row)}
# On most layouts beside the American one a letter or an accent is where the brackets are, and a
# bracket itself takes a chord that cannot be pressed with Shift.
_BRACKETS = {34: "[", 35: "]"}
_BRACKET_KEYS = {
    Qt.Key.Key_BracketLeft,
    Qt.Key.Key_BracketRight,
    Qt.Key.Key_BraceLeft,
    Qt.Key.Key_BraceRight,
}
_SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./", strict=True))
# Windows and macOS count keys in another way; Windows itself offers Latin letters for shortcuts.
_OTHER_CODES = ("windows", "cocoa")


def script_of(event: QKeyEvent) -> str:
    """ "latin" or "other" for a key that types a letter, "" for any other key."""
    key = event.key()
    if not 0x20 < key < 0x110000 or not chr(key).isalpha():
        return ""
    return "latin" if unicodedata.name(chr(key), "").startswith("LATIN") else "other"


def us_keys(event: QKeyEvent, *, is_foreign: bool) -> QKeySequence | None:
    """What a US keyboard types with the same key; None if that is no question here.

    A letter that is not Latin always stands for the key it is on. A comma or a slash does so only
    on a layout known to be foreign: on a Latin one it means itself, wherever it is. The keys of the
    brackets are asked for alone or with Shift whatever they type.
    """
    if _is_bracket_by_place(event):
        bracket = Qt.Key(ord(_BRACKETS[event.nativeScanCode()]))
        return QKeySequence(QKeyCombination(event.modifiers(), bracket))
    sign = _KEYS.get(event.nativeScanCode())
    if sign is None or QGuiApplication.platformName() in _OTHER_CODES:
        return None
    is_sign = 0x20 < event.key() < 0x7F and script_of(event) == ""
    if script_of(event) != "other" and not (is_foreign and is_sign):
        return None
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(ord(sign))))


def _is_bracket_by_place(event: QKeyEvent) -> bool:
    if event.nativeScanCode() not in _BRACKETS or QGuiApplication.platformName() in _OTHER_CODES:
        return False
    is_plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return is_plain and event.key() not in _BRACKET_KEYS


def chord(keys: QKeySequence) -> QKeyCombination:
    """The first, and here the only, press of the sequence."""
    first: QKeyCombination = keys[0]  # type: ignore[index] # the stubs do not know it
    return first


def portable(keys: QKeySequence) -> str:
    """As it stands in files: the same in every language and on every system."""
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str) -> str:
    """As people read it."""
    return QKeySequence(keys, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.NativeText
    )


def checked(text: str) -> str:
    """The same key in the usual spelling; "" if it is not exactly one key that exists."""
    keys = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if keys.count() != 1 or chord(keys).key() in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    return portable(keys)


def pressed_as(text: str) -> str:
    """Two keys are pressed alike if this is equal: Shift+{, { and Shift+[ are one."""
    keys = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    if keys.isEmpty():
        return ""
    key, modifiers = chord(keys).key(), chord(keys).keyboardModifiers()
    if 0x20 < key.value < 0x7F and chr(key.value) in _SHIFTED:
        key = Qt.Key(ord(_SHIFTED[chr(key.value)]))
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    elif key is Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return portable(QKeySequence(QKeyCombination(modifiers, key)))
