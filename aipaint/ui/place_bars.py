"""The option bars of transform, crop and frame."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from aipaint.pixels.rect import Rect
from aipaint.tools.crop_tool import CropTool
from aipaint.tools.frame_tool import FrameTool
from aipaint.tools.transform_shape import TransformShape
from aipaint.tools.transform_tool import TransformTool
from aipaint.ui.icons import icon
from aipaint.ui.widgets.check_box import CheckBox
from aipaint.ui.widgets.combo_box import ComboBox
from aipaint.ui.widgets.number_room import give_room
from aipaint.ui.widgets.plain_label import PlainLabel, Tone
from aipaint.ui.widgets.push_button import PushButton

_FAR = 1_000_000
_FIELD = 76
_RATIOS = (
    ("Free", 0.0),
    ("As now", -1.0),
    ("1 : 1", 1.0),
    ("5 : 4", 5 / 4),
    ("4 : 3", 4 / 3),
    ("3 : 2", 3 / 2),
    ("16 : 9", 16 / 9),
)


class PlaceBar(QWidget):
    """Enter in a number goes back to the canvas, where the next one applies; Esc cancels."""

    left = Signal()

    def __init__(self, name: str, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._cancel_tool = cancel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The numbers take Enter for themselves and then pass it on.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._cancel_tool()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TransformBar(PlaceBar):
    """Numbers, flips, Apply and Cancel; shows what the handles do and the other way round."""

    def __init__(self, tool: TransformTool) -> None:
        super().__init__("transformBar", tool.cancel)
        self._tool = tool
        self._is_refreshing = False
        self.x_ = _number("transformX", "X shift", " px")
        self.y_ = _number("transformY", "Y shift", " px")
        self.width_ = _number("transformWidth", "Width", "%")
        self.height_ = _number("transformHeight", "Height", "%")
        self.angle = _number("transformAngle", "Angle", "°")
        for spin in (self.x_, self.y_, self.width_, self.height_, self.angle):
            spin.valueChanged.connect(self._on_number)
        self.ratio = _button(
            "transformRatio", "link-2", "Keep proportions", "Shift does the opposite"
        )
        self.ratio.setCheckable(True)
        self.ratio.setChecked(tool.keeps_ratio)
        self.ratio.toggled.connect(self._on_ratio)
        names = ("square-centerline-dashed-horizontal", "square-centerline-dashed-vertical")
        self.flip_x = _button("transformFlipHorizontal", names[0], "Flip horizontally")
        self.flip_y = _button("transformFlipVertical", names[1], "Flip vertically")
        self.flip_x.clicked.connect(lambda: self._flip(is_horizontal=True))
        self.flip_y.clicked.connect(lambda: self._flip(is_horizontal=False))
        self.apply, self.cancel = _end_buttons("transform", self._on_apply, tool.cancel)
        _row(
            self,
            (QLabel("X"), self.x_, QLabel("Y"), self.y_, QLabel("W"), self.width_, self.ratio),
            (QLabel("H"), self.height_, QLabel("Angle"), self.angle),
            (self.flip_x, self.flip_y, self.apply, self.cancel),
        )

    def refresh(self) -> None:
        """Show the tool's shape without changing it."""
        shape = self._tool.shape
        self.setEnabled(shape is not None)
        if shape is None:
            return
        self._is_refreshing = True
        self.x_.setValue(shape.dx)
        self.y_.setValue(shape.dy)
        self.width_.setValue(shape.scale_x * 100)
        self.height_.setValue(shape.scale_y * 100)
        self.angle.setValue(shape.degrees)
        self._is_refreshing = False
        self.apply.setEnabled(self._tool.is_busy)
        self.cancel.setEnabled(self._tool.is_busy)

    def _on_number(self) -> None:
        shape = self._tool.shape
        if self._is_refreshing or shape is None:
            return
        changed = self.sender()
        scale_x, scale_y = self.width_.value() / 100, self.height_.value() / 100
        if self._tool.keeps_ratio and changed is self.width_:
            scale_y = shape.scale_y * abs(scale_x / shape.scale_x)
        elif self._tool.keeps_ratio and changed is self.height_:
            scale_x = shape.scale_x * abs(scale_y / shape.scale_y)
        moved = replace(shape, dx=self.x_.value(), dy=self.y_.value())
        wanted = moved.scaled(scale_x, scale_y).turned(self.angle.value())
        self._set(wanted)

    def _flip(self, *, is_horizontal: bool) -> None:
        shape = self._tool.shape
        if shape is not None:
            self._set(shape.flipped(is_horizontal=is_horizontal))

    def _set(self, shape: TransformShape) -> None:
        self._tool.set_shape(shape)

    def _on_ratio(self, is_kept: bool) -> None:
        self._tool.keeps_ratio = is_kept

    def _on_apply(self) -> None:
        self._tool.confirm()


