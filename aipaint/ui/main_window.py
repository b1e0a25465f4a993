"""`MainWindow`: canvas, docks and actions. Cheap to make; services are connected once it shows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.errors import AipaintError, UnreadableFileError
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.background import Background
from aipaint.ui.brush_bar import BrushBar
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.dialogs.about import AboutDialog
from aipaint.ui.dialogs.message import show_error
from aipaint.ui.document_flow import DocumentFlow
from aipaint.ui.drop_target import could_be_dropped, read_dropped
from aipaint.ui.file_flow import FileFlow
from aipaint.ui.file_menu import FileMenu
from aipaint.ui.generate_flow import GenerateFlow, GenerateStage
from aipaint.ui.menus import build_menus, build_tool_bars
from aipaint.ui.services import Services
from aipaint.ui.start_page import StartPage
from aipaint.ui.status_line import StatusLine
from aipaint.ui.theme import Theme, ThemeChoice, apply_theme
from aipaint.ui.window_docks import WindowDocks
from aipaint.ui.window_state import WindowState

_FILE_ACTIONS = "file.sample file.save file.saveAs file.export"


class MainWindow(QMainWindow):
    """Puts the parts together and keeps the actions in step with the document."""

    def __init__(self, document: Document, toolbox: Toolbox, home: Path) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAccessibleName("aipaint")
        self._document = document
        self._toolbox = toolbox
        self._home = home
        self._is_leaving = False
        self._state = WindowState(home)
        # Before there are widgets: each would be styled twice.
        theme = apply_theme(_application(), self._state.theme)
        self._background = Background(self)
        self.actions_ = Actions(self)
        self._build_center()
        self._build_flows()
        self._build_bars()
        self._connect_actions()
        self._connect_signals()
        self.setAcceptDrops(True)
        self._show_theme(theme)
        if not self._state.restore(self):
            self.resize(1440, 900)
        self.docks.strip_dock.setVisible(False)
        self._show_tool("brush")
        self._on_document_changed(Change(Part.EVERYTHING))

    def connect_services(self, services: Services) -> None:
        """The window is on the screen; here is what it works with."""
        self.files.connect_services(services)
        self.file_menu.set_sample(services.sample_picture)
        self.generate_flow.connect_services(services)
        self.actions_.enable(_FILE_ACTIONS, True)

    def open_file(self, path: Path) -> None:
        """Open a picture or project; before services are connected it waits for them."""
        self.file_menu.open_file(path)

    def show_failure(self, error: AipaintError) -> None:
        """Something that was expected to work did not; the window goes on."""
        show_error(self, "aipaint", error)

    def set_theme(self, choice: ThemeChoice) -> None:
        """Dress the whole application anew."""
        self._state.theme = choice
        self._show_theme(apply_theme(_application(), choice))

    def _build_center(self) -> None:
        self.canvas = CanvasView(self._document, self._toolbox)
        self.start_page = StartPage(self.actions_)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.canvas)
        self.setCentralWidget(self.pages)
        self.docks = WindowDocks(self, self._document, self.actions_)
        self.status = StatusLine()
        self.setStatusBar(self.status)

    def _build_flows(self) -> None:
        self.files = FileFlow(self._document, self._background, self)
        self.file_menu = FileMenu(self, self._document, self.files, self._state)
        self.document_flow = DocumentFlow(self._document, self._background, self)
        docks = self.docks
        stage = GenerateStage(
            window=self,
            canvas=self.canvas,
            prompt=docks.prompt,
            strip=docks.strip,
            jobs=docks.jobs,
            budget=docks.budget,
            status=self.status,
        )
        self.generate_flow = GenerateFlow(stage, self._background)

    def _build_bars(self) -> None:
        self.brush_bar = BrushBar(self._toolbox)
        menus = build_menus(self, self.actions_)
        self.docks.add_to(menus["View"])
        build_tool_bars(self, self.actions_, self.brush_bar)

    def _connect_actions(self) -> None:
        files, flow, strip = self.file_menu, self.document_flow, self.docks.strip
        slots: dict[str, Callable[[], object]] = {
            "file.new": files.new,
            "file.open": files.open,
            "file.sample": files.open_sample,
            "file.save": files.save,
            "file.saveAs": files.save_as,
            "file.export": files.export,
            "file.quit": self.close,
            "edit.undo": self._document.undo,
            "edit.redo": self._document.redo,
            "edit.paste": lambda: files.paste(self.canvas),
            "tool.smaller": self.brush_bar.shrink,
            "tool.larger": self.brush_bar.grow,
            "mask.all": flow.mask_everything,
            "mask.invert": flow.invert_mask,
            "mask.clear": flow.clear_mask,
            "layer.new": flow.new_layer,
            "layer.duplicate": flow.duplicate_layer,
            "layer.delete": flow.delete_layer,
            "layer.raise": flow.raise_layer,
            "layer.lower": flow.lower_layer,
            "generate.start": self.docks.prompt.generate,
            "generate.cancel": self.generate_flow.cancel,
            "generate.apply": strip.request_apply,
            "generate.discard": strip.request_discard,
            "view.zoomIn": lambda: self.canvas.view_port.step(1),
            "view.zoomOut": lambda: self.canvas.view_port.step(-1),
            "view.fit": self.canvas.fit,
            "view.actual": lambda: self.canvas.view_port.set_zoom(1.0),
            "help.about": self._show_about,
        }
        for choice in ThemeChoice:
            slots[f"view.{choice.value}"] = partial(self.set_theme, choice)
        for tool in self._toolbox.tools:
            slots[f"tool.{tool.id}"] = partial(self._show_tool, tool.id)
        self.actions_.connect(slots)
        self.actions_.let_canvas_apply(self.canvas)
        self.actions_.enable(_FILE_ACTIONS, False)
        self.actions_.enable("generate.start generate.cancel generate.apply", False)
        self.actions_.enable("generate.discard", False)

    def _connect_signals(self) -> None:
        self._document.changed.connect(self._on_document_changed)
        self._background.busy_changed.connect(self.status.show_busy)
        self.files.opened.connect(self._on_opened)
        self.files.saved.connect(self._refresh_title)
        self.files.failed.connect(self._on_failed)
        self.start_page.left.connect(self.show_canvas)
        self.brush_bar.brush_changed.connect(self.canvas.refresh_tool)
        self.canvas.view_port.zoom_changed.connect(self.status.show_zoom)
        self.canvas.pointer_moved.connect(self.status.show_position)
        self.canvas.pointer_left.connect(self._on_pointer_left)
        prompt = self.docks.prompt
        prompt.can_generate_changed.connect(self.actions_["generate.start"].setEnabled)
        self.generate_flow.is_running_changed.connect(self.actions_["generate.cancel"].setEnabled)
        self.generate_flow.candidates_arrived.connect(self._on_candidates_arrived)
        self.generate_flow.candidates_decided.connect(self._on_candidates_decided)
        self.docks.strip.preview_changed.connect(self._on_preview_changed)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)

    def show_canvas(self) -> None:
        """Leave the start page."""
        self.pages.setCurrentWidget(self.canvas)
        self.canvas.setFocus()

    def _show_theme(self, theme: Theme) -> None:
        self.canvas.set_surround(QColor(theme.colors.surround))
        self.actions_[f"view.{theme.choice.value}"].setChecked(True)

    def _show_tool(self, tool_id: str) -> None:
        tool = self._toolbox.choose(tool_id)
        self.actions_[f"tool.{tool_id}"].setChecked(True)
        self.brush_bar.refresh()
        self.canvas.refresh_tool()
        self.status.show_tool(tool)

    def _show_about(self) -> None:
        dialog = AboutDialog(self, self._home)
        dialog.exec()
        dialog.deleteLater()

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.FRAME:
            self.status.show_size(self._document.picture.frame)
        if change.parts & (Part.HISTORY | Part.LAYERS | Part.MASK):
            self._refresh_actions()
        if change.parts & Part.HISTORY:
            self._refresh_title()

    def _refresh_actions(self) -> None:
        picture, stack = self._document.picture, self._document.undo_stack
        self.actions_.name("edit.undo", f"&Undo {_escaped(stack.undo_label)}".strip())
        self.actions_.name("edit.redo", f"&Redo {_escaped(stack.redo_label)}".strip())
        self.actions_.enable("edit.undo", stack.can_undo)
        self.actions_.enable("edit.redo", stack.can_redo)
        index = picture.index_of(picture.active_layer_id)
        self.actions_.enable("layer.delete", len(picture.layers) > 1)
        self.actions_.enable("layer.raise", index < len(picture.layers) - 1)
        self.actions_.enable("layer.lower", index > 0)
        self.actions_.enable("mask.clear", len(picture.mask) > 0)

    def _refresh_title(self) -> None:
        # Qt reads "[*]" as the place of the star; twice means the characters themselves.
        name = self.files.name.replace("[*]", "[*][*]")
        self.setWindowFilePath(str(self.files.path or ""))
        self.setWindowTitle(f"{name}[*] — aipaint")
        self.setWindowModified(self._document.is_modified)

    def _on_opened(self) -> None:
        self.show_canvas()
        self._refresh_title()

    def _on_failed(self, title: str, error: AipaintError) -> None:
        show_error(self, title, error)

    def _on_pointer_left(self) -> None:
        self.status.show_position(None)

    def _on_candidates_arrived(self) -> None:
        self.show_canvas()
        self.docks.show_results()

    def _on_candidates_decided(self) -> None:
        self.docks.hide_results()

    def _on_preview_changed(self, candidate: object) -> None:
        self.actions_.enable("generate.apply generate.discard", candidate is not None)

    def _on_color_scheme_changed(self) -> None:
        if self._state.theme is ThemeChoice.SYSTEM:
            self.set_theme(ThemeChoice.SYSTEM)

    def _leave(self) -> None:
        self._is_leaving = True
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.docks.name_parts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.canvas.pointer.cancel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if could_be_dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        try:
            dropped = read_dropped(event.mimeData())
        except UnreadableFileError as error:
            show_error(self, "Nothing to open", error)
            return
        event.acceptProposedAction()
        self.files.take(dropped, self._canvas_point(event.position()))

    def _canvas_point(self, where: QPointF) -> QPointF:
        """The canvas position of a drop; the middle of the view if it fell beside the canvas."""
        inside = self.canvas.viewport().mapFrom(self, where)
        if self.canvas.isVisible() and self.canvas.viewport().rect().contains(inside.toPoint()):
            return self.canvas.view_port.to_canvas(inside)
        return self.canvas.visible_center()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._document.is_modified and not self._is_leaving:
            event.ignore()
            self.file_menu.guard(self._leave)
            return
        self._state.remember(self)
        self.canvas.pointer.cancel()
        self.generate_flow.shut_down()
        self._background.shut_down()
        event.accept()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # there is no widget without one
    return application


def _escaped(label: str) -> str:
    """A label may hold a prompt; its signs are no mnemonics."""
    return label.replace("&", "&&")
