"""`SettingsFlow`: the settings dialog with its pages, and what saving does."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QMainWindow

from aipaint.errors import AipaintError
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.services import Services
from aipaint.ui.window_state import WindowState

if TYPE_CHECKING:
    from aipaint.settings.settings import Settings
    from aipaint.ui.settings_dialog import SettingsDialog
    from aipaint.ui.settings_pages.budget_page import BudgetChange
    from aipaint.ui.settings_pages.page import SettingsPage

_NAME = "settings"


class SettingsFlow(QObject):
    """Pages are made when the dialog opens for the first time."""

    saved = Signal()

    def __init__(
        self, window: QMainWindow, actions: Actions, background: Background, state: WindowState
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._background = background
        self._state = state
        self._services: Services | None = None
        self._factories: list[Callable[[], SettingsPage]] = [self._budget_page]
        self._dialog: SettingsDialog | None = None
        actions.connect({"edit.settings": self.open})
        actions.enable("edit.settings", False)

    def add_page(self, factory: "Callable[[], SettingsPage]", place: int = 0) -> None:
        """One more page, above those that are there or at another place of the list. Before the
        dialog is opened."""
        self._factories.insert(place, factory)

    def connect_services(self, services: Services) -> None:
        self._services = services
        self._actions.enable("edit.settings", True)

    def open(self) -> None:
        """The dialog, where it was left."""
        self._open("")

    def open_budget(self) -> None:
        """At the limits of spending."""
        self._open("Budget")

    def open_providers(self) -> None:
        """At accounts and keys."""
        self._open("Providers")

    def _open(self, title: str) -> None:
        if self._services is None:
            return
        if self._dialog is None:
            # Imported when asked for: no start waits for a dialog.
            from aipaint.ui.settings_dialog import SettingsDialog

            pages = [factory() for factory in self._factories]
            size = self._state.dialog_size(_NAME)
            self._dialog = SettingsDialog(self._window, pages, size)
            self._dialog.resized.connect(self._on_resized)
        if not self._dialog.isVisible():
            self._dialog.open_at(title)

    def _on_resized(self, size: QSize) -> None:
        self._state.remember_dialog(_NAME, size)

    def _budget_page(self) -> "SettingsPage":
        from aipaint.ui.settings_pages.budget_page import BudgetPage

        return BudgetPage(self._settings, self._keep)

    def _settings(self) -> "Settings":
        """As they are stored now: another window may have changed them. Raises SettingsError."""
        assert self._services is not None  # the dialog opens only after connecting
        read = self._services.reload_settings
        return read() if read is not None else self._services.settings

    def _keep(self, change: "BudgetChange") -> None:
        def failed(error: AipaintError) -> None:
            show_error(self._window, "The settings are not saved", error)

        def done(_: object) -> None:
            generator = self._services.generator if self._services is not None else None
            if generator is not None:
                generator.set_most_at_once(change.settings.jobs_at_once)
            self.saved.emit()

        self._background.start(Work(lambda: self._write(change), done, failed, "Saving"))

    def _write(self, change: "BudgetChange") -> None:
        """On a worker: in force, and logged, once it is on the disk."""
        from aipaint.generation.guard_of import guard_of
        from aipaint.settings.load_settings import SETTINGS_FILE
        from aipaint.settings.save_settings import save_settings

        path = change.settings.home / SETTINGS_FILE
        save_settings(path, change.texts, change.envelopes)
        ledger = self._services.ledger if self._services is not None else None
        if ledger is not None:
            ledger.set_guard(guard_of(change.settings), source="window")
