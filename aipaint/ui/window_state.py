"""`WindowState`: what the window remembers from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from aipaint.ui.theme import ThemeChoice

# Raised when docks or tool bars change so that an old layout would not fit.
_LAYOUT_VERSION = 1


class WindowState:
    """An INI file in the data folder. A damaged one means the defaults, never an error."""

    def __init__(self, home: Path) -> None:
        self._settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        stored = self._settings.value("theme", ThemeChoice.SYSTEM.value)
        return next((one for one in ThemeChoice if one.value == stored), ThemeChoice.SYSTEM)

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._settings.setValue("theme", choice.value)

    @property
    def last_folder(self) -> str:
        return str(self._settings.value("last_folder", ""))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._settings.setValue("last_folder", folder)

    def restore(self, window: QMainWindow) -> bool:
        """Put the window where it was; False if it has never been anywhere."""
        geometry = self._settings.value("geometry")
        layout = self._settings.value("layout")
        if not isinstance(geometry, QByteArray) or not isinstance(layout, QByteArray):
            return False
        window.restoreGeometry(geometry)
        return window.restoreState(layout, _LAYOUT_VERSION)

    def remember(self, window: QMainWindow) -> None:
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("layout", window.saveState(_LAYOUT_VERSION))
        self._settings.sync()
