"""Every action of the window in one table: name, text, keys, icon, tip."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from aipaint.ui.action_spec import ActionSpec
from aipaint.ui.candidate_actions import CANDIDATE_ACTIONS
from aipaint.ui.gallery_actions import GALLERY_ACTIONS
from aipaint.ui.icons import icon
from aipaint.ui.money_actions import MONEY_ACTIONS
from aipaint.ui.prompt_actions import PROMPT_ACTIONS
from aipaint.ui.whole_actions import WHOLE_ACTIONS

_TABLE = (
    ActionSpec("file.new", "&New…", "file-plus", ("Ctrl+N",), "Start an empty picture"),
    ActionSpec("file.open", "&Open…", "folder-open", ("Ctrl+O",), "Open a picture or project"),
    ActionSpec("file.clearRecent", "&Clear This List", "", (), "Forget the files opened lately"),
    ActionSpec("file.sample", "Open Sa&mple", "image", (), "Open the sample photograph"),
    ActionSpec("file.save", "&Save", "save", ("Ctrl+S",), "Save as an OpenRaster project"),
    ActionSpec("file.saveAs", "Save &As…", "save-all", ("Ctrl+Shift+S",), "Save under a new name"),
    ActionSpec(
        "file.export", "&Export…", "file-output", ("Ctrl+Shift+E",), "Write a PNG, JPEG or WebP"
    ),
    ActionSpec("file.quit", "&Quit", "log-out", ("Ctrl+Q",), "Leave aipaint"),
    ActionSpec("edit.undo", "&Undo", "undo-2", ("Ctrl+Z",), "Take the last step back"),
    ActionSpec("edit.redo", "&Redo", "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do it again"),
    ActionSpec("edit.cut", "Cu&t", "scissors", ("Ctrl+X",), "Copy, and clear it on the layer"),
    ActionSpec(
        "edit.copy", "&Copy", "copy", ("Ctrl+C",), "Copy what is selected of the layer, or it all"
    ),
    ActionSpec(
        "edit.copyMerged", "Copy &Merged", "layers", ("Ctrl+Shift+C",),
        "Copy what is seen inside the selection, or inside the frame",
    ),
    ActionSpec(
        "edit.paste", "&Paste", "clipboard-paste", ("Ctrl+V",), "Paste a picture as a new layer"
    ),
    ActionSpec(
        "edit.pasteInPlace", "Paste in P&lace", "clipboard-paste", ("Ctrl+Shift+V",),
        "Paste as a new layer where it was copied",
    ),
    ActionSpec(
        "edit.clear", "Cl&ear", "brush-cleaning", ("Del",),
        "Clear what is selected of the layer or mask, or all of it",
    ),
    ActionSpec(
        "edit.fillForeground", "&Fill with Foreground", "paint-bucket", ("Alt+Backspace",),
        "Fill what is selected, or the whole frame",
    ),
    ActionSpec(
        "edit.fillBackground", "Fill with &Background", "paint-bucket", ("Ctrl+Backspace",),
        "Fill what is selected, or the whole frame",
    ),
    ActionSpec("tool.hand", "&Hand", "hand", ("H",), "Move the view", True, "tool"),
    ActionSpec("tool.brush", "&Brush", "brush", ("B",), "Paint on the layer", True, "tool"),
    ActionSpec("tool.eraser", "&Eraser", "eraser", ("E",), "Erase from the layer", True, "tool"),
    ActionSpec("tool.pencil", "&Pencil", "pencil", ("N",), "Draw hard pixels", True, "tool"),
    ActionSpec("tool.fill", "&Fill", "paint-bucket", ("G",), "Fill what is alike", True, "tool"),
    ActionSpec(
        "tool.gradient", "&Gradient", "blend", ("Shift+G",),
        "Pass from one color into the other", True, "tool",
    ),
    ActionSpec("tool.line", "L&ine", "slash", ("Shift+N",), "Draw a line", True, "tool"),
    ActionSpec("tool.rectangle", "&Rectangle", "square", ("U",), "Draw a rectangle", True, "tool"),
    ActionSpec("tool.ellipse", "E&llipse", "circle", ("Shift+U",), "Draw an oval", True, "tool"),
    ActionSpec("tool.polygon", "P&olygon", "pentagon", ("P",), "Draw by corners", True, "tool"),
    ActionSpec("tool.text", "&Text", "type", ("T",), "Write on the layer", True, "tool"),
    ActionSpec("tool.smudge", "&Smudge", "pointer", ("Shift+S",), "Pull color along", True, "tool"),
    ActionSpec(
        "tool.clone", "&Clone Stamp", "stamp", ("S",),
        "Paint with what lies elsewhere in the picture", True, "tool",
    ),
    ActionSpec(
        "tool.picker", "Color Pic&ker", "pipette", ("I",), "Take a color from the picture",
        True, "tool",
    ),
    ActionSpec("color.swap", "S&wap Colors", "arrow-left-right", ("X",), "Exchange the two colors"),
    ActionSpec("color.reset", "&Default Colors", "rotate-ccw", ("D",), "Black on white"),
    ActionSpec(
        "tool.mask", "&Mask", "highlighter", ("Q",), "Mark what should change", True, "tool"
    ),
    ActionSpec(
        "tool.maskEraser", "Mask E&raser", "brush-cleaning", ("Shift+Q",),
        "Take away from the mask", True, "tool",
    ),
    ActionSpec(
        "tool.smaller", "S&maller Brush", "minus", ("[", "Ctrl+Alt+Down"), "Make the brush smaller"
    ),
    ActionSpec(
        "tool.larger", "&Larger Brush", "plus", ("]", "Ctrl+Alt+Up"), "Make the brush larger"
    ),
    ActionSpec(
        "tool.softer", "S&ofter Brush", "", ("Shift+[", "Shift+{"), "Make the brush softer"
    ),
    ActionSpec(
        "tool.harder", "&Harder Brush", "", ("Shift+]", "Shift+}"), "Make the brush harder"
    ),
    ActionSpec("brush.save", "&Save Brush", "save", (), "Keep the values it has now"),
    ActionSpec("brush.saveAs", "Save Brush &As…", "save-all", (), "As a brush of your own"),
    ActionSpec("brush.reset", "&Reset Brush", "rotate-ccw", (), "Back to its saved values"),
    ActionSpec("brush.duplicate", "&Duplicate Brush", "copy", (), "Make a copy of the brush"),
    ActionSpec("brush.rename", "Re&name Brush…", "file-pen", (), "Give it another name"),
    ActionSpec("brush.delete", "De&lete Brush", "trash", (), "Put its file aside"),
    ActionSpec("brush.import", "&Import Brushes…", "import", (), "Add brushes from files"),
    ActionSpec("brush.export", "&Export Brush…", "file-output", (), "Write it to a file"),
    ActionSpec(
        "tool.selectRectangle", "Select &Rectangle", "square-dashed", ("M",),
        "Select inside a rectangle", True, "tool",
    ),
    ActionSpec(
        "tool.selectEllipse", "Select &Ellipse", "circle-dashed", ("Shift+M",),
        "Select inside an ellipse", True, "tool",
    ),
    ActionSpec("tool.selectLasso", "&Lasso", "lasso", ("L",), "Draw around it", True, "tool"),
    ActionSpec(
        "tool.selectPolygon", "&Polygon Lasso", "lasso-select", ("Shift+L",),
        "Click around it, corner by corner", True, "tool",
    ),
    ActionSpec("tool.selectWand", "Magic &Wand", "wand", ("W",), "Select a color", True, "tool"),
    ActionSpec(
        "tool.selectSmart", "&Smart Select", "scan-search", ("Shift+W",),
        "Point at an object; its outline is found", True, "tool",
    ),
    ActionSpec("select.all", "&All", "square-dashed", ("Ctrl+A",), "Select the whole frame"),
    ActionSpec("select.none", "&None", "square-x", ("Ctrl+D",), "Let painting reach everywhere"),
    ActionSpec(
        "select.invert", "&Invert", "contrast", ("Ctrl+Shift+I",), "Select what is not selected"
    ),
    ActionSpec("select.grow", "&Grow…", "expand", (), "Reach farther on every side"),
    ActionSpec("select.shrink", "&Shrink…", "shrink", (), "Reach less far on every side"),
    ActionSpec("select.feather", "&Feather…", "droplet", ("Shift+F6",), "Soften the edge"),
    ActionSpec("select.border", "&Border…", "frame", (), "Keep a band along the edge"),
    ActionSpec("select.fromMask", "From &Mask", "highlighter", (), "Select what is masked"),
    ActionSpec(
        "select.fromLayer", "From &Layer", "square-stack", (), "Select what the layer has painted"
    ),
    ActionSpec("select.keep", "&Keep…", "bookmark-plus", (), "Keep it under a name"),
    ActionSpec(
        "mask.all", "&Fill Mask", "scan", (), "Mark what is selected, or the whole frame"
    ),
    ActionSpec("mask.invert", "&Invert Mask", "contrast", (), "Mark what is not marked"),
    ActionSpec("mask.clear", "&Clear Mask", "circle-x", ("Ctrl+Shift+D",), "Mark nothing"),
    ActionSpec("mask.rectangle", "&Rectangle", "square-dashed", (), "Mask a rectangle"),
    ActionSpec("mask.lasso", "&Lasso", "lasso", (), "Mask what you draw around"),
    ActionSpec("mask.wand", "Magic &Wand", "wand", (), "Mask a color"),
    ActionSpec("mask.smart", "&Smart Select", "scan-search", (), "Mask an object"),
    ActionSpec("mask.grow", "&Grow…", "expand", (), "Reach farther on every side"),
    ActionSpec("mask.shrink", "Shri&nk…", "shrink", (), "Reach less far on every side"),
    ActionSpec("mask.feather", "Feat&her…", "droplet", (), "Soften the edge"),
    ActionSpec("mask.border", "&Border…", "frame", (), "Keep a band along the edge"),
    ActionSpec(
        "mask.fromSelection", "From Selec&tion", "square-dashed", (), "Mask what is selected"
    ),
    ActionSpec(
        "mask.fromLayer", "From La&yer", "square-stack", (), "Mask what the layer has painted"
    ),
    ActionSpec("mask.import", "I&mport…", "import", (), "Read a mask from a picture file"),
    ActionSpec("mask.export", "E&xport…", "upload", (), "Write the mask as a grey PNG"),
    ActionSpec("mask.keep", "&Keep…", "bookmark-plus", (), "Keep it under a name"),
    ActionSpec("mask.look", "&Overlay…", "focus", (), "Color, opacity and hatching of the mask"),
    ActionSpec("mask.alone", "Show Mask Al&one", "", ("Ctrl+Alt+Q",), "White on black", True),
    ActionSpec("tool.move", "Mo&ve", "move", ("V",), "Move layer or selection", True, "tool"),
    ActionSpec(
        "tool.transform", "&Transform", "scaling", ("Ctrl+T",),
        "Scale, turn, flip or bend the layer or the selection", True, "tool",
    ),
    ActionSpec("tool.crop", "&Crop", "crop", ("C",), "Cut the picture down", True, "tool"),
    ActionSpec(
        "tool.frame", "&Frame", "frame", ("Shift+C",),
        "Move and resize what is exported and what a model sees", True, "tool",
    ),
    ActionSpec("tool.zoom", "&Zoom", "search", ("Z",), "Look closer or see more", True, "tool"),
    ActionSpec(
        "image.canvasSize", "&Canvas Size…", "expand", ("Ctrl+Alt+C",), "Extend or crop the frame"
    ),
    ActionSpec(
        "image.imageSize", "&Image Size…", "image-upscale", ("Ctrl+Alt+I",),
        "Resample every layer to another size",
    ),
    ActionSpec("image.rotateLeft", "Rotate &Left", "rotate-ccw-square", (), "By 90°, all layers"),
    ActionSpec("image.rotateRight", "Rotate &Right", "rotate-cw-square", (), "By 90°, all layers"),
    ActionSpec("image.rotateHalf", "Rotate by 1&80°", "refresh-cw", (), "Upside down, all layers"),
    ActionSpec(
        "image.flipHorizontal", "Flip &Horizontally", "square-centerline-dashed-horizontal", (),
        "Left becomes right, all layers",
    ),
    ActionSpec(
        "image.flipVertical", "Flip &Vertically", "square-centerline-dashed-vertical", (),
        "Top becomes bottom, all layers",
    ),
    ActionSpec("adjust.brightness", "&Brightness and Contrast…", "sun-medium"),
    ActionSpec("adjust.levels", "&Levels…", "chart-no-axes-column", ("Ctrl+L",)),
    ActionSpec("adjust.curves", "C&urves…", "spline", ("Ctrl+M",)),
    ActionSpec("adjust.hue", "&Hue and Saturation…", "palette", ("Ctrl+U",)),
    ActionSpec("adjust.balance", "C&olor Balance…", "scale", ("Ctrl+B",)),
    ActionSpec("adjust.blur", "&Gaussian Blur…", "droplet"),
    ActionSpec("adjust.sharpen", "&Sharpen…", "triangle"),
    ActionSpec("adjust.invert", "&Invert Colors", "contrast", ("Ctrl+I",), "The opposite colors"),
    ActionSpec(
        "adjust.desaturate", "&Desaturate", "eclipse", ("Ctrl+Shift+U",), "Grays as bright"
    ),
    ActionSpec(
        "view.rotateLeft", "Rotate View L&eft", "rotate-ccw", ("Ctrl+Shift+Left",),
        "Turn the view, not the picture; 4 on the number pad",
    ),
    ActionSpec(
        "view.rotateRight", "Rotate View Rig&ht", "rotate-cw", ("Ctrl+Shift+Right",),
        "Turn the view, not the picture; 6 on the number pad",
    ),
    ActionSpec(
        "view.resetRotation", "Set &View Upright", "compass", ("Ctrl+Shift+Home",),
        "Turn the view back; 5 on the number pad",
    ),
    ActionSpec(
        "view.mirror", "&Mirror View", "triangles-centerline-dashed-horizontal", ("Shift+H",),
        "Look at the picture in a mirror; it is not changed", True,
    ),
    ActionSpec("layer.new", "&New Layer", "layers-plus", ("Ctrl+Shift+N",), "Add an empty layer"),
    ActionSpec("layer.duplicate", "&Duplicate Layer", "copy", ("Ctrl+J",), "Copy the layer"),
    ActionSpec("layer.delete", "De&lete Layer", "trash", (), "Delete the selected layers"),
    ActionSpec("layer.rename", "&Rename…", "pencil-line", ("F2",), "Give it another name"),
    ActionSpec("layer.raise", "Move Layer &Up", "arrow-up", ("Ctrl+]",), "Move the layer up"),
    ActionSpec("layer.lower", "Move Layer Do&wn", "arrow-down", ("Ctrl+[",), "Move it down"),
    ActionSpec("layer.group", "&Group Layers", "folder-plus", ("Ctrl+G",), "Put them in a group"),
    ActionSpec("layer.ungroup", "Ungrou&p", "ungroup", ("Ctrl+Shift+G",), "Dissolve the group"),
    ActionSpec("layer.mergeDown", "M&erge Down", "merge", ("Ctrl+E",), "Two layers become one"),
    ActionSpec("layer.mergeVisible", "Merge &Visible", "", (), "What shows becomes one layer"),
    ActionSpec("layer.flatten", "&Flatten Picture", "layers", (), "All layers become one"),
    ActionSpec("layer.solo", "Show &Alone", "eye", (), "Hide the others, or show them again"),
    ActionSpec("layer.lock", "Loc&k Layer", "lock", (), "Nothing can be painted on it", True),
    ActionSpec(
        "layer.alphaLock", "Lock &Transparency", "grid-2x2", ("/",),
        "Paint only where the layer has paint", True,
    ),
    ActionSpec(
        "layer.passThrough", "Pass T&hrough", "", (),
        "Each layer of the group meets what lies under the group", True,
    ),
    ActionSpec(
        "layer.clip", "&Clip to Layer Below", "corner-left-down", ("Ctrl+Alt+G",),
        "Show it only where the layer below is", True,
    ),
    ActionSpec(
        "layer.addMask", "Add Layer &Mask", "venetian-mask", (),
        "From the selection, or one that shows everything",
    ),
    ActionSpec("layer.maskReveal", "Add Mask: &Reveal All", "", (), "It shows everything"),
    ActionSpec("layer.maskHide", "Add Mask: &Hide All", "", (), "It hides everything"),
    ActionSpec(
        "layer.maskSelection", "Add Mask: From &Selection", "", (), "It shows what is selected"
    ),
    ActionSpec(
        "layer.maskEdit", "&Paint on the Mask", "", ("Ctrl+Alt+M",),
        "The brush reveals, the eraser hides", True,
    ),
    ActionSpec("layer.maskAlone", "Show Mask A&lone", "", (), "White on black", True),
    ActionSpec("layer.maskOff", "Switch Mask &Off", "", (), "Show the layer without it", True),
    ActionSpec("layer.maskApply", "&Apply Mask", "", (), "What it hides is gone for good"),
    ActionSpec("layer.maskDelete", "&Delete Mask", "", (), "The layer shows everything again"),
    *MONEY_ACTIONS,
    *GALLERY_ACTIONS,
    *PROMPT_ACTIONS,
    *CANDIDATE_ACTIONS,
    *WHOLE_ACTIONS,
    ActionSpec("view.zoomIn", "Zoom &In", "zoom-in", ("Ctrl++", "Ctrl+="), "Look closer"),
    ActionSpec("view.zoomOut", "Zoom &Out", "zoom-out", ("Ctrl+-",), "See more"),
    ActionSpec("view.fit", "&Fit", "maximize", ("Ctrl+0",), "Show the whole picture"),
    ActionSpec("view.actual", "&100%", "", ("Ctrl+1",), "One pixel on one pixel"),
    ActionSpec(
        "view.pixelGrid", "Pixel &Grid", "", (), "Lines between pixels above 800%", True
    ),
    ActionSpec(
        "view.fullScreen", "F&ull Screen", "", ("F11",), "The window fills the screen",
        True,
    ),
    ActionSpec(
        "view.hidePanels", "Hide &Panels", "", ("Tab",),
        "Only the picture; Tab works while the canvas has the focus", True,
    ),
    ActionSpec("view.nextPanel", "&Next Panel", "", ("F6", "Ctrl+Tab"), "Keyboard to the next"),
    ActionSpec(
        "view.previousPanel", "Previo&us Panel", "", ("Ctrl+Shift+Tab",),
        "Keyboard to the part before",
    ),
    ActionSpec("view.system", "&System Theme", "monitor", (), "", True, "theme"),
    ActionSpec("view.dark", "&Dark Theme", "moon", (), "", True, "theme"),
    ActionSpec("view.light", "&Light Theme", "sun", (), "", True, "theme"),
    ActionSpec(
        "view.reduceMotion", "Reduce &Motion", "", (), "Nothing moves by itself", True
    ),
    ActionSpec(
        "edit.shortcuts", "&Keyboard Shortcuts…", "keyboard", ("Ctrl+Alt+K",),
        "Choose the keys of every action",
    ),
    ActionSpec("help.keys", "&Keys", "keyboard", ("F1",), "What every key does"),
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
            self._explain(action_id)

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Its keys as portable texts; the first is shown."""
        as_text = QKeySequence.SequenceFormat.PortableText
        return tuple(key.toString(as_text) for key in self._actions[action_id].shortcuts())

    def set_keys(self, action_id: str, keys: Sequence[str]) -> None:
        """Other keys, in force at once; menu and tip follow."""
        self._actions[action_id].setShortcuts([QKeySequence(key) for key in keys])
        self._explain(action_id)

    def tip(self, action_id: str) -> str:
        """What it does, in one line."""
        return _spec(action_id).tip

    def let_canvas_apply(self, canvas: QWidget) -> None:
        """Enter keeps a result while the canvas has the focus, and only then."""
        action = self._actions["generate.apply"]
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        canvas.addAction(action)

    def _explain(self, action_id: str) -> None:
        action = self._actions[action_id]
        shown = replace(_spec(action_id), text=action.text(), keys=self.keys(action_id))
        action.setToolTip(_tool_tip(shown))

    def _made(self, spec: ActionSpec, owner: QObject) -> QAction:
        action = QAction(spec.text, owner)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setObjectName(spec.id)
        action.setCheckable(spec.is_checkable)
        action.setAutoRepeat(not spec.is_paid)
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
