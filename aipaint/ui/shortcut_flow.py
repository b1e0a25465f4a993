"""`ShortcutFlow`: the user's keys from the start on, and the two dialogs about keys."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from aipaint.ui.actions import Actions
from aipaint.ui.key_codes import native, portable
from aipaint.ui.key_fallback import KeyFallback
from aipaint.ui.keymap import Keymap

if TYPE_CHECKING:
    from aipaint.ui.dialogs.key_sheet import KeySheet
    from aipaint.ui.dialogs.shortcuts_dialog import MenuOfKeys


class ShortcutFlow(QObject):
    """Made once the window has its actions and menus."""

    def __init__(
        self, window: QMainWindow, actions: Actions, home: Path, tell: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self.keymap = Keymap(actions, home / "shortcuts.toml")
        self._fallback = KeyFallback(window, actions)
        actions.connect({"edit.shortcuts": self.open_shortcuts, "help.keys": self.open_keys})
        if self.keymap.problem:
            tell(self.keymap.problem)

    def open_shortcuts(self) -> None:
        """The dialog in which keys are changed. It is open when this returns."""
        # Imported when asked for, here and below: no start waits for a dialog.
        from aipaint.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        sheet = self._sheet()
        if sheet is not None:
            sheet.close()
        ShortcutsDialog(self._window, self.keymap, self._menus()).open()

    def open_keys(self) -> None:
        """The sheet to read; a second call brings it to the front."""
        from aipaint.ui.dialogs.key_sheet import KeySheet
        from aipaint.ui.dialogs.key_tree import KeyGroup, KeyRow

        sheet = self._sheet()
        if sheet is None:
            groups = []
            for menu in self._menus():
                rows = tuple(
                    KeyRow(one, (name, self._shown(one)), self._actions.tip(one))
                    for one, name in menu.names.items()
                    if self.keymap.keys(one)
                )
                if rows:
                    groups.append(KeyGroup(menu.title, rows))
            sheet = KeySheet(self._window, groups)
            sheet.change_wanted.connect(self.open_shortcuts)
        sheet.show()
        sheet.raise_()
        sheet.activateWindow()

    def _sheet(self) -> "KeySheet | None":
        from aipaint.ui.dialogs.key_sheet import KeySheet

        return self._window.findChild(KeySheet)

    def _shown(self, action_id: str) -> str:
        return ", ".join(map(native, self.keymap.keys(action_id)))

    def _menus(self) -> list["MenuOfKeys"]:
        """The menus as they stand; an action that is in two is listed in the first."""
        from aipaint.ui.dialogs.shortcuts_dialog import MenuOfKeys

        known, menus = set(self._actions), []
        for top in self._window.menuBar().actions():
            names: dict[str, str] = {}
            self._collect(top, names, known)
            known -= names.keys()
            opener = portable(QKeySequence.mnemonic(top.text()))
            menus.append(MenuOfKeys(_plain(top.text()), names, opener))
        if known:
            rest = {one: _plain(self._actions[one].text()) for one in self._actions if one in known}
            menus.append(MenuOfKeys("Elsewhere", rest))
        return menus

    def _collect(
        self, entry: QAction, names: dict[str, str], known: set[str], inside: str = ""
    ) -> None:
        menu = entry.menu()
        if not isinstance(menu, QMenu):
            if entry.objectName() in known:
                names[entry.objectName()] = inside + _plain(entry.text())
            return
        for action in menu.actions():
            inner = f"{_plain(action.text())}: " if action.menu() is not None else inside
            self._collect(action, names, known, inner)


def _plain(text: str) -> str:
    """Without the signs of mnemonics and of dialogs."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
