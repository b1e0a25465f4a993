"""`WindowState`: what the window remembers from one start to the next."""

import json
import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QMainWindow

from aipaint.ui.mask_look import Hatching, MaskLook
from aipaint.ui.theme_palette import ThemeChoice

# Raised when docks or tool bars change so that an old layout would not fit.
_LAYOUT_VERSION = 3


class WindowState:
    """An INI file in the data folder. A damaged one means the defaults, never an error."""

    def __init__(self, home: Path) -> None:
        self.home = home
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

    @property
    def brush(self) -> str:
        """The name of the brush that was in hand last; "" if there was none."""
        return str(self._settings.value("brush", ""))

    @brush.setter
    def brush(self, name: str) -> None:
        self._settings.setValue("brush", name)

    @property
    def mask_look(self) -> MaskLook:
        usual = MaskLook()
        color = str(self._settings.value("mask/color", usual.color))
        opacity = str(self._settings.value("mask/opacity_percent", usual.opacity_percent))
        stored = self._settings.value("mask/hatching", usual.hatching.value)
        return MaskLook(
            color if re.fullmatch("#[0-9a-fA-F]{6}", color) else usual.color,
            min(100, max(5, int(opacity))) if opacity.isdecimal() else usual.opacity_percent,
            next((one for one in Hatching if one.value == stored), usual.hatching),
        )

    @mask_look.setter
    def mask_look(self, look: MaskLook) -> None:
        self._settings.setValue("mask/color", look.color)
        self._settings.setValue("mask/opacity_percent", look.opacity_percent)
        self._settings.setValue("mask/hatching", look.hatching.value)

    @property
    def reduces_motion(self) -> bool:
        """Nothing on the screen moves by itself."""
        return str(self._settings.value("reduce_motion", "false")) == "true"

    @reduces_motion.setter
    def reduces_motion(self, is_reduced: bool) -> None:
        self._settings.setValue("reduce_motion", "true" if is_reduced else "false")

    @property
    def shows_pixel_grid(self) -> bool:
        """Lines between the pixels when one looks close."""
        return str(self._settings.value("pixel_grid", "true")) == "true"

    @shows_pixel_grid.setter
    def shows_pixel_grid(self, is_shown: bool) -> None:
        self._settings.setValue("pixel_grid", "true" if is_shown else "false")

    @property
    def shows_never_send(self) -> bool:
        """What is never sent is seen over the picture."""
        return str(self._settings.value("never_send", "true")) == "true"

    @shows_never_send.setter
    def shows_never_send(self, is_shown: bool) -> None:
        self._settings.setValue("never_send", "true" if is_shown else "false")

    @property
    def is_queue_paused(self) -> bool:
        """The user had stopped the queue; it stays so until it is let go."""
        return str(self._settings.value("queue_paused", "false")) == "true"

    @is_queue_paused.setter
    def is_queue_paused(self, is_paused: bool) -> None:
        self._settings.setValue("queue_paused", "true" if is_paused else "false")
        self._settings.sync()  # at once: a crash must not start what was stopped

    @property
    def recent_files(self) -> list[str]:
        """Paths of what was opened or saved last, newest first."""
        try:
            stored = json.loads(str(self._settings.value("recent_files", "[]")))
        except ValueError:
            return []
        return [one for one in stored if isinstance(one, str)] if isinstance(stored, list) else []

    @recent_files.setter
    def recent_files(self, paths: list[str]) -> None:
        self._settings.setValue("recent_files", json.dumps(paths))

    def dialog_size(self, name: str) -> QSize | None:
        """How large a dialog was left; None if it was never open."""
        size = self._settings.value(f"dialogs/{name}")
        return size if isinstance(size, QSize) and size.isValid() else None

    def remember_dialog(self, name: str, size: QSize) -> None:
        self._settings.setValue(f"dialogs/{name}", size)

    def restore_geometry(self, window: QMainWindow) -> bool:
        """Put the window where it was; False if it has never been anywhere. It does not start in
        full screen, which hides how to leave it."""
        geometry = self._settings.value("geometry")
        if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
            return False
        if window.isFullScreen():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
            window.setGeometry(window.normalGeometry())
        return True

    @property
    def has_layout(self) -> bool:
        """The user had the window before, with docks and bars somewhere."""
        return isinstance(self._settings.value("layout"), QByteArray)

    def restore_layout(self, window: QMainWindow) -> None:
        """Put docks and bars where they were; once they exist."""
        layout = self._settings.value("layout")
        if isinstance(layout, QByteArray):
            window.restoreState(layout, _LAYOUT_VERSION)

    def remember(self, window: QMainWindow, *, has_layout: bool) -> None:
        self._settings.setValue("geometry", window.saveGeometry())
        if has_layout:
            self._settings.setValue("layout", window.saveState(_LAYOUT_VERSION))
        self._settings.sync()
