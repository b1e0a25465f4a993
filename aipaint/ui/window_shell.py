"""`WindowShell`: the window itself, on the screen before the libraries behind it are loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from aipaint.ui.theme_palette import apply_palette
from aipaint.ui.window_state import WindowState

if TYPE_CHECKING:
    from aipaint.document.document import Document
    from aipaint.errors import AipaintError
    from aipaint.tools.toolbox import Toolbox
    from aipaint.ui.services import Services
    from aipaint.ui.workspace import Workspace


class WindowShell(QMainWindow):
    """Bare at first: place, size and colors. `furnish` fills it, `connect_services` makes it work.

    Showing it bare costs little more than any Qt window; numpy, the document and the panels are
    loaded while it is already there.
    """

    painted = Signal()  # once: the bare window is on the screen

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._is_painted = False
        self.setObjectName("mainWindow")
        self.setAccessibleName("aipaint")
        self.setWindowTitle("aipaint")
        self.setAcceptDrops(True)
        self._is_leaving = False
        self._workspace: Workspace | None = None
        self._state = WindowState(home)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_palette(application, self._state.theme)
        if not self._state.restore_geometry(self):
            self.resize(QSize(1440, 900).boundedTo(self.screen().availableGeometry().size()))

    @property
    def workspace(self) -> "Workspace":
        """What is inside. Only after `furnish`."""
        assert self._workspace is not None
        return self._workspace

    def furnish(self, document: "Document", toolbox: "Toolbox") -> None:
        """Put canvas, panels and actions in. Once."""
        # Imported here: it brings numpy and every panel, which a bare window does not wait for.
        from aipaint.ui.never_send_flow import NeverSendFlow
        from aipaint.ui.never_send_show import NeverSendShow
        from aipaint.ui.packs_flow import PacksFlow
        from aipaint.ui.panels.model_memory import ModelMemory
        from aipaint.ui.partial_flow import PartialFlow
        from aipaint.ui.prompt_flow import PromptFlow
        from aipaint.ui.providers_flow import ProvidersFlow
        from aipaint.ui.settings_flow import SettingsFlow
        from aipaint.ui.shortcut_flow import ShortcutFlow
        from aipaint.ui.workspace import Workspace

        self._workspace = workspace = Workspace(self, document, toolbox, self._state)
        tell = workspace.status.tell
        self.shortcuts = ShortcutFlow(self, workspace.actions, self._state.home, tell)
        money = workspace.generate_flow.money
        background = workspace.generate_flow.background
        self.settings = SettingsFlow(self, workspace.actions, background, self._state)
        self.settings.saved.connect(money.refresh)
        self.settings.saved.connect(lambda: tell("The settings are saved."))
        money.limits_wanted.connect(self.settings.open_budget)
        money.open_wanted.connect(workspace.open_file)
        docks = workspace.docks
        self.packs = PacksFlow(self.settings, toolbox, background)
        self.packs.packs_changed.connect(docks.prompt.chooser.show_models)
        docks.prompt.fields.remember_in(ModelMemory(self._state.home))
        self.prompt = PromptFlow(self, docks.prompt, background)
        workspace.actions.connect(self.prompt.slots())
        self.never_send = NeverSendFlow(document, workspace.actions, tell)
        self.never_send_show = NeverSendShow(
            document, workspace.canvas, workspace.actions, self._state
        )
        workspace.actions.connect(self.never_send_show.slots())
        self._follow_refining()
        docks.prompt.keys_wanted.connect(self.settings.open_providers)
        self.providers = providers = ProvidersFlow(self, background)
        self.settings.add_page(providers.refine_page)
        self.settings.add_page(providers.providers_page)
        providers.providers_changed.connect(docks.prompt.show_providers)
        providers.settings_changed.connect(self.prompt.refining.show_settings)
        providers.told.connect(tell)
        self.partials = PartialFlow(workspace.canvas, docks.strip)
        self._furnish_results(document)

    def _follow_refining(self) -> None:
        """It spends money and is a job that is seen and cancelled like any other."""
        refining, generating = self.prompt.refining, self.workspace.generate_flow
        refining.spent.connect(generating.money.refresh)
        refining.job_changed.connect(generating.queue.show_outside)
        generating.queue.outside_cancelled.connect(refining.cancel)

    def _furnish_results(self, document: "Document") -> None:
        """What comes of generating: results under the canvas, and the gallery."""
        from aipaint.ui.candidate_flow import CandidateFlow, CandidateStage
        from aipaint.ui.free_flow import FreeFlow
        from aipaint.ui.gallery_flow import GalleryFlow, GalleryStage
        from aipaint.ui.stale_flow import StaleFlow
        from aipaint.ui.whole_flow import WholeFlow

        workspace = self.workspace
        docks, generating = workspace.docks, workspace.generate_flow
        generating.queue.remember_in(self._state)
        shown = (workspace.canvas, docks.strip, workspace.status)
        results = CandidateStage(document, workspace.actions, *shown)
        self.candidates = CandidateFlow(results, generating.buy)
        self.candidates.arrived.connect(generating.candidates_arrived)
        self.candidates.decided.connect(generating.candidates_decided)
        self.stale = StaleFlow(document, docks.layers, workspace.actions, generating.buy)
        self.whole = WholeFlow(document, workspace.actions, self, generating.buy)
        self.whole.told.connect(lambda text: docks.prompt.show_notice(text))
        self.providers.providers_changed.connect(self.whole.show_providers)
        self.free = FreeFlow(document, workspace.canvas, docks.prompt, self.candidates)
        stage = GalleryStage(self, workspace.actions, docks.gallery, docks.jobs)
        self.gallery = GalleryFlow(stage, generating.background)
        self.gallery.open_wanted.connect(workspace.file_menu.open_result)
        self.gallery.rerun_wanted.connect(generating.rerun)

    def connect_services(self, services: "Services") -> None:
        """Here is what the furnished window works with."""
        self.workspace.connect_services(services)
        self.settings.connect_services(services)
        self.packs.connect_services(services)
        self.gallery.connect_services(services)
        self.whole.connect_services(services)
        self.prompt.connect_services(services)
        self.providers.connect_services(services)
        if services.generator is not None:
            files = self.workspace.files
            files.turned.connect(services.generator.turn_to)
            files.renamed.connect(services.generator.rename_document)
            files.project_changed.connect(services.generator.set_project)
            services.generator.set_project(files.project)
            if services.prompt_desk is not None:
                files.project_changed.connect(services.prompt_desk.set_project)
                services.prompt_desk.set_project(files.project)
            self.candidates.connect_generator(services.generator)
            self.free.connect_generator(services.generator)
            background = self.workspace.generate_flow.background
            self.stale.connect_generator(services.generator, background)
            self.partials.connect_generator(services.generator)

    def open_file(self, path: Path) -> None:
        """Open a picture or project; before services are connected it waits for them."""
        self.workspace.open_file(path)

    def show_failure(self, error: "AipaintError") -> None:
        """Something that was expected to work did not; the window goes on."""
        self.workspace.show_failure(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # What follows takes time: only when this first picture has reached the screen.
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_left = event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow()
        if is_left and self._workspace is not None:
            self._workspace.let_go_of_pointer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._workspace is not None and self._workspace.would_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._workspace is not None:
            event.acceptProposedAction()
            self._workspace.take_drop(event.mimeData(), event.position())

    def closeEvent(self, event: QCloseEvent) -> None:
        workspace = self._workspace
        if workspace is not None and workspace.has_unsaved_changes and not self._is_leaving:
            event.ignore()
            # A window that is asked to close inside its own closing does not.
            QTimer.singleShot(0, self._ask_and_leave)
            return
        if workspace is not None:
            # Before the layout is stored: hidden panels come back.
            self.prompt.shut_down()
            self.providers.shut_down()
            workspace.shut_down()
        self._state.remember(self, has_layout=workspace is not None)
        event.accept()

    def _ask_and_leave(self) -> None:
        self.workspace.settle_unsaved_changes(self._leave)

    def _leave(self) -> None:
        self._is_leaving = True
        self.close()
