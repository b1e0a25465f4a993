"""`KeyFallback`: shortcuts by the place of the key, for keyboards without Latin letters."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from aipaint.ui.actions import Actions
from aipaint.ui.key_codes import chord, script_of, us_keys

_Type = QEvent.Type


@dataclass(frozen=True, eq=False)
class _Pending:
    """A key press that is to come: where, by which key, and what a US keyboard would say."""

    target: QWidget
    scan_code: int
    keys: QKeySequence


class KeyFallback(QObject):
    """Qt knows the Latin letters of a key only if a Latin layout is installed beside the other.

    Qt first asks everything from the focused widget up to the window whether a key is its own (a
    ShortcutOverride), then looks among the shortcuts, and only a key that is none of them arrives
    as a KeyPress. So a question that reaches the window is remembered, and the press that follows
    is ours: a field that types letters says yes to the question, and where Qt found the shortcut
    by itself there is no press. Nothing fires twice.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._actions = actions
        self._pending: _Pending | None = None
        self._is_asking = False
        self._is_foreign = False  # the last letter seen was not Latin
        # A floating dock is a window of its own; what reaches it goes no further.
        self._windows: list[QWidget] = [window, *window.findChildren(QDockWidget)]
        for one in self._windows:
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is _Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_asking or not event.nativeScanCode():
                return False  # our own question, or Qt's about an event that a program sends
            self._forget()
            if isinstance(watched, QWidget) and watched.isWindow():
                self._remember(watched, event)
        elif kind is _Type.KeyPress and isinstance(event, QKeyEvent):
            pending = self._pending
            if pending is not None and watched is pending.target:
                self._forget()
                return event.nativeScanCode() == pending.scan_code and self._fire(pending, event)
        return False

    def _remember(self, window: QWidget, event: QKeyEvent) -> None:
        script = script_of(event)
        if script:
            self._is_foreign = script == "other"
        keys = us_keys(event, is_foreign=self._is_foreign)
        if keys is None:
            return
        target = QApplication.focusWidget()
        if target is None or target.window() is not window:
            target = window
        self._pending = _Pending(target, event.nativeScanCode(), keys)
        if target not in self._windows:
            target.installEventFilter(self)

    def _forget(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None and pending.target not in self._windows:
            pending.target.removeEventFilter(self)

    def _fire(self, pending: _Pending, event: QKeyEvent) -> bool:
        """What the focused widget does with the US key (Ctrl+Z in a field), else the action."""
        question = _translated(_Type.ShortcutOverride, pending, event)
        question.ignore()
        self._is_asking = True
        QApplication.sendEvent(pending.target, question)
        self._is_asking = False
        if question.isAccepted():
            QApplication.sendEvent(pending.target, _translated(_Type.KeyPress, pending, event))
            return True
        action = self._action(pending)
        if action is None or (event.isAutoRepeat() and not action.autoRepeat()):
            return action is not None
        action.trigger()
        return True

    def _action(self, pending: _Pending) -> QAction | None:
        for action_id in self._actions:
            action = self._actions[action_id]
            has_keys = action.isEnabled() and pending.keys in action.shortcuts()
            if has_keys and _reaches(action, pending.target):
                return action
        return None


def _reaches(action: QAction, target: QWidget) -> bool:
    """Some actions have their keys only while the canvas has the focus."""
    if action.shortcutContext() is Qt.ShortcutContext.WindowShortcut:
        return True
    places = action.associatedObjects()
    return any(
        isinstance(place, QWidget) and (place is target or place.isAncestorOf(target))
        for place in places
    )


def _translated(kind: QEvent.Type, pending: _Pending, event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        kind,
        chord(pending.keys).key().value,
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        "",
        event.isAutoRepeat(),
    )
