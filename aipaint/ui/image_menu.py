"""`ImageMenu`: what the Image and Adjust menus, the view's turns and the place tools need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK
from aipaint.document.set_frame import SetFrame
from aipaint.pixels.rect import Rect
from aipaint.tools.crop_tool import CropTool
from aipaint.tools.frame_tool import FrameTool
from aipaint.tools.toolbox import Toolbox
from aipaint.tools.transform_tool import TransformTool
from aipaint.ui.actions import Actions
from aipaint.ui.adjust_flow import AdjustFlow
from aipaint.ui.adjust_session import Stage
from aipaint.ui.background import Background
from aipaint.ui.canvas.turn_keys import STEP_DEGREES
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.image_flow import ImageFlow
from aipaint.ui.panels.prompt_panel import PromptPanel
from aipaint.ui.panels.size_rule_text import size_rule_text
from aipaint.ui.place_bars import CropBar, FrameBar, TransformBar
from aipaint.ui.tool_options import ToolOptions

_DIALOGS = ("brightness", "levels", "curves", "hue", "balance", "blur", "sharpen")
_TURNS = {
    "image.rotateLeft": "LEFT",
    "image.rotateRight": "RIGHT",
    "image.rotateHalf": "HALF",
    "image.flipHorizontal": "FLIP_HORIZONTALLY",
    "image.flipVertical": "FLIP_VERTICALLY",
}


@dataclass(frozen=True, eq=False)
class ImageStage:
    """The parts of the window it works with; `prompt` knows the sizes of the chosen model."""

    document: Document
    toolbox: Toolbox
    canvas: CanvasView
    background: Background
    actions: Actions
    prompt: PromptPanel


class ImageMenu(QObject):
    """Makes the flows and option bars, and gives the slots of its actions."""

    def __init__(self, stage: ImageStage) -> None:
        super().__init__(stage.canvas)
        self._stage = stage
        canvas = stage.canvas
        self.image = ImageFlow(canvas, stage.document, stage.background)
        self.image.done.connect(self._on_reshaped)
        adjusting = Stage(stage.document, stage.background, canvas.view_port.visible, self._target)
        self.adjust = AdjustFlow(canvas, adjusting, self)
        self.adjust.told.connect(self._on_told)
        self.adjust.closed.connect(lambda: self._on_told(stage.toolbox.current.hint))
        tools = {tool.id: tool for tool in stage.toolbox.tools}
        transform, crop, frame = tools["transform"], tools["crop"], tools["frame"]
        assert isinstance(transform, TransformTool)
        assert isinstance(crop, CropTool)
        assert isinstance(frame, FrameTool)
        frame.snap = self._snapped
        self.transform_bar = TransformBar(transform)
        self.crop_bar = CropBar(crop)
        self.frame_bar = FrameBar(frame, self._set_frame, self._rule)
        for bar in (self.transform_bar, self.crop_bar, self.frame_bar):
            bar.left.connect(canvas.setFocus)
        canvas.tool_looks_changed.connect(self.refresh)
        stage.document.changed.connect(self._on_document_changed)
        canvas.view_port.turned.connect(self._on_turned)

    def add_bars(self, options: ToolOptions) -> None:
        # Nothing can be set for these; a brush that cannot be used would only be in the way.
        nothing = QWidget()
        row = QHBoxLayout(nothing)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStrut(options.sizeHint().height())  # or the canvas would jump
        options.add(nothing, ("hand", "zoom", "move"))
        options.add(self.transform_bar, ("transform",))
        options.add(self.crop_bar, ("crop",))
        options.add(self.frame_bar, ("frame",))

    def slots(self) -> dict[str, Callable[[], object]]:
        """What its actions do."""
        view = self._stage.canvas.view_port
        slots: dict[str, Callable[[], object]] = {
            "image.canvasSize": self.image.canvas_size,
            "image.imageSize": self.image.image_size,
            "adjust.invert": self.adjust.invert,
            "adjust.desaturate": self.adjust.desaturate,
            "view.rotateLeft": lambda: view.turn_to(view.degrees - STEP_DEGREES),
            "view.rotateRight": lambda: view.turn_to(view.degrees + STEP_DEGREES),
            "view.resetRotation": lambda: view.turn_to(0.0),
            "view.mirror": lambda: view.set_mirrored(not view.is_mirrored),
        }
        for action_id, name in _TURNS.items():
            slots[action_id] = partial(self.image.turn, name)
        for name in _DIALOGS:
            slots[f"adjust.{name}"] = partial(self.adjust.open, f"adjust.{name}")
        return slots

    def settled(self, slots: Mapping[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
        """The slots, each after what waits for Enter has been taken back: saving, layers, Generate
        must meet the picture as it is recorded. Tools, views and undo see to that themselves."""
        apart = ("tool", "view", "color", "help", "edit")
        return {
            name: slot if name.partition(".")[0] in apart else partial(self._settle_first, slot)
            for name, slot in slots.items()
        }

    def _settle_first(self, slot: Callable[[], object]) -> None:
        self._stage.document.settle()
        slot()

    def refresh(self) -> None:
        """The current tool shows something else now."""
        current = self._stage.toolbox.current.id
        if current == "transform":
            self.transform_bar.refresh()
        elif current == "crop":
            self.crop_bar.refresh()
        elif current == "frame":
            self.frame_bar.refresh()

    def _snapped(self, width: int, height: int) -> tuple[int, int]:
        from aipaint.providers.request import Size

        rule = self._stage.prompt.size_rule()
        if rule is None:
            return width, height
        size = rule.nearest(Size(width, height))
        return size.width, size.height

    def _target(self) -> str:
        return MASK if self._stage.toolbox.is_masking else self._stage.document.picture.paint_target

    def _rule(self) -> str:
        return size_rule_text(self._stage.prompt.size_rule())

    def _set_frame(self, frame: Rect) -> None:
        if frame != self._stage.document.picture.frame:
            self._stage.document.do(SetFrame(frame))

    def _on_reshaped(self) -> None:
        self._stage.canvas.fit(1.0)

    def _on_told(self, sentence: str) -> None:
        self._stage.toolbox.surroundings.tell(sentence)

    def _on_turned(self, degrees: float, is_mirrored: bool) -> None:
        self._stage.actions["view.mirror"].setChecked(is_mirrored)
        mirrored = ", mirrored" if is_mirrored else ""
        if degrees or is_mirrored:
            self._on_told(f"The view is turned by {degrees:.0f}°{mirrored}. The picture is not.")

    def _on_document_changed(self) -> None:
        # What can be transformed, and where the frame is, may be something else now.
        current = self._stage.toolbox.current
        if current.id in ("transform", "crop", "frame") and not current.is_busy:
            self._stage.toolbox.surroundings.overlay_changed()
