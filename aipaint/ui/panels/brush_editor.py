"""`BrushEditor`: every value of the current brush, with a stroke that shows what it does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aipaint.pixels.brush import Accumulation, AngleSource, Brush, Grain, Smoothing
from aipaint.pixels.brush_preset import LIMITS
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.tools.brush_fields import brush_fields, why_fewer
from aipaint.tools.surroundings import Surroundings
from aipaint.ui.panels.panel import GAP
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_slider import NumberRange, NumberSlider
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.response_edit import ResponseEdit
from aipaint.ui.widgets.stroke_preview import StrokePreview


@dataclass(frozen=True)
class _Number:
    """A value with a slider; what is shown is `scale` times the value."""

    field: str
    label: str
    scale: float
    suffix: str
    tip: str
    is_curved: bool = False


@dataclass(frozen=True)
class _Choice:
    """One of an enumeration, with the words people read."""

    field: str
    label: str
    words: tuple[tuple[object, str], ...]
    tip: str


@dataclass(frozen=True)
class _Curve:
    """A switch and the curve it switches on."""

    switch: str
    field: str
    label: str


_Row = _Number | _Choice | _Curve

_GROUPS: tuple[tuple[str, tuple[_Row, ...]], ...] = (
    (
        "Tip",
        (
            _Number("size_pixels", "Size", 1, " px", "Diameter of the tip", True),
            _Number("hardness", "Hardness", 100, "%", "How sharp the edge is"),
            _Number("roundness", "Roundness", 100, "%", "100% is a circle, less an ellipse"),
            _Number("angle_degrees", "Angle", 1, "°", "How the ellipse lies"),
            _Choice(
                "angle_source",
                "Turns with",
                (
                    (AngleSource.FIXED, "Nothing"),
                    (AngleSource.STROKE, "The stroke"),
                    (AngleSource.TILT, "The pen's tilt"),
                ),
                "What turns the tip on top of its angle",
            ),
            _Number("spacing", "Spacing", 100, "%", "From dab to dab, in diameters", True),
            _Number("scatter", "Scatter", 100, "%", "How far dabs stray from the way", True),
        ),
    ),
    (
        "Paint",
        (
            _Number("opacity", "Opacity", 100, "%", "The most that one stroke covers"),
            _Number("flow", "Flow", 100, "%", "How much each dab lays on"),
            _Choice(
                "accumulation",
                "Dabs",
                ((Accumulation.BUILD_UP, "Build up"), (Accumulation.WASH, "Wash")),
                "Whether a stroke grows darker where it crosses itself",
            ),
            _Number("dabs_per_second", "Airbrush", 1, "/s", "Dabs per second while held still"),
        ),
    ),
    (
        "Pen",
        (
            _Curve("pressure_to_size", "size_curve", "Pressure changes the size"),
            _Curve("pressure_to_opacity", "opacity_curve", "Pressure changes the opacity"),
            _Curve("pressure_to_flow", "flow_curve", "Pressure changes the flow"),
            _Number("tilt_to_size", "Tilt widens", 100, "%", "How much a leaning pen widens it"),
        ),
    ),
    (
        "Ground",
        (
            _Choice(
                "grain",
                "Texture",
                (
                    (Grain.NONE, "Smooth"),
                    (Grain.PAPER, "Paper"),
                    (Grain.CANVAS, "Canvas"),
                    (Grain.CHALK, "Chalk ground"),
                    (Grain.SPECKLES, "Speckles"),
                ),
                "The ground that the brush feels",
            ),
            _Number("grain_strength", "Depth", 100, "%", "How much the hollows stay free"),
            _Number("grain_scale", "Scale", 1, "×", "How coarse the ground is"),
        ),
    ),
    (
        "Hand",
        (
            _Choice(
                "smoothing",
                "Smoothing",
                (
                    (Smoothing.OFF, "Off"),
                    (Smoothing.BASIC, "Basic"),
                    (Smoothing.STABILIZER, "Pull string"),
                ),
                "What is done about an unsteady hand",
            ),
            _Number("smoothing_amount", "Amount", 100, "%", "How strongly; longer string"),
        ),
    ),
)


class BrushEditor(QWidget):
    """`show_brush` shows, `brush_changed` tells about the user's changes. What the tool makes no
    use of is not offered."""

    brush_changed = Signal(object)  # Brush

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.setObjectName("brushEditor")
        self._brush = Brush()
        self._showers: list[Callable[[Brush], None]] = []
        self._fields = brush_fields("")
        self._rows: list[tuple[str, QWidget]] = []
        self._titles: list[tuple[QWidget, frozenset[str]]] = []
        self.preview = StrokePreview(surroundings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.reason = PlainLabel("", Tone.MUTED, wraps=True)
        self.reason.setObjectName("brushReason")
        self.reason.setVisible(False)
        column.addWidget(self.reason)
        for title, rows in _GROUPS:
            head = PlainLabel(title, Tone.STRONG)
            self._titles.append((head, frozenset(_field_of(row) for row in rows)))
            column.addWidget(head)
            for row in rows:
                self._add(row, column)
        column.addStretch(1)
        self.show_brush(self._brush)

    def show_tool(self, tool_id: str) -> None:
        """Offer what counts for this tool."""
        self._fields = brush_fields(tool_id)
        reason = why_fewer(tool_id)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for field, widget in self._rows:
            widget.setVisible(field in self._fields)
        for head, fields in self._titles:
            head.setVisible(bool(fields & self._fields))
        self.show_brush(self._brush)

    def show_brush(self, brush: Brush) -> None:
        self._brush = brush
        self.preview.set_brush(brush)
        for show in self._showers:
            show(brush)

    def _add(self, row: _Row, column: QVBoxLayout) -> None:
        if isinstance(row, _Number):
            column.addWidget(self._noted(row.field, self._slider(row)))
        elif isinstance(row, _Choice):
            column.addWidget(self._noted(row.field, self._combo(row)))
        else:
            self._add_curve(row, column)

    def _noted(self, field: str, widget: QWidget) -> QWidget:
        self._rows.append((field, widget))
        return widget

    def _slider(self, row: _Number) -> NumberSlider:
        low, high = LIMITS[row.field]
        numbers = NumberRange(
            round(low * row.scale), round(high * row.scale), row.suffix, row.is_curved
        )
        slider = NumberSlider(f"brush.{row.field}", row.label, numbers)
        slider.set_tool_tip(row.tip)
        slider.set_label_width(72)
        is_whole = isinstance(getattr(self._brush, row.field), int)

        def take(shown: int) -> None:
            self._set({row.field: shown if is_whole else shown / row.scale})

        slider.value_changed.connect(take)
        self._showers.append(
            lambda brush: slider.set_value(round(getattr(brush, row.field) * row.scale))
        )
        return slider

    def _combo(self, row: _Choice) -> QWidget:
        combo = ComboBox(f"brush.{row.field}Combo", row.label)
        combo.setToolTip(row.tip)
        for value, words in row.words:
            combo.addItem(words, value)
        combo.activated.connect(lambda _: self._set({row.field: combo.currentData()}))

        def show(brush: Brush) -> None:
            values = [value for value, _ in row.words]
            combo.setCurrentIndex(values.index(getattr(brush, row.field)))

        self._showers.append(show)
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        label = PlainLabel(row.label)
        label.setBuddy(combo)
        label.setFixedWidth(72)
        line.addWidget(label)
        line.addWidget(combo, 1)
        return whole

    def _add_curve(self, row: _Curve, column: QVBoxLayout) -> None:
        switch = CheckBox(row.label)
        switch.setObjectName(f"brush.{row.switch}")
        switch.setAccessibleName(row.label)
        switch.clicked.connect(lambda is_on: self._set({row.switch: is_on}))
        curve = ResponseEdit(f"brush.{row.field}", f"{row.label}: curve")
        curve.curve_changed.connect(partial(self._take_curve, row.field))

        def show(brush: Brush) -> None:
            is_on = bool(getattr(brush, row.switch))
            switch.setChecked(is_on)
            curve.setVisible(is_on and row.switch in self._fields)
            curve.set_curve(getattr(brush, row.field))

        self._showers.append(show)
        column.addWidget(self._noted(row.switch, switch))
        column.addWidget(curve)

    def _take_curve(self, field: str, curve: ResponseCurve) -> None:
        self._set({field: curve})

    def _set(self, values: dict[str, Any]) -> None:
        self.show_brush(replace(self._brush, **values))
        self.brush_changed.emit(self._brush)


def _field_of(row: _Row) -> str:
    return row.switch if isinstance(row, _Curve) else row.field
