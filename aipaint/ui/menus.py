"""Where the actions stand: menus and tool bars, as two tables."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from aipaint.ui.actions import Actions

_LINE = ""
_MENUS = (
    ("&File", (
        "file.new", "file.open", "file.sample", _LINE,
        "file.save", "file.saveAs", "file.export", _LINE, "file.quit",
    )),
    ("&Edit", ("edit.undo", "edit.redo", _LINE, "edit.paste")),
    ("&Tools", (
        "tool.hand", "tool.brush", "tool.eraser", "tool.mask", "tool.maskEraser", _LINE,
        "tool.smaller", "tool.larger",
    )),
    ("&Layer", (
        "layer.new", "layer.duplicate", "layer.delete", _LINE, "layer.raise", "layer.lower",
    )),
    ("&Mask", ("mask.all", "mask.invert", "mask.clear")),
    ("&Generate", (
        "generate.start", "generate.cancel", _LINE, "generate.apply", "generate.discard",
    )),
    ("&View", (
        "view.zoomIn", "view.zoomOut", "view.fit", "view.actual", _LINE,
        "view.system", "view.dark", "view.light",
    )),
    ("&Help", ("help.about",)),
)  # fmt: skip

_TOOLS = ("tool.hand", "tool.brush", "tool.eraser", _LINE, "tool.mask", "tool.maskEraser", _LINE,
          "mask.all", "mask.invert", "mask.clear")  # fmt: skip
_MAIN = ("file.new", "file.open", "file.save", "file.export", _LINE, "edit.undo", "edit.redo",
         "edit.paste", _LINE, "view.zoomOut", "view.zoomIn", "view.fit", "view.actual")  # fmt: skip


def build_menus(window: QMainWindow, actions: Actions) -> dict[str, QMenu]:
    """All menus by title without the mnemonic sign."""
    menus: dict[str, QMenu] = {}
    for title, action_ids in _MENUS:
        menu = window.menuBar().addMenu(title)
        menu.setObjectName(f"menu.{title.replace('&', '').lower()}")
        menu.setToolTipsVisible(False)
        for action_id in action_ids:
            if action_id:
                menu.addAction(actions[action_id])
            else:
                menu.addSeparator()
        menus[title.replace("&", "")] = menu
    return menus


def build_tool_bars(window: QMainWindow, actions: Actions, brush_bar: QWidget) -> None:
    """Files, history and zoom on top beside the brush; tools at the left."""
    main = QToolBar("Main")
    main.setObjectName("mainToolBar")
    _fill(main, _MAIN, actions, QSize(20, 20))
    main.addSeparator()
    main.addWidget(brush_bar)
    window.addToolBar(Qt.ToolBarArea.TopToolBarArea, main)
    tools = QToolBar("Tools")
    tools.setObjectName("toolBar")
    _fill(tools, _TOOLS, actions, QSize(22, 22))
    window.addToolBar(Qt.ToolBarArea.LeftToolBarArea, tools)


def _fill(bar: QToolBar, action_ids: tuple[str, ...], actions: Actions, size: QSize) -> None:
    bar.setIconSize(size)
    bar.setMovable(False)
    bar.setAccessibleName(f"{bar.windowTitle()} tool bar")
    # Hiding a tool bar by a stray right click is a trap; panels are shown and hidden in View.
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for action_id in action_ids:
        if not action_id:
            bar.addSeparator()
            continue
        bar.addAction(actions[action_id])
        button = bar.widgetForAction(actions[action_id])
        if isinstance(button, QToolButton):
            button.setObjectName(f"{action_id}.button")
            button.setAccessibleName(actions[action_id].text().replace("&", ""))
            # A click must not take the keys away from the canvas; Tab still gets here.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
