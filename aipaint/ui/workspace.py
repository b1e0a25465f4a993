"""`Workspace`: everything inside the window: canvas, docks, actions, and how they work together."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPointF, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from aipaint.document.areas import AreaKind
from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import AipaintError, UnreadableFileError
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.area_flow import AreaFlow
from aipaint.ui.area_menu import AreaMenu, AreaStage
from aipaint.ui.background import Answer, Background, Work
from aipaint.ui.brush_bar import BrushBar
from aipaint.ui.brush_flow import BrushFlow, BrushStage
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.about import AboutDialog
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.drop_target import could_be_dropped, read_dropped
from aipaint.ui.edit_menu import EditMenu, EditStage
from aipaint.ui.file_flow import FileFlow
from aipaint.ui.file_menu import FileMenu
from aipaint.ui.generate_flow import GenerateFlow, GenerateStage
from aipaint.ui.image_menu import ImageMenu, ImageStage
from aipaint.ui.layer_actions import LayerActions, LayerFlows
from aipaint.ui.layer_flow import LayerFlow
from aipaint.ui.layer_mask_flow import LayerMaskFlow
from aipaint.ui.layer_mask_show import LayerMaskShow
from aipaint.ui.menus import build_menus, build_tool_bars
from aipaint.ui.painting_flow import PaintingFlow, PaintingStage
from aipaint.ui.recent_menu import RecentMenu
from aipaint.ui.select_bar import SELECT_TOOLS, SelectBar
from aipaint.ui.services import Services
from aipaint.ui.start_page import StartPage
from aipaint.ui.status_line import StatusLine
from aipaint.ui.theme import Theme, apply_theme
from aipaint.ui.theme_palette import ThemeChoice
from aipaint.ui.tool_options import ToolOptions
from aipaint.ui.view_menu import ViewMenu, ViewStage
from aipaint.ui.watched_run import WatchedRun
from aipaint.ui.window_docks import WindowDocks
from aipaint.ui.window_state import WindowState

_NEED_MASK = (
    "mask.clear mask.grow mask.shrink mask.feather mask.border mask.export mask.keep "
    "select.fromMask"
)
_NEED_SELECTION = (
    "select.none select.invert select.grow select.shrink select.feather select.border select.keep "
    "mask.fromSelection"
)
_FILE_ACTIONS = "file.sample file.save file.saveAs file.export"


class Workspace(QObject):
    """Puts the parts together and keeps the actions in step with the document."""

    def __init__(
        self, window: QMainWindow, document: Document, toolbox: Toolbox, state: WindowState
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._toolbox = toolbox
        self._state = state
        self._background = Background(self)
        # Before there are widgets: each would be styled twice.
        theme = apply_theme(_application(), state.theme)
        self.actions = Actions(window)
        self._build_center()
        self._build_flows()
        self._build_bars()
        self._connect_actions()
        self._connect_signals()
        self._surround_tools()
        self._show_theme(theme)
        state.restore_layout(window)
        self.docks.strip_dock.setVisible(False)
        # Qt makes the tabs of the docks when it lays the window out, a turn later.
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._on_laid_out)
        self._laid_out.start()
        self._show_tool("brush")
        self._on_document_changed(Change(Part.EVERYTHING))

    def connect_services(self, services: Services) -> None:
        """The window is on the screen; here is what it works with."""
        self.files.connect_services(services)
        self.file_menu.set_sample(services.sample_picture)
        self.generate_flow.connect_services(services)
        self.brush_flow.connect_files(services.brush_files)
        # Never resting: the price follows the picture a moment later, and keys can be faster.
        self.actions.enable("generate.start", True)
        self.actions.enable(_FILE_ACTIONS, True)

    def open_file(self, path: Path) -> None:
        """Open a picture or project; before services are connected it waits for them."""
        self.file_menu.open_file(path)

    def show_failure(self, error: AipaintError) -> None:
        """Something that was expected to work did not; the window goes on."""
        show_error(self._window, "aipaint", error)

    def set_theme(self, choice: ThemeChoice) -> None:
        """Dress the whole application anew."""
        self._state.theme = choice
        self._show_theme(apply_theme(_application(), choice))

    def _build_center(self) -> None:
        self.canvas = CanvasView(self._document, self._toolbox)
        self.start_page = StartPage(self.actions)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.canvas)
        self._window.setCentralWidget(self.pages)
        self.docks = WindowDocks(self._window, self._document, self.actions, self._toolbox)
        self.status = StatusLine()
        self._window.setStatusBar(self.status)

    def _build_flows(self) -> None:
        self.files = FileFlow(self._document, self._background, self)
        self.file_menu = FileMenu(self._window, self._document, self.files, self._state)
        self.area_flow = AreaFlow(self._document, self._background, self)
        area_stage = AreaStage(
            self._window, self._document, self.canvas, self._state, self._background
        )
        self.area_menu = AreaMenu(area_stage, self.area_flow)
        docks = self.docks
        layer_flow = LayerFlow(self._document, self._background, self)
        mask_show = LayerMaskShow(self._document, self.canvas)
        flows = LayerFlows(layer_flow, LayerMaskFlow(self._document, self), mask_show)
        self.layers = LayerActions(self._document, self.actions, docks.layers, flows)
        self.layers.let_go_with(self.canvas.pointer.cancel)
        self.layers.tell_by(self.status.tell)
        generate_stage = GenerateStage(
            window=self._window,
            actions=self.actions,
            canvas=self.canvas,
            prompt=docks.prompt,
            strip=docks.strip,
            jobs=docks.jobs,
            budget=docks.budget,
            status=self.status,
        )
        self.generate_flow = GenerateFlow(generate_stage, self._background)

        parts = (self.canvas, self._background, self.actions, docks.prompt)
        self.image_menu = ImageMenu(ImageStage(self._document, self._toolbox, *parts))
        edited = (self._window, self._document, self._toolbox, self.canvas, self.actions)
        edit_stage = EditStage(*edited, self._background, self.files)
        self.edit_menu = EditMenu(edit_stage, self.status.tell)
        seen = (self._window, self._document, self.canvas, self.actions, self._state)
        self.view_menu = ViewMenu(ViewStage(*seen, docks.strip_dock))
        self.painting = PaintingFlow(
            PaintingStage(
                home=self._state.home,
                document=self._document,
                toolbox=self._toolbox,
                canvas=self.canvas,
                background=self._background,
                show_color=docks.show_color,
            ),
            self,
        )

    def _build_bars(self) -> None:
        self.brush_bar = BrushBar(self._toolbox)
        bar, panel = self.brush_bar, self.docks.brushes
        brush_stage = BrushStage(self._window, self._toolbox, self.canvas, bar, panel, self._state)
        self.brush_flow = BrushFlow(brush_stage)
        self.tool_options = ToolOptions(self.brush_bar)
        self.select_bar = SelectBar(self._toolbox)
        self.tool_options.add(self.select_bar, SELECT_TOOLS)
        self.painting.add_to(self.tool_options)
        self.image_menu.add_bars(self.tool_options)
        menus = build_menus(self._window, self.actions)
        self.docks.add_to(menus["View"])
        open_file = self.file_menu.open_file
        self.recent = RecentMenu(self.actions, self._state, open_file, menus["File"])
        self.area_menu.add_names_to(menus["Select"], AreaKind.SELECTION)
        self.area_menu.add_names_to(menus["Mask"], AreaKind.MASK)
        build_tool_bars(self._window, self.actions, self.tool_options)

    def _connect_actions(self) -> None:
        files, strip = self.file_menu, self.docks.strip
        slots: dict[str, Callable[[], object]] = {
            "file.new": files.new,
            "file.open": files.open,
            "file.sample": files.open_sample,
            "file.save": files.save,
            "file.saveAs": files.save_as,
            "file.export": files.export,
            "file.quit": self._window.close,
            "file.clearRecent": self.recent.clear,
            **self.edit_menu.slots(),
            **self.view_menu.slots(),
            **self.brush_flow.slots(),
            "color.swap": self.painting.swap_colors,
            "color.reset": self.painting.reset_colors,
            **self.area_menu.slots(),
            **self.image_menu.slots(),
            "mask.rectangle": partial(self._mask_with, "selectRectangle"),
            "mask.lasso": partial(self._mask_with, "selectLasso"),
            "mask.wand": partial(self._mask_with, "selectWand"),
            "mask.smart": partial(self._mask_with, "selectSmart"),
            "generate.start": self.docks.prompt.generate,
            "generate.cancel": self.generate_flow.cancel,
            "generate.apply": strip.request_apply,
            "generate.discard": strip.request_discard,
            "help.about": self._show_about,
        }
        for choice in ThemeChoice:
            slots[f"view.{choice.value}"] = partial(self.set_theme, choice)
        for tool in self._toolbox.tools:
            slots[f"tool.{tool.id}"] = partial(self._show_tool, tool.id)
        self.actions.connect(self.image_menu.settled(slots))
        self.actions.let_canvas_apply(self.canvas)
        self.actions.enable(_FILE_ACTIONS, False)
        self.actions.enable("generate.start generate.cancel generate.apply", False)
        self.actions.enable("generate.discard", False)

    def _connect_signals(self) -> None:
        self._document.changed.connect(self._on_document_changed)
        self._background.busy_changed.connect(self.status.show_busy)
        self.files.opened.connect(self._on_opened)
        self.files.open_wanted.connect(self.file_menu.open_file)
        self.files.saved.connect(self._refresh_title)
        self.files.file_used.connect(self._on_file_used)
        self.files.failed.connect(self._on_failed)
        self.area_flow.failed.connect(self._on_failed)
        self.area_flow.told.connect(self.status.tell)
        self.canvas.overlay_changed.connect(self.select_bar.refresh_smart)
        self.start_page.left.connect(self.show_canvas)
        self.brush_flow.tool_wanted.connect(self._show_tool)
        self.brush_bar.brush_changed.connect(self.painting.refresh)
        self._toolbox.colors.watch(self.brush_bar.refresh)
        self.canvas.view_port.zoom_changed.connect(self.status.show_zoom)
        self.canvas.pointer_moved.connect(self.status.show_position)
        self.canvas.pointer_left.connect(self._on_pointer_left)
        self.generate_flow.is_running_changed.connect(self.actions["generate.cancel"].setEnabled)
        self.generate_flow.candidates_arrived.connect(self._on_candidates_arrived)
        self.generate_flow.candidates_decided.connect(self._on_candidates_decided)
        self.docks.strip.preview_changed.connect(self._on_preview_changed)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)

    def _surround_tools(self) -> None:
        """What tools ask of the window."""
        surroundings = self._toolbox.surroundings
        surroundings.run = self._run_for_tool
        told = self.status.tell
        surroundings.run_watched = WatchedRun(self.canvas, self._background, told)
        surroundings.tell = self.status.tell

    def _run_for_tool(
        self, call: Callable[[], Answer], done: Callable[[Answer], None], message: str = ""
    ) -> None:
        def failed(error: AipaintError) -> None:
            self.status.tell(f"{error.message} {error.hint}")

        self._background.start(Work(call, done, failed, message))

    def show_canvas(self) -> None:
        """Leave the start page."""
        self.pages.setCurrentWidget(self.canvas)
        self.canvas.setFocus()

    def _show_theme(self, theme: Theme) -> None:
        self.canvas.set_surround(QColor(theme.colors.surround))
        self.actions[f"view.{theme.choice.value}"].setChecked(True)

    def _show_tool(self, tool_id: str) -> None:
        tool = self._toolbox.choose(tool_id)
        self.actions[f"tool.{tool_id}"].setChecked(True)
        self.brush_bar.refresh()
        self.docks.brushes.refresh()
        self.select_bar.refresh()
        self.painting.refresh()
        self.tool_options.show_tool(tool_id)
        self.canvas.refresh_tool()
        self.status.show_tool(tool)

    def _mask_with(self, tool_id: str) -> None:
        """A tool that selects, told to mask."""
        self.select_bar.set_kind(AreaKind.MASK)
        self._show_tool(tool_id)

    def _show_about(self) -> None:
        dialog = AboutDialog(self._window, self._state.home)
        dialog.exec()
        dialog.deleteLater()

    def _on_laid_out(self) -> None:
        self.docks.name_parts()
        if not self._state.has_layout:
            self.docks.share_height()
        self.docks.layers.start_thumbnails(self._background)

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.FRAME:
            self.status.show_size(self._document.picture.frame)
        if change.parts & (Part.MASK | Part.SELECTION):
            self._refresh_actions()
        if change.parts & Part.HISTORY:
            self._refresh_title()

    def _refresh_actions(self) -> None:
        picture = self._document.picture
        self.actions.enable(_NEED_MASK, len(picture.mask) > 0)
        self.actions.enable(_NEED_SELECTION, picture.selection is not None)

    def _refresh_title(self) -> None:
        # Qt reads "[*]" as the place of the star; twice means the characters themselves.
        name = self.files.name.replace("[*]", "[*][*]")
        self._window.setWindowFilePath(str(self.files.path or ""))
        self._window.setWindowTitle(f"{name}[*] — aipaint")
        self._window.setWindowModified(self._document.is_modified)

    def _on_opened(self) -> None:
        self.show_canvas()
        self._refresh_title()

    def _on_file_used(self, path: Path) -> None:
        if not self.file_menu.is_sample(path):
            self.recent.note(path)

    def _on_failed(self, title: str, error: AipaintError) -> None:
        show_error(self._window, title, error)

    def _on_pointer_left(self) -> None:
        self.status.show_position(None)

    def _on_candidates_arrived(self) -> None:
        self.show_canvas()
        self.docks.show_results()

    def _on_candidates_decided(self) -> None:
        self.docks.hide_results()

    def _on_preview_changed(self, candidate: object) -> None:
        self.actions.enable("generate.apply generate.discard", candidate is not None)

    def _on_color_scheme_changed(self) -> None:
        if self._state.theme is ThemeChoice.SYSTEM:
            self.set_theme(ThemeChoice.SYSTEM)

    def would_take(self, mime: QMimeData) -> bool:
        """Whether a drop of this could be a picture."""
        return could_be_dropped(mime)

    def take_drop(self, mime: QMimeData, where: QPointF) -> None:
        """Something was dropped at this point of the window."""
        try:
            dropped = read_dropped(mime)
        except UnreadableFileError as error:
            show_error(self._window, "Nothing to open", error)
            return
        self.files.take(dropped, self._canvas_point(where))

    @property
    def has_unsaved_changes(self) -> bool:
        return self._document.is_modified

    def settle_unsaved_changes(self, then: Callable[[], None]) -> None:
        """Ask what becomes of them; `then` is called once they are saved or given up."""
        self._document.settle()  # what is only previewed is not saved
        self.file_menu.guard(then)

    def shut_down(self) -> None:
        """The window goes: let go of the pointer, stop what runs, finish what saves."""
        self.canvas.pointer.cancel()
        self.painting.shut_down()
        self.view_menu.shut_down()
        self.generate_flow.shut_down()
        self.brush_flow.shut_down()
        self._background.shut_down()

    def let_go_of_pointer(self) -> None:
        """The window lost the focus in the middle of a stroke."""
        self.canvas.pointer.cancel()

    def _canvas_point(self, where: QPointF) -> QPointF:
        """The canvas position of a drop; the middle of the view if it fell beside the canvas."""
        viewport = self.canvas.viewport()
        inside = viewport.mapFrom(self._window, where)
        if self.canvas.isVisible() and viewport.rect().contains(inside.toPoint()):
            return self.canvas.view_port.to_canvas(inside)
        return self.canvas.visible_center()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # there is no widget without one
    return application
