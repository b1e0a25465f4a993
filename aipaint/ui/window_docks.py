"""`WindowDocks`: the panels around the canvas."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTabBar,
    QTabWidget,
    QWidget,
)

from aipaint.document.document import Document
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.icons import icon
from aipaint.ui.panels.brushes_panel import BrushesPanel
from aipaint.ui.panels.budget_panel import BudgetPanel
from aipaint.ui.panels.candidate_strip import CandidateStrip
from aipaint.ui.panels.color_panel import ColorPanel
from aipaint.ui.panels.gallery_panel import GalleryPanel
from aipaint.ui.panels.jobs_panel import JobsPanel
from aipaint.ui.panels.layers_panel import LayersPanel
from aipaint.ui.panels.panel import scrolling
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.undo_panel import UndoPanel

_RIGHT_WIDTH = 328
_LEAST_WIDTH = 264
_SHARES = (60, 40)  # percent of the height, for AI edit and for the layers


class WindowDocks:
    """AI edit over a stack of tabs at the right; results under the canvas once there are any."""

    def __init__(
        self, window: QMainWindow, document: Document, actions: Actions, toolbox: Toolbox
    ) -> None:
        self._window = window
        self.prompt = PromptPanel(document)
        self.strip = CandidateStrip(actions)
        self.layers = LayersPanel(document, actions)
        self.brushes = BrushesPanel(toolbox, actions)
        self.color = ColorPanel(toolbox.colors)
        self.undo = UndoPanel(document)
        self.jobs = JobsPanel()
        self.budget = BudgetPanel()
        self.gallery = GalleryPanel(actions)
        self._docks: list[QDockWidget] = []
        self.prompt.setMinimumWidth(_LEAST_WIDTH)
        self._arrange()

    def show_results(self) -> None:
        """Something waits for Apply."""
        self.strip_dock.setVisible(True)

    def hide_results(self) -> None:
        """Everything is decided: the canvas gets its room back."""
        self.strip_dock.setVisible(False)

    def show_color(self, is_background: bool) -> None:
        """The foreground color is to be changed, or the background color."""
        self._color_dock.setVisible(True)
        self._color_dock.raise_()
        self.color.choose(is_background)

    def add_to(self, menu: QMenu) -> None:
        """One entry per panel."""
        menu.addSeparator()
        for dock in self._docks:
            action = dock.toggleViewAction()
            action.setObjectName(f"view.{dock.objectName().removesuffix('Dock')}")
            menu.addAction(action)

    def share_height(self) -> None:
        """A layer list with room for layers. Qt obeys once the window is laid out, not before."""
        room = sum(dock.height() for dock in self._halves)
        heights = [room * share // 100 for share in _SHARES]
        self._window.resizeDocks(self._halves, heights, Qt.Orientation.Vertical)

    def name_parts(self) -> None:
        """Qt makes tabs, buttons and inner fields without a name for screen readers."""
        bars = self._window.findChildren(QTabBar)
        for number, bar in enumerate(bars, 1):
            bar.setObjectName(f"panelTabs{number}")
            # Qt leaves bars behind, and in sight, from when fewer panels shared the place.
            if any(_tabs(bar) < _tabs(other) for other in bars):
                bar.hide()
            bar.setAccessibleName("Panels")
            bar.setDrawBase(False)
            bar.setUsesScrollButtons(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
        for button in self._window.findChildren(QAbstractButton):
            if button.objectName() == "qt_dockwidget_closebutton":
                button.setAccessibleName("Close the panel")
            elif button.objectName() == "qt_toolbar_ext_button":
                button.setAccessibleName("More tools")
                button.setToolTip("More tools: the window is too small for all of them")
                button.setIcon(icon("chevron-down"))
            elif button.objectName() == "qt_menubar_ext_button":
                button.setAccessibleName("More menus")
        for field in self._window.findChildren(QLineEdit, "qt_spinbox_lineedit"):
            owner = field.parentWidget()
            if owner is not None:
                field.setAccessibleName(owner.accessibleName())

    def _arrange(self) -> None:
        window = self._window
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        right = Qt.DockWidgetArea.RightDockWidgetArea
        prompt = self._dock("AI edit", "promptDock", self.prompt, right)
        brushes = self._dock("Brushes", "brushesDock", self.brushes, right)
        # Beside the brushes: so that layers can be seen while a color is chosen.
        self._color_dock = self._dock("Color", "colorDock", scrolling(self.color), right)
        window.tabifyDockWidget(prompt, brushes)
        window.tabifyDockWidget(brushes, self._color_dock)
        prompt.raise_()
        tabs = [
            self._dock("Layers", "layersDock", self.layers, right),
            self._dock("History", "undoDock", self.undo, right),
            self._dock("Jobs", "jobsDock", self.jobs, right),
            self._dock("Budget", "budgetDock", scrolling(self.budget), right),
            self._dock("Gallery", "galleryDock", self.gallery, right),
        ]
        tabs[-1].visibilityChanged.connect(self.gallery.set_seen)
        for one, other in pairwise(tabs):
            window.tabifyDockWidget(one, other)
        for dock in (prompt, brushes, self._color_dock, *tabs):
            # The tab says the name already.
            dock.setTitleBarWidget(QWidget(dock))
        tabs[0].raise_()
        self.strip_dock = self._dock(
            "Results", "resultsDock", self.strip, Qt.DockWidgetArea.BottomDockWidgetArea
        )
        # The panel's own head says what it is, and has the buttons.
        self.strip_dock.setTitleBarWidget(QWidget(self.strip_dock))
        self.strip_dock.setVisible(False)
        window.resizeDocks([prompt], [_RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self._halves = [prompt, tabs[0]]

    def _dock(self, title: str, name: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        self._docks.append(dock)
        return dock


def _tabs(bar: QTabBar) -> set[str]:
    return {bar.tabText(index) for index in range(bar.count())}
