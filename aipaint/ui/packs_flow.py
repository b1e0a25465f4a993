"""`PacksFlow`: models a user added, in the settings, the list of models and smart select."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aipaint.tools.toolbox import Toolbox
from aipaint.ui.background import Background
from aipaint.ui.services import Services
from aipaint.ui.settings_flow import SettingsFlow

if TYPE_CHECKING:
    from aipaint.ui.settings_pages.page import SettingsPage


class PacksFlow(QObject):
    """The page is made when the settings open for the first time."""

    packs_changed = Signal()  # other models can be chosen now

    def __init__(self, settings: SettingsFlow, toolbox: Toolbox, background: Background) -> None:
        super().__init__(settings)
        self._settings = settings
        self._toolbox = toolbox
        self._background = background
        self._services: Services | None = None

    def connect_services(self, services: Services) -> None:
        self._services = services
        self._toolbox.clicker = services.clicker
        if services.packs is not None:
            self._settings.add_page(self._page, place=-1)  # before the last

    def _page(self) -> "SettingsPage":
        # Imported when asked for: no start waits for a page.
        from aipaint.ui.settings_pages.offline_models_page import OfflineModelsPage

        assert self._services is not None
        assert self._services.packs is not None
        page = OfflineModelsPage(self._services.packs, self._background)
        page.packs_changed.connect(self.packs_changed)
        return page
