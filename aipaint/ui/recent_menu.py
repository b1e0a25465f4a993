"""`RecentMenu`: File > Open Recent: the last files, those that are gone greyed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from aipaint.ui.actions import Actions
from aipaint.ui.window_state import WindowState

RECENT_LIMIT = 10
_LONGEST_FOLDER = 48


class RecentMenu(QObject):
    """Filled whenever it opens: a file may have gone meanwhile."""

    def __init__(
        self, actions: Actions, state: WindowState, open_file: Callable[[Path], None], menu: QMenu
    ) -> None:
        super().__init__(menu)
        self._actions = actions
        self._state = state
        self._open_file = open_file
        self.menu = QMenu("Open &Recent", menu)
        self.menu.setObjectName("menu.recent")
        self.menu.setToolTipsVisible(False)
        self.menu.addAction(actions["file.clearRecent"])
        menu.insertMenu(actions["file.sample"], self.menu)
        self.menu.aboutToShow.connect(self.refresh)
        self.refresh()

    def note(self, path: Path) -> None:
        """This file was opened or saved just now; newest first, each once."""
        name = str(path.absolute())
        others = [one for one in self._state.recent_files if one != name]
        self._keep([name, *others][:RECENT_LIMIT])

    def clear(self) -> None:
        self._keep([])

    def refresh(self) -> None:
        """List what there is; what is missing cannot be chosen."""
        clear = self._actions["file.clearRecent"]
        for action in self.menu.actions():
            if action is not clear:
                self.menu.removeAction(action)
                action.deleteLater()
        paths = [Path(name) for name in self._state.recent_files[:RECENT_LIMIT]]
        for number, path in enumerate(paths, 1):
            action = self.menu.addAction(_text(number, path))
            action.setStatusTip(str(path))
            action.setEnabled(path.is_file())
            action.triggered.connect(partial(self._on_chosen, path))
        if paths:
            self.menu.addSeparator()
        else:
            self.menu.addAction("Nothing was opened yet").setEnabled(False)
        # To the end: what is new was put after it.
        self.menu.removeAction(clear)
        self.menu.addAction(clear)
        clear.setEnabled(bool(paths))

    def _keep(self, names: list[str]) -> None:
        self._state.recent_files = names
        self.refresh()

    def _on_chosen(self, path: Path, is_checked: bool = False) -> None:
        del is_checked
        self._open_file(path)


def _text(number: int, path: Path) -> str:
    """ "&1 cat.png — ~/Pictures", the folder cut where it is long."""
    folder = str(path.parent)
    home = str(Path.home())
    if folder == home or folder.startswith(f"{home}/"):
        folder = f"~{folder[len(home) :]}"
    if len(folder) > _LONGEST_FOLDER:
        folder = f"…{folder[-_LONGEST_FOLDER:]}"
    key = f"&{number}" if number < 10 else "1&0"
    return f"{key}  {path.name} — {folder}".replace("&", "&&").replace("&&", "&", 1)
