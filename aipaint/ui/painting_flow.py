"""`PaintingFlow`: the bars, the color panel and the text field of the painting tools at work."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from aipaint.document.change import Change, Part
from aipaint.document.document import Document
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.background import Background
from aipaint.ui.canvas.text_editor import TextEditor
from aipaint.ui.canvas.view import CanvasView
from aipaint.ui.color_flow import ColorFlow
from aipaint.ui.painting_bars.fill_bar import FillBar
from aipaint.ui.painting_bars.gradient_bar import GradientBar
from aipaint.ui.painting_bars.option_bar import OptionBar
from aipaint.ui.painting_bars.sample_bars import CloneBar, PickerBar
from aipaint.ui.painting_bars.shape_bar import SHAPE_TOOLS, ShapeBar
from aipaint.ui.painting_bars.text_bar import TextBar
from aipaint.ui.tool_options import ToolOptions

_FAMILIES: dict[tuple[str, ...], Callable[[Toolbox], OptionBar]] = {
    SHAPE_TOOLS: ShapeBar,
    ("fill",): FillBar,
    ("gradient",): GradientBar,
    ("picker",): PickerBar,
    ("text",): TextBar,
    ("clone",): CloneBar,
}


@dataclass(frozen=True, eq=False)
class PaintingStage:
    """What of the window it plays on. `show_color` brings the color panel to the front."""

    home: Path
    document: Document
    toolbox: Toolbox
    canvas: CanvasView
    background: Background
    show_color: Callable[[bool], None]


class PaintingFlow(QObject):
    """Main thread only."""

    def __init__(self, stage: PaintingStage, parent: QObject) -> None:
        super().__init__(parent)
        self._toolbox = stage.toolbox
        self._canvas = stage.canvas
        self._colors = ColorFlow(stage.home, stage.toolbox.colors, stage.background, self)
        self.editor = TextEditor(stage.canvas.view_port, stage.toolbox)
        self._show_color = stage.show_color
        self._options: ToolOptions | None = None
        self._bars: dict[str, OptionBar] = {}
        stage.canvas.overlay_changed.connect(self.editor.follow)
        stage.document.changed.connect(self._on_document_changed)

    def add_to(self, options: ToolOptions) -> None:
        """Here the bars are shown."""
        self._options = options

    def refresh(self) -> None:
        """The tool is another one, or its brush is."""
        bar = self._bar_of(self._toolbox.current.id)
        if bar is not None:
            bar.refresh()
        self.editor.follow()

    def swap_colors(self) -> None:
        self._toolbox.colors.swap()

    def reset_colors(self) -> None:
        self._toolbox.colors.reset()

    def shut_down(self) -> None:
        """The window goes: what is being typed stays, colors are kept."""
        self._toolbox.current.leave()
        self._colors.save()

    def _bar_of(self, tool_id: str) -> OptionBar | None:
        """Made when it is needed first: the list of fonts alone would cost the start 50 ms."""
        if tool_id in self._bars or self._options is None:
            return self._bars.get(tool_id)
        family = next((tools for tools in _FAMILIES if tool_id in tools), None)
        if family is None:
            return None
        bar = _FAMILIES[family](self._toolbox)
        bar.color_wanted.connect(self._show_color)
        bar.brush_changed.connect(self._canvas.refresh_tool)
        self._bars.update(dict.fromkeys(family, bar))
        self._options.add(bar, family)
        return bar

    def _on_document_changed(self, change: Change) -> None:
        # Whatever else is done to the picture ends a text.
        if self.editor.isVisible() and change.parts & Part.HISTORY:
            self.editor.follow()
