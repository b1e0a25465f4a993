"""`ViewMenu`: zoom, full screen, hidden panels, pixel grid, motion: how the picture is seen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.ui.actions import Actions
from aipaint.ui.canvas.pixel_grid_item import PixelGridItem
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.focus_zones import FocusZones
from aipaint.ui.panel_hiding import PanelHiding
from aipaint.ui.window_state import WindowState


@dataclass(frozen=True, eq=False)
class ViewStage:
    """The parts of the window it works with; `results` is the panel that is never hidden."""

    window: QMainWindow
    document: Document
    canvas: CanvasView
    actions: Actions
    state: WindowState
    results: QDockWidget


class ViewMenu(QObject):
    """Keeps its checkable actions in step with the window, and what is remembered with both."""

    def __init__(self, stage: ViewStage) -> None:
        window, document, canvas = stage.window, stage.document, stage.canvas
        super().__init__(window)
        self._window = window
        self._document = document
        self._canvas = canvas
        self._actions = stage.actions
        self._state = stage.state
        self._panels = PanelHiding(window, stage.results)
        self._zones = FocusZones(window)
        self.grid = PixelGridItem()
        canvas.scene().addItem(self.grid)
        # Above the pixels, below what says where things are.
        self.grid.stackBefore(canvas.frame_item)
        self.grid.set_frame(document.picture.frame)
        canvas.view_port.zoom_changed.connect(self.grid.set_zoom)
        document.changed.connect(self._on_document_changed)
        self._show_remembered()
        self._let_tab_hide()
        window.installEventFilter(self)

    def slots(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        canvas = self._canvas
        return {
            "view.zoomIn": lambda: canvas.view_port.step(1),
            "view.zoomOut": lambda: canvas.view_port.step(-1),
            "view.fit": canvas.fit,
            "view.actual": lambda: canvas.view_port.set_zoom(1.0),
            "view.fullScreen": self._on_full_screen,
            "view.hidePanels": self._on_hide_panels,
            "view.nextPanel": self._zones.next,
            "view.previousPanel": self._zones.previous,
            "view.pixelGrid": self._on_pixel_grid,
            "view.reduceMotion": self._on_reduce_motion,
        }

    def shut_down(self) -> None:
        """The window goes: the next time it has its panels."""
        self._panels.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window manager may end a full screen as well.
        if watched is self._window and event.type() is QEvent.Type.WindowStateChange:
            self._actions["view.fullScreen"].setChecked(self._window.isFullScreen())
        return False

    def _show_remembered(self) -> None:
        """How the canvas was looked at the last time."""
        state, actions, canvas = self._state, self._actions, self._canvas
        canvas.mask_item.set_look(state.mask_look)
        actions["view.reduceMotion"].setChecked(state.reduces_motion)
        canvas.ants_item.set_moving(not state.reduces_motion)
        actions["view.pixelGrid"].setChecked(state.shows_pixel_grid)
        self.grid.set_wanted(state.shows_pixel_grid)

    def _let_tab_hide(self) -> None:
        """Only while the canvas itself has the focus: in text fields Tab goes to the next one."""
        action = self._actions["view.hidePanels"]
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._canvas.addAction(action)

    def _on_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_hide_panels(self) -> None:
        if self._actions["view.hidePanels"].isChecked():
            self._panels.hide()
        else:
            self._panels.show()

    def _on_pixel_grid(self) -> None:
        is_shown = self._actions["view.pixelGrid"].isChecked()
        self._state.shows_pixel_grid = is_shown
        self.grid.set_wanted(is_shown)

    def _on_reduce_motion(self) -> None:
        is_reduced = self._actions["view.reduceMotion"].isChecked()
        self._state.reduces_motion = is_reduced
        self._canvas.ants_item.set_moving(not is_reduced)

    def _on_document_changed(self, change: Change) -> None:
        if change.parts & Part.FRAME:
            self.grid.set_frame(self._document.picture.frame)
