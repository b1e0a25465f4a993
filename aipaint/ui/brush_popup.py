"""`BrushPopup`: size, hardness, opacity and recent colors at the pointer, by the right button."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from aipaint.pixels.brush import Color
from aipaint.tools.brush_fields import brush_fields
from aipaint.tools.toolbox import LARGEST_BRUSH, SMALLEST_BRUSH, Toolbox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.swatch_list import SwatchList

_WIDTH = 300
_LABEL_WIDTH = 72


class BrushPopup(QFrame):
    """A click beside it, Esc, or a color taken closes it."""

    brush_changed = Signal()

    def __init__(self, toolbox: Toolbox, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._toolbox = toolbox
        self.setObjectName("brushPopup")
        self.setAccessibleName("Brush at the pointer")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        self.title = PlainLabel("", Tone.STRONG)
        sizes = NumberRange(round(SMALLEST_BRUSH), round(LARGEST_BRUSH), " px", is_curved=True)
        self.size_ = self._slider("popupSize", "Size", sizes)
        self.hardness = self._slider("popupHardness", "Hardness", NumberRange(0, 100, "%"))
        self.opacity = self._slider("popupOpacity", "Opacity", NumberRange(1, 100, "%"))
        self.size_.value_changed.connect(lambda value: self._set(size_pixels=float(value)))
        self.hardness.value_changed.connect(lambda value: self._set(hardness=value / 100))
        self.opacity.value_changed.connect(lambda value: self._set(opacity=value / 100))
        self.colors_label = PlainLabel("Recent colors", Tone.MUTED)
        self.colors = SwatchList("popupColors", "Recent colors", can_remove=False)
        self.colors.taken.connect(self._on_taken)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        for part in (
            self.title, self.size_, self.hardness, self.opacity, self.colors_label, self.colors,
        ):  # fmt: skip
            column.addWidget(part)

    def open_at(self, where: QPoint) -> None:
        """`where` on the screen; it stays on it."""
        brush, tool = self._toolbox.current_brush(), self._toolbox.current
        current = self._toolbox.shelf.current
        self.title.setText(current.name if current is not None else f"{tool.label} tip")
        self.size_.set_value(round(brush.size_pixels))
        self.hardness.set_value(round(brush.hardness * 100))
        self.opacity.set_value(round(brush.opacity * 100))
        self.hardness.setVisible("hardness" in brush_fields(tool.id))
        recent = self._toolbox.colors.recent
        self.colors.show_colors(recent)
        for part in (self.colors_label, self.colors):
            part.setVisible(bool(recent) and tool.picks_with_alt)
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(where.x() + 8, room.right() - self.width()))
        top = max(room.top(), min(where.y() + 8, room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.size_.slider.setFocus()

    def _slider(self, name: str, label: str, numbers: NumberRange) -> NumberSlider:
        slider = NumberSlider(name, label, numbers)
        slider.set_label_width(_LABEL_WIDTH)
        slider.set_tool_tip(f"{label} of the brush")
        return slider

    def _set(self, **values: float) -> None:
        self._toolbox.set_brush(replace(self._toolbox.current_brush(), **values))  # type: ignore[arg-type]
        self.brush_changed.emit()

    def _on_taken(self, color: Color, is_background: bool) -> None:
        if is_background:
            self._toolbox.colors.background = color
        else:
            self._toolbox.colors.foreground = color
        self.close()
