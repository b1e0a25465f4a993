"""Where the actions stand: menus and tool bars, as two tables."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from aipaint.ui.actions import Actions
from aipaint.ui.widgets.flyout_button import FlyoutButton

_LINE = ""
_SELECT_TOOLS = (
    "tool.selectRectangle", "tool.selectEllipse", "tool.selectLasso", "tool.selectPolygon",
    "tool.selectWand", "tool.selectSmart",
)  # fmt: skip
_MASK_OF_LAYER = (
    "layer.maskReveal", "layer.maskHide", "layer.maskSelection", _LINE,
    "layer.maskEdit", "layer.maskAlone", "layer.maskOff", "layer.maskApply", "layer.maskDelete",
)  # fmt: skip
_GALLERY = (
    "gallery.open", "gallery.show", "gallery.copyPrompt", "gallery.rerun", _LINE,
    "gallery.delete", "gallery.clear",
)  # fmt: skip
_SUBMENU_TITLES: dict[tuple[str, ...], str] = {
    _MASK_OF_LAYER: "La&yer Mask",
    _GALLERY: "Galler&y",
}
_MENUS: tuple[tuple[str, tuple[str | tuple[str, ...], ...]], ...] = (
    ("&File", (
        "file.new", "file.open", "file.sample", _LINE,
        "file.save", "file.saveAs", "file.export", _LINE, "file.quit",
    )),
    ("&Edit", (
        "edit.undo", "edit.redo", _LINE,
        "edit.cut", "edit.copy", "edit.copyMerged", "edit.paste", "edit.pasteInPlace", _LINE,
        "edit.clear", "edit.fillForeground", "edit.fillBackground", _LINE,
        "edit.shortcuts", "edit.settings",
    )),
    ("&Tools", (
        "tool.hand", "tool.zoom", "tool.move", "tool.transform", "tool.crop", "tool.frame", _LINE,
        "tool.brush", "tool.eraser", "tool.pencil", "tool.fill", "tool.gradient",
        "tool.picker", _LINE,
        "tool.line", "tool.rectangle", "tool.ellipse", "tool.polygon", "tool.text", _LINE,
        "tool.smudge", "tool.clone", _LINE, "tool.mask", "tool.maskEraser", _LINE,
        "color.swap", "color.reset", _LINE,
        "tool.smaller", "tool.larger",
    )),
    ("&Brush", (
        "tool.softer", "tool.harder", _LINE,
        "brush.save", "brush.saveAs", "brush.reset", _LINE,
        "brush.duplicate", "brush.rename", "brush.delete", _LINE, "brush.import", "brush.export",
    )),
    ("&Image", (
        "image.canvasSize", "image.imageSize", _LINE,
        "image.rotateLeft", "image.rotateRight", "image.rotateHalf", _LINE,
        "image.flipHorizontal", "image.flipVertical", _LINE,
        "image.upscaleTwice", "image.upscaleFourfold", "image.cutout", "image.variations",
        "image.byModel",
    )),
    ("&Adjust", (
        "adjust.brightness", "adjust.levels", "adjust.curves", _LINE,
        "adjust.hue", "adjust.balance", "adjust.desaturate", "adjust.invert", _LINE,
        "adjust.blur", "adjust.sharpen",
    )),
    ("&Layer", (
        "layer.new", "layer.duplicate", "layer.delete", "layer.rename", _LINE,
        "layer.group", "layer.ungroup", "layer.raise", "layer.lower", _LINE,
        "layer.mergeDown", "layer.mergeVisible", "layer.flatten", _LINE,
        "layer.solo", "layer.clip", "layer.passThrough", "layer.alphaLock", "layer.lock", _LINE,
        "layer.addMask", _MASK_OF_LAYER, _LINE, "layer.runAgain",
    )),
    ("&Select", (
        "select.all", "select.none", "select.invert", _LINE,
        *_SELECT_TOOLS, _LINE,
        "select.grow", "select.shrink", "select.feather", "select.border", _LINE,
        "select.fromMask", "select.fromLayer", _LINE, "select.keep",
    )),
    ("&Mask", (
        "mask.all", "mask.invert", "mask.clear", _LINE,
        "mask.rectangle", "mask.lasso", "mask.wand", "mask.smart", _LINE,
        "mask.grow", "mask.shrink", "mask.feather", "mask.border", _LINE,
        "mask.fromSelection", "mask.fromLayer", "mask.import", "mask.export", _LINE,
        "mask.look", "mask.alone", _LINE, "mask.neverSend", "mask.sendAll", _LINE, "mask.keep",
    )),
    ("&Generate", (
        "generate.refine", "generate.start", "generate.enqueue", "generate.cancel", _LINE,
        "generate.whatIsSent", _LINE,
        "generate.apply", "generate.discard", "generate.giveBack", "generate.discardAll", _LINE,
        "generate.nextResult", "generate.previousResult", "generate.star",
        "generate.compareSlider", "generate.compareSide", "generate.mix",
        "generate.final", _LINE,
        "generate.pauseQueue", "generate.cancelWaiting", _LINE,
        "generate.inbox", "generate.spending", _LINE, _GALLERY,
    )),
    ("&View", (
        "view.zoomIn", "view.zoomOut", "view.fit", "view.actual", _LINE,
        "view.rotateLeft", "view.rotateRight", "view.resetRotation", "view.mirror", _LINE,
        "view.pixelGrid", "view.neverSend", "view.fullScreen", "view.hidePanels",
        "view.nextPanel", "view.previousPanel", _LINE,
        "view.system", "view.dark", "view.light", "view.reduceMotion",
    )),
    ("&Help", ("help.keys", "edit.shortcuts", _LINE, "help.about")),
)  # fmt: skip

_FLYOUT_TITLES: dict[tuple[str, ...], str] = {
    ("tool.hand", "tool.zoom"): "View",
    ("tool.move", "tool.transform"): "Move",
    ("tool.crop", "tool.frame"): "Frame",
    ("tool.fill", "tool.gradient"): "Fill",
    ("tool.line", "tool.rectangle", "tool.ellipse", "tool.polygon"): "Shapes",
    ("tool.smudge", "tool.clone"): "Retouch",
    _SELECT_TOOLS: "Select",
}
_VIEW, _MOVE, _FRAME, _FILL, _SHAPES, _RETOUCH, _SELECT = _FLYOUT_TITLES
_TOOLS = (_VIEW, _MOVE, _FRAME, _LINE,
          "tool.brush", "tool.eraser", "tool.pencil", _FILL, "tool.picker", _SHAPES, "tool.text",
          _RETOUCH, _LINE, _SELECT, _LINE, "tool.mask", "tool.maskEraser",
          "mask.all", "mask.invert", "mask.clear")  # fmt: skip
_MAIN = ("file.new", "file.open", "file.save", "file.export", _LINE, "edit.undo", "edit.redo",
         "edit.paste", _LINE, "view.zoomOut", "view.zoomIn", "view.fit", "view.actual")  # fmt: skip


def build_menus(window: QMainWindow, actions: Actions) -> dict[str, QMenu]:
    """All menus by title without the mnemonic sign."""
    menus: dict[str, QMenu] = {}
    for title, entries in _MENUS:
        menu = _menu(window.menuBar().addMenu(title), title)
        for entry in entries:
            if isinstance(entry, tuple):
                inner = _SUBMENU_TITLES[entry]
                _fill_menu(_menu(menu.addMenu(inner), inner), entry, actions)
            else:
                _fill_menu(menu, (entry,), actions)
        menus[title.replace("&", "")] = menu
    return menus


def _menu(menu: QMenu, title: str) -> QMenu:
    menu.setObjectName(f"menu.{title.replace('&', '').lower()}")
    menu.setToolTipsVisible(False)
    return menu


def _fill_menu(menu: QMenu, action_ids: Sequence[str], actions: Actions) -> None:
    for action_id in action_ids:
        if action_id:
            menu.addAction(actions[action_id])
        else:
            menu.addSeparator()


def build_tool_bars(window: QMainWindow, actions: Actions, brush_bar: QWidget) -> None:
    """Files, history and zoom on top, under them what the tool can; tools at the left."""
    main = QToolBar("Main")
    main.setObjectName("mainToolBar")
    _fill(main, _MAIN, actions, QSize(20, 20))
    window.addToolBar(Qt.ToolBarArea.TopToolBarArea, main)
    # A row of its own: beside the other buttons it would not fit on a small screen, and what does
    # not fit Qt hides.
    options = QToolBar("Tool options")
    options.setObjectName("optionsToolBar")
    _fill(options, (), actions, QSize(20, 20))
    options.addWidget(brush_bar)
    window.addToolBarBreak(Qt.ToolBarArea.TopToolBarArea)
    window.addToolBar(Qt.ToolBarArea.TopToolBarArea, options)
    tools = QToolBar("Tools")
    tools.setObjectName("toolBar")
    _fill(tools, _TOOLS, actions, QSize(22, 22))
    window.addToolBar(Qt.ToolBarArea.LeftToolBarArea, tools)


def _fill(
    bar: QToolBar, entries: Sequence[str | tuple[str, ...]], actions: Actions, size: QSize
) -> None:
    """Several names in one entry share a button with a flyout."""
    bar.setIconSize(size)
    bar.setMovable(False)
    bar.setAccessibleName(f"{bar.windowTitle()} tool bar")
    # Hiding a tool bar by a stray right click is a trap; panels are shown and hidden in View.
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for action_id in entries:
        if not action_id:
            bar.addSeparator()
            continue
        if isinstance(action_id, tuple):
            bar.addWidget(_flyout(action_id, actions, size))
            continue
        bar.addAction(actions[action_id])
        button = bar.widgetForAction(actions[action_id])
        if isinstance(button, QToolButton):
            button.setObjectName(f"{action_id}.button")
            button.setAccessibleName(actions[action_id].text().replace("&", ""))
            # A click must not take the keys away from the canvas; Tab still gets here.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _flyout(action_ids: tuple[str, ...], actions: Actions, size: QSize) -> QToolButton:
    several = [actions[action_id] for action_id in action_ids]
    button = FlyoutButton(f"{action_ids[0]}.button", _FLYOUT_TITLES[action_ids], several)
    button.setIconSize(size)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
