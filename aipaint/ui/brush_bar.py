"""`BrushBar`: color, size, hardness, opacity, flow and smoothing of the current tool's brush."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aipaint.pixels.brush import Brush, Color, Smoothing
from aipaint.tools.brush_fields import brush_fields, why_fewer
from aipaint.tools.toolbox import LARGEST_BRUSH, SMALLEST_BRUSH, Toolbox
from aipaint.ui.widgets.color_button import ColorButton
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider

_STEP = 1.2
_HARDNESS_STEP = 0.1
_HARDNESS_TIP = "How sharp the edge of the brush is (Shift+[ and Shift+])"
_FLOW_TIP = "How much each dab of the stroke lays on"
_SMOOTHINGS = {
    Smoothing.OFF: "Not smoothed",
    Smoothing.BASIC: "Smoothed",
    Smoothing.STABILIZER: "Pull string",
}


class BrushBar(QWidget):
    """Writes the toolbox, and shows what is in it whenever the tool changes."""

    brush_changed = Signal()

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__()
        self.setObjectName("brushBar")
        self._toolbox = toolbox
        self.color = ColorButton("colorButton", "Brush color")
        self.color.color_changed.connect(self._on_color)
        sizes = NumberRange(round(SMALLEST_BRUSH), round(LARGEST_BRUSH), " px", is_curved=True)
        self.size_ = NumberSlider("brushSize", "Size", sizes)
        self.size_.set_tool_tip("Brush size ([ and ])")
        self.size_.value_changed.connect(self._on_size)
        self.hardness = NumberSlider("brushHardness", "Hardness", NumberRange(0, 100, "%"))
        self.hardness.value_changed.connect(self._on_hardness)
        self.opacity = NumberSlider("brushOpacity", "Opacity", NumberRange(1, 100, "%"))
        self.opacity.set_tool_tip("The most that one stroke covers")
        self.opacity.value_changed.connect(self._on_opacity)
        self.flow = NumberSlider("brushFlow", "Flow", NumberRange(1, 100, "%"))
        self.flow.value_changed.connect(self._on_flow)
        self.smoothing = ComboBox("smoothingCombo", "Smoothing")
        self.smoothing.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
        self.smoothing.setToolTip("Smoothing: what is done about an unsteady hand")
        for smoothing, words in _SMOOTHINGS.items():
            self.smoothing.addItem(words, smoothing)
        self.smoothing.activated.connect(self._on_smoothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        for slider in (self.size_, self.hardness, self.opacity, self.flow):
            slider.setMaximumWidth(220)
            row.addWidget(slider)
        row.insertWidget(0, self.color)
        row.addWidget(self.smoothing)
        row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the brush of the current tool; nothing to set where it has none."""
        brush = self._toolbox.current_brush()
        has_brush = self._toolbox.current.cursor_diameter > 0
        tool_id = self._toolbox.current.id
        for part in (self.size_, self.hardness, self.opacity, self.flow, self.smoothing):
            part.setEnabled(has_brush)
        for field, slider, tip in (
            ("hardness", self.hardness, _HARDNESS_TIP),
            ("flow", self.flow, _FLOW_TIP),
        ):
            is_used = field in brush_fields(tool_id)
            slider.setEnabled(has_brush and is_used)
            slider.set_tool_tip(tip if is_used else why_fewer(tool_id))
        has_color = not self._toolbox.is_masking and tool_id not in ("smudge", "clone")
        self.color.setEnabled(has_color)
        color = self._toolbox.color
        self.color.set_color(QColor(color.red, color.green, color.blue))
        self.size_.set_value(round(brush.size_pixels))
        self.hardness.set_value(round(brush.hardness * 100))
        self.opacity.set_value(round(brush.opacity * 100))
        self.flow.set_value(round(brush.flow * 100))
        self.smoothing.setCurrentIndex(list(_SMOOTHINGS).index(brush.smoothing))

    def grow(self) -> None:
        self._scale(_STEP)

    def shrink(self) -> None:
        self._scale(1 / _STEP)

    def soften(self) -> None:
        self._harden_by(-_HARDNESS_STEP)

    def harden(self) -> None:
        self._harden_by(_HARDNESS_STEP)

    def _harden_by(self, step: float) -> None:
        brush = self._toolbox.current_brush()
        self._set(replace(brush, hardness=min(max(round(brush.hardness + step, 2), 0.0), 1.0)))

    def _scale(self, factor: float) -> None:
        brush = self._toolbox.current_brush()
        size = brush.size_pixels * factor
        # A tiny brush would otherwise round back to the size it had.
        size = max(size, brush.size_pixels + 1) if factor > 1 else min(size, brush.size_pixels - 1)
        self._set(replace(brush, size_pixels=float(round(size))))

    def _on_size(self, pixels: int) -> None:
        self._set(replace(self._toolbox.current_brush(), size_pixels=float(pixels)))

    def _on_hardness(self, percent: int) -> None:
        self._set(replace(self._toolbox.current_brush(), hardness=percent / 100))

    def _on_opacity(self, percent: int) -> None:
        self._set(replace(self._toolbox.current_brush(), opacity=percent / 100))

    def _on_flow(self, percent: int) -> None:
        self._set(replace(self._toolbox.current_brush(), flow=percent / 100))

    def _on_smoothing(self) -> None:
        smoothing = self.smoothing.currentData()
        self._set(replace(self._toolbox.current_brush(), smoothing=smoothing))

    def _on_color(self, color: QColor) -> None:
        self._toolbox.color = Color(color.red(), color.green(), color.blue())

    def _set(self, brush: Brush) -> None:
        self._toolbox.set_brush(brush)
        self.refresh()
        self.brush_changed.emit()
