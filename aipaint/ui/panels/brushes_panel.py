"""`BrushesPanel`: choose a brush, search for one, change it."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
)

from aipaint.pixels.brush import Brush
from aipaint.pixels.brush_preset import BrushPreset
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.actions import Actions
from aipaint.ui.icons import icon
from aipaint.ui.panels.brush_cards import BrushCards
from aipaint.ui.panels.brush_editor import BrushEditor
from aipaint.ui.panels.panel import GAP, Panel, scrolling
from aipaint.ui.widgets.plain_label import PlainLabel, Tone

_MENU = (
    "brush.save", "brush.saveAs", "brush.reset", "", "brush.duplicate", "brush.rename",
    "brush.delete", "", "brush.import", "brush.export",
)  # fmt: skip


class BrushesPanel(Panel):
    """Two pages: the grid of brushes, and the values of the one in hand.

    What is chosen or changed goes to the shelf and the toolbox; `brush_taken` and `brush_changed`
    tell the window to follow.
    """

    brush_taken = Signal(str)  # id of its tool
    brush_changed = Signal()

    def __init__(self, toolbox: Toolbox, actions: Actions) -> None:
        super().__init__("brushesPanel", "Brushes")
        self._toolbox = toolbox
        self._actions = actions
        self._own: frozenset[str] = frozenset()
        self.search = QLineEdit()
        self.search.setObjectName("brushSearch")
        self.search.setAccessibleName("Search brushes")
        self.search.setPlaceholderText("Search brushes")
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QAbstractButton):
            button.setAccessibleName("Clear the search")
        self.search.textChanged.connect(self.refresh)
        self.title = PlainLabel("", Tone.STRONG)
        self.cards = BrushCards(toolbox.surroundings)
        self.cards.chosen.connect(self._on_chosen)
        self.editor = BrushEditor(toolbox.surroundings)
        self.editor.brush_changed.connect(self._on_edited)
        self._build()
        toolbox.shelf.watch(self.refresh)
        self.refresh()

    def show_own(self, names: Collection[str]) -> None:
        """Which brushes have a file of the user's own: only those can be deleted."""
        self._own = frozenset(name.casefold() for name in names)
        self.refresh()

    def refresh(self) -> None:
        """Show the brushes and the one in hand as they are now."""
        shelf, current = self._toolbox.shelf, self._toolbox.shelf.current
        self.cards.show_brushes(_found(shelf.presets, self.search.text()), current)
        if self.edit_button.isChecked():
            self.editor.show_tool(self._toolbox.current.id)
            self.editor.show_brush(self._toolbox.current_brush())
        self.title.setText(self._name_of_hand(current))
        is_any = current is not None
        self._actions.enable("brush.duplicate brush.export", is_any)
        self._actions.enable("brush.save brush.reset", shelf.is_changed)
        is_own = current is not None and current.name.casefold() in self._own
        self._actions.enable("brush.delete brush.rename", is_own)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._heads = QStackedWidget()
        self._heads.addWidget(self.search)
        self._heads.addWidget(self.title)
        self._heads.setFixedHeight(34)
        row.addWidget(self._heads, 1)
        self.edit_button = QToolButton()
        self.edit_button.setObjectName("brushEditButton")
        self.edit_button.setAccessibleName("Brush settings")
        self.edit_button.setToolTip("Show all settings of this brush")
        self.edit_button.setIcon(icon("sliders-horizontal"))
        self.edit_button.setIconSize(QSize(18, 18))
        self.edit_button.setCheckable(True)
        self.edit_button.toggled.connect(self._on_edit_toggled)
        row.addWidget(self.edit_button)
        row.addWidget(self._menu_button())
        self.column.addLayout(row)
        self.column.addWidget(self.editor.preview)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.cards)
        self._pages.addWidget(scrolling(self.editor))
        self.column.addWidget(self._pages, 1)
        self.column.setSpacing(GAP)
        self.editor.preview.setVisible(False)

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("brushMenuButton")
        button.setAccessibleName("Brush menu")
        button.setToolTip("Save, copy, rename, delete, import and export brushes")
        button.setIcon(icon("ellipsis-vertical"))
        button.setProperty("plain-menu", "true")  # three dots say it already
        button.setIconSize(QSize(18, 18))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for action_id in _MENU:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        button.setMenu(menu)
        return button

    def _name_of_hand(self, current: BrushPreset | None) -> str:
        if current is not None:
            return f"{current.name} *" if self._toolbox.shelf.is_changed else current.name
        return f"{self._toolbox.current.label} tip"

    def _on_edit_toggled(self, is_editing: bool) -> None:
        page = 1 if is_editing else 0
        self._pages.setCurrentIndex(page)
        self._heads.setCurrentIndex(page)
        self.editor.preview.setVisible(is_editing)
        self.refresh()

    def _on_chosen(self, name: str) -> None:
        preset = self._toolbox.shelf.choose(name)
        self.brush_taken.emit(preset.tool)

    def _on_edited(self, brush: Brush) -> None:
        self._toolbox.set_brush(brush)
        self.brush_changed.emit()


def _found(presets: tuple[BrushPreset, ...], text: str) -> list[BrushPreset]:
    """Every word is in the name or in what is said about the brush."""
    words = text.casefold().split()
    return [
        preset
        for preset in presets
        if all(word in f"{preset.name} {preset.about}".casefold() for word in words)
    ]
