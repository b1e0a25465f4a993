"""`ProvidersFlow`: the settings pages of providers and refining, and what saving them does."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aipaint.errors import AipaintError
from aipaint.ui.background import Background, Work
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.services import Services

if TYPE_CHECKING:
    from aipaint.providers.local_servers import LocalServer
    from aipaint.providers.provider import Provider
    from aipaint.settings.settings import Settings
    from aipaint.ui.settings_pages.account_draft import ProvidersChange
    from aipaint.ui.settings_pages.page import SettingsPage
    from aipaint.ui.settings_pages.providers_page import KeyStates
    from aipaint.ui.settings_pages.refine_page import RefineTexts

_Failed = Callable[[AipaintError], None]


class ProvidersFlow(QObject):
    """Files, key stores and servers are asked on workers. A key that is saved is in use at once."""

    providers_changed = Signal(object)  # tuple[Provider, ...]
    settings_changed = Signal(object)  # Settings
    told = Signal(str)  # a sentence for the status bar

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._services: Services | None = None
        self._leaving = threading.Event()

    def connect_services(self, services: Services) -> None:
        self._services = services

    def shut_down(self) -> None:
        """Tests that are on their way are given up."""
        self._leaving.set()

    def providers_page(self) -> "SettingsPage":
        from aipaint.ui.settings_pages.providers_page import ProviderHooks, ProvidersPage

        hooks = ProviderHooks(
            read=self._settings,
            keep=self._keep,
            look=self._look,
            test=self._test,
            find=self._find,
            presets=self._services.presets if self._services is not None else (),
        )
        return ProvidersPage(hooks)

    def refine_page(self) -> "SettingsPage":
        from aipaint.generation.refine_text import DEFAULT_INSTRUCTIONS
        from aipaint.ui.settings_pages.refine_page import RefinePage

        return RefinePage(self._settings, lambda: DEFAULT_INSTRUCTIONS, self._keep_texts)

    def _settings(self) -> "Settings":
        """As they are stored now. Raises SettingsError."""
        assert self._services is not None  # the dialog opens only after connecting
        read = self._services.reload_settings
        return read() if read is not None else self._services.settings

    def _keep(self, change: "ProvidersChange", done: Callable[[], None], failed: _Failed) -> None:
        def kept(providers: "tuple[Provider, ...]") -> None:
            self._announce(providers)
            done()

        def refused(error: AipaintError) -> None:
            failed(error)
            # A key that the key store refused still works until the program ends.
            self._background.start(Work(self._reload, self._announce, self._on_failed))

        self._background.start(Work(lambda: self._write(change), kept, refused, "Saving"))

    def _keep_texts(self, texts: "RefineTexts") -> None:
        from aipaint.ui.settings_pages.account_draft import ProvidersChange

        def write() -> "tuple[Provider, ...]":
            accounts = self._settings().accounts
            return self._write(ProvidersChange(texts, accounts, {}))

        self._background.start(Work(write, self._announce, self._on_failed, "Saving"))

    def _write(self, change: "ProvidersChange") -> "tuple[Provider, ...]":
        """On a worker: first what may be refused, then the keys, then what works with both."""
        from aipaint.settings.load_settings import SETTINGS_FILE
        from aipaint.settings.save_settings import save_settings

        settings = self._settings()
        accounts = change.accounts if change.accounts != settings.accounts else None
        if change.texts or accounts is not None:
            save_settings(settings.home / SETTINGS_FILE, change.texts, accounts=accounts)
        keys = self._services.keys if self._services is not None else None
        for slot, key in change.keys.items():
            if keys is not None and key:
                keys.set(slot, key)
            elif keys is not None:
                keys.delete(slot)
        return self._reload()

    def _reload(self) -> "tuple[Provider, ...]":
        reload = self._services.reload_providers if self._services is not None else None
        return reload() if reload is not None else ()

    def _announce(self, providers: "tuple[Provider, ...]") -> None:
        if providers:
            self.providers_changed.emit(providers)
        try:
            self.settings_changed.emit(self._settings())
        except AipaintError as error:
            self._on_failed(error)
        self.told.emit("The settings are saved.")

    def _look(self, slots: Sequence[str], done: "Callable[[KeyStates], None]") -> None:
        self._background.start(Work(partial(self._states, slots), done, self._on_failed))

    def _states(self, slots: Sequence[str]) -> "KeyStates":
        """On a worker: the key store may ask for a password first."""
        from aipaint.ui.settings_pages.providers_page import KeyStates

        keys = self._services.keys if self._services is not None else None
        if keys is None:
            return KeyStates({}, "nowhere: there is no data folder")
        return KeyStates({slot: bool(keys.get(slot)) for slot in slots}, keys.where())

    def _test(self, name: str, done: Callable[[str], None], failed: _Failed) -> None:
        desk = self._services.prompt_desk if self._services is not None else None
        if desk is None:
            failed(AipaintError("There is no database, so nothing can be asked."))
            return
        self._background.start(Work(desk.check(name, self._leaving), done, failed, "Testing"))

    def _find(self, done: "Callable[[Sequence[LocalServer]], None]", failed: _Failed) -> None:
        def find() -> "tuple[LocalServer, ...]":
            from aipaint.providers.local_servers import find_local_servers

            return find_local_servers(self._leaving)

        self._background.start(Work(find, done, failed, "Looking for servers"))

    def _on_failed(self, error: AipaintError) -> None:
        show_error(self._window, "The settings are not saved", error)