class RectBar(QWidget):
    """Four whole numbers of a rectangle."""

    def __init__(self, name: str, read: Callable[[], Rect], write: Callable[[Rect], None]) -> None:
        super().__init__()
        self._read, self._write = read, write
        self._is_refreshing = False
        labels = (("X", "X position"), ("Y", "Y position"), ("W", "Width"), ("H", "Height"))
        self.spins: list[QSpinBox] = []
        parts: list[QWidget] = []
        for short, long in labels:
            spin = QSpinBox()
            spin.setObjectName(f"{name}{long.split()[0]}")
            spin.setAccessibleName(f"{name.title()} {long}")
            is_side = short in "WH"
            spin.setRange(1 if is_side else -_FAR, _FAR)
            spin.setSuffix(" px")
            spin.setFixedWidth(_FIELD)
            give_room(spin)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._on_number)
            self.spins.append(spin)
            parts += [QLabel(short), spin]
        _row(self, tuple(parts))

    def refresh(self) -> None:
        rect = self._read()
        self._is_refreshing = True
        for spin, value in zip(self.spins, (rect.x, rect.y, rect.width, rect.height), strict=True):
            spin.setValue(value)
        self._is_refreshing = False

    def _on_number(self) -> None:
        if not self._is_refreshing:
            self._write(Rect(*(spin.value() for spin in self.spins)))


class CropBar(PlaceBar):
    """The rectangle, what becomes of what is outside, Apply and Cancel."""

    def __init__(self, tool: CropTool) -> None:
        super().__init__("cropBar", tool.cancel)
        self._tool = tool
        self.rect_bar = RectBar("crop", lambda: tool.rect, tool.set_rect)
        self.ratio = ComboBox("cropRatioCombo", "Proportions")
        for name, ratio in _RATIOS:
            self.ratio.addItem(name, ratio)
        self.ratio.setToolTip("Proportions of what remains; a drag may lie or stand upright")
        self.ratio.activated.connect(self._on_ratio)
        self.delete = CheckBox("Delete pixels outside")
        self.delete.setObjectName("cropDelete")
        self.delete.toggled.connect(self._on_delete)
        self.apply, self.cancel = _end_buttons("crop", self._on_apply, tool.cancel)
        _row(self, (self.rect_bar, self.ratio, self.delete), (self.apply, self.cancel))

    def refresh(self) -> None:
        self.rect_bar.refresh()
        self.apply.setEnabled(self._tool.is_busy)
        self.cancel.setEnabled(self._tool.is_busy)

    def _on_ratio(self) -> None:
        ratio: float = self.ratio.currentData()
        frame = self._tool.frame
        self._tool.set_ratio(frame.width / frame.height if ratio < 0 else ratio)

    def _on_delete(self, deletes: bool) -> None:
        self._tool.deletes_outside = deletes

    def _on_apply(self) -> None:
        self._tool.confirm()


class FrameBar(PlaceBar):
    """The frame in numbers, and whether its size snaps to what the model takes."""

    def __init__(
        self, tool: FrameTool, write: Callable[[Rect], None], rule: Callable[[], str]
    ) -> None:
        """`rule` tells the sizes that the chosen model takes."""
        super().__init__("frameBar", tool.cancel)
        self._tool = tool
        self._rule = rule
        self.rect_bar = RectBar("frame", lambda: tool.shown_frame, write)
        self.snap = CheckBox("Snap to sizes of the model")
        self.snap.setObjectName("frameSnap")
        self.snap.setToolTip("Alt held while dragging does the opposite")
        self.snap.setChecked(tool.is_snapping)
        self.snap.toggled.connect(self._on_snap)
        self.rule = PlainLabel("", Tone.MUTED)
        self.rule.setObjectName("frameRule")
        _row(self, (self.rect_bar, self.snap, self.rule))

    def refresh(self) -> None:
        self.rect_bar.refresh()
        self.rule.setText(self._rule())

    def _on_snap(self, is_snapping: bool) -> None:
        self._tool.is_snapping = is_snapping


def _number(name: str, label: str, suffix: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setObjectName(name)
    spin.setAccessibleName(label)
    spin.setToolTip(label)
    spin.setRange(-_FAR, _FAR)
    spin.setDecimals(1)
    spin.setSuffix(suffix)
    spin.setKeyboardTracking(False)
    give_room(spin)
    spin.setFixedWidth(_FIELD)
    return spin


def _button(name: str, icon_name: str, label: str, tip: str = "") -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(18, 18))
    button.setAccessibleName(label)
    button.setToolTip(f"{label}\n{tip}" if tip else label)
    return button


def _end_buttons(
    name: str, apply: Callable[[], None], cancel: Callable[[], None]
) -> tuple[QPushButton, QPushButton]:
    made = []
    for verb, key, slot in (("Apply", "Enter", apply), ("Cancel", "Esc", cancel)):
        button = PushButton(verb)
        button.setObjectName(f"{name}{verb}Button")
        button.setToolTip(f"{verb} ({key})")
        # A click must not take the keys away from the canvas.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _=False, slot=slot: slot())
        made.append(button)
    return made[0], made[1]


def _row(bar: QWidget, *groups: tuple[QWidget, ...]) -> None:
    row = QHBoxLayout(bar)
    row.setContentsMargins(4, 0, 4, 0)
    row.setSpacing(6)
    for place, group in enumerate(groups):
        if place:
            row.addSpacing(8)
        for part in group:
            row.addWidget(part)
    row.addStretch(1)
