"""Every action of the window in one table: name, text, keys, icon, tip."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from aipaint.ui.icons import icon


@dataclass(frozen=True)
class ActionSpec:
    """`id` is the object name, `<menu>.<verb>`. The first of `keys` is shown."""

    id: str
    text: str
    icon: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    is_checkable: bool = False
    group: str = ""  # only one of a group is checked


_TABLE = (
    ActionSpec("file.new", "&New…", "file-plus", ("Ctrl+N",), "Start an empty picture"),
    ActionSpec("file.open", "&Open…", "folder-open", ("Ctrl+O",), "Open a picture or project"),
    ActionSpec("file.sample", "Open Sa&mple", "image", (), "Open the sample photograph"),
    ActionSpec("file.save", "&Save", "save", ("Ctrl+S",), "Save as an OpenRaster project"),
    ActionSpec("file.saveAs", "Save &As…", "save-all", ("Ctrl+Shift+S",), "Save under a new name"),
    ActionSpec(
        "file.export", "&Export…", "file-output", ("Ctrl+Shift+E",), "Write a PNG, JPEG or WebP"
    ),
    ActionSpec("file.quit", "&Quit", "log-out", ("Ctrl+Q",), "Leave aipaint"),
    ActionSpec("edit.undo", "&Undo", "undo-2", ("Ctrl+Z",), "Take the last step back"),
    ActionSpec("edit.redo", "&Redo", "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do it again"),
    ActionSpec(
        "edit.paste", "&Paste", "clipboard-paste", ("Ctrl+V",), "Paste a picture as a new layer"
    ),
    ActionSpec("tool.hand", "&Hand", "hand", ("H",), "Move the view", True, "tool"),
    ActionSpec("tool.brush", "&Brush", "brush", ("B",), "Paint on the layer", True, "tool"),
    ActionSpec("tool.eraser", "&Eraser", "eraser", ("E",), "Erase from the layer", True, "tool"),
    ActionSpec(
        "tool.mask", "&Mask", "highlighter", ("Q",), "Mark what should change", True, "tool"
    ),
    ActionSpec(
        "tool.maskEraser", "Mask E&raser", "circle-dashed", ("Shift+Q",),
        "Take away from the mask", True, "tool",
    ),
    ActionSpec(
        "tool.smaller", "S&maller Brush", "minus", ("[", "Ctrl+Alt+Down"), "Make the brush smaller"
    ),
    ActionSpec(
        "tool.larger", "&Larger Brush", "plus", ("]", "Ctrl+Alt+Up"), "Make the brush larger"
    ),
    ActionSpec("mask.all", "Mask &Everything", "square-dashed", (), "Mark the whole frame"),
    ActionSpec("mask.invert", "&Invert Mask", "contrast", (), "Mark what is not marked"),
    ActionSpec("mask.clear", "&Clear Mask", "circle-x", ("Ctrl+D",), "Mark nothing"),
    ActionSpec("layer.new", "&New Layer", "layers-plus", ("Ctrl+Shift+N",), "Add an empty layer"),
    ActionSpec("layer.duplicate", "&Duplicate Layer", "copy", ("Ctrl+J",), "Copy the layer"),
    ActionSpec("layer.delete", "De&lete Layer", "trash", (), "Delete the active layer"),
    ActionSpec("layer.raise", "Move Layer &Up", "arrow-up", ("Ctrl+]",), "Move the layer up"),
    ActionSpec("layer.lower", "Move Layer &Down", "arrow-down", ("Ctrl+[",), "Move it down"),
    ActionSpec(
        "generate.start", "&Generate", "sparkles", ("Ctrl+Return", "Ctrl+Enter"),
        "Start the edit at the price shown",
    ),
    ActionSpec("generate.cancel", "&Cancel the Job", "ban", (), "Stop what is being generated"),
    ActionSpec("generate.apply", "&Apply the Result", "check", (), "Keep the result as a layer"),
    ActionSpec("generate.discard", "&Discard the Result", "x", (), "Drop the result"),
    ActionSpec("view.zoomIn", "Zoom &In", "zoom-in", ("Ctrl++", "Ctrl+="), "Look closer"),
    ActionSpec("view.zoomOut", "Zoom &Out", "zoom-out", ("Ctrl+-",), "See more"),
    ActionSpec("view.fit", "&Fit", "maximize", ("Ctrl+0",), "Show the whole picture"),
    ActionSpec("view.actual", "&100%", "", ("Ctrl+1",), "One pixel on one pixel"),
    ActionSpec("view.system", "&System Theme", "monitor", (), "", True, "theme"),
    ActionSpec("view.dark", "&Dark Theme", "moon", (), "", True, "theme"),
    ActionSpec("view.light", "&Light Theme", "sun", (), "", True, "theme"),
    ActionSpec("help.about", "&About aipaint", "info", (), "Version, licenses, data folder"),
)  # fmt: skip


class Actions:
    """The window's actions by id."""

    def __init__(self, owner: QObject) -> None:
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for spec in _TABLE:
            self._actions[spec.id] = self._made(spec, owner)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def connect(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Tell each action what to do. Raises KeyError for one that is not in the table."""
        for action_id, slot in slots.items():
            # `triggered` brings a checked state that no slot wants.
            self._actions[action_id].triggered.connect(lambda _=False, slot=slot: slot())

    def enable(self, action_ids: str, is_enabled: bool) -> None:
        """Enable or disable several, named in one string."""
        for action_id in action_ids.split():
            self._actions[action_id].setEnabled(is_enabled)

    def name(self, action_id: str, text: str) -> None:
        """Another text in the menu; keys and tip stay."""
        action = self._actions[action_id]
        if action.text() != text:
            action.setText(text)
            action.setToolTip(_tool_tip(replace(_spec(action_id), text=text)))

    def let_canvas_apply(self, canvas: QWidget) -> None:
        """Enter keeps a result while the canvas has the focus, and only then."""
        action = self._actions["generate.apply"]
        action.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        canvas.addAction(action)

    def _made(self, spec: ActionSpec, owner: QObject) -> QAction:
        action = QAction(spec.text, owner)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setObjectName(spec.id)
        action.setCheckable(spec.is_checkable)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(_tool_tip(spec))
        action.setStatusTip(spec.tip)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(owner))
            group.addAction(action)
        return action


def _spec(action_id: str) -> ActionSpec:
    return next(spec for spec in _TABLE if spec.id == action_id)


def _tool_tip(spec: ActionSpec) -> str:
    name = spec.text.replace("&", "").rstrip("…")
    shown = QKeySequence(spec.keys[0] if spec.keys else "").toString(
        QKeySequence.SequenceFormat.NativeText
    )
    keys = f" ({shown})" if spec.keys else ""
    return f"{name}{keys}\n{spec.tip}" if spec.tip else f"{name}{keys}"
