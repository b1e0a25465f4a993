"""`ColorPanel`: foreground and background color, by eye, by number, or from those kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSlider, QSpinBox, QToolButton

from aipaint.pixels.brush import Color
from aipaint.tools.color_box import ColorBox
from aipaint.tools.color_code import from_hex, to_hex
from aipaint.ui.icons import icon
from aipaint.ui.panels.panel import Panel, field_label
from aipaint.ui.widgets.color_pair import ColorPair
from aipaint.ui.widgets.color_square import ColorSquare
from aipaint.ui.widgets.hsv_fields import HsvFields
from aipaint.ui.widgets.number_room import give_room
from aipaint.ui.widgets.swatch_list import SwatchList

_HUES = 359
_RAINBOW = """
QSlider#hueSlider::groove:horizontal { height: 12px; border-radius: 3px;
    background: qlineargradient(x1:0, y1:0, x2:1, y2:0, stop:0 #f00, stop:0.167 #ff0,
    stop:0.333 #0f0, stop:0.5 #0ff, stop:0.667 #00f, stop:0.833 #f0f, stop:1 #f00); }
QSlider#hueSlider::sub-page:horizontal { background: transparent; }
QSlider#hueSlider::handle:horizontal { width: 8px; height: 18px; margin: -4px 0;
    border: 2px solid #000000; border-radius: 4px; background: #ffffff; }
QSlider#hueSlider::handle:horizontal:focus { background: palette(link); }
"""
_PARTS = (("Red", 255), ("Green", 255), ("Blue", 255), ("Alpha", 100))


class ColorPanel(Panel):
    """Changes whichever of the two colors is chosen in the pair on top."""

    def __init__(self, box: ColorBox) -> None:
        super().__init__("colorPanel", "Color")
        self._box = box
        self._hue = self._saturation = 0.0  # gray has none: the last ones stay
        self._brightness = 0.0
        self._is_refreshing = False
        self.pair = ColorPair("color", box, self.choose, remembers=True)
        self.hex = QLineEdit()
        self.square = ColorSquare("colorSquare")
        self.hue = QSlider(Qt.Orientation.Horizontal)
        self.hsv = HsvFields()
        self.parts = {name: QSpinBox() for name, _ in _PARTS}
        self.recent = SwatchList("recentColors", "Recent colors", can_remove=False)
        self.swatches = SwatchList("colorSwatches", "Swatches", can_remove=True)
        self._build_top()
        self._build_hue()
        self._build_parts()
        self._build_swatches()
        box.watch(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the colors as they are now."""
        color = self._color
        shown = QColor(color.red, color.green, color.blue)
        self._follow(color, shown)
        self._is_refreshing = True
        self.square.show_color(self._hue, self._saturation, self._brightness)
        self.hsv.show_color(self._hue, self._saturation, self._brightness)
        self.hue.setValue(round(self._hue * 360) % 360)
        if not (self.hex.hasFocus() and self.hex.isModified()):
            self.hex.setText(to_hex(color))
        values = (color.red, color.green, color.blue, round(color.alpha * 100 / 255))
        for part, value in zip(self.parts.values(), values, strict=True):
            part.setValue(value)
        self.recent.show_colors(self._box.recent)
        self.swatches.show_colors(self._box.swatches)
        self.add_button.setEnabled(color not in self._box.swatches)
        self._is_refreshing = False

    def choose(self, is_background: bool) -> None:
        """Change the background color from now on, or the foreground color."""
        (self.pair.background if is_background else self.pair.foreground).setChecked(True)
        self.refresh()

    @property
    def _color(self) -> Color:
        return self._box.background if self.pair.is_background_chosen else self._box.foreground

    def _follow(self, color: Color, shown: QColor) -> None:
        if self._from_hsv(self._hue, self._saturation, self._brightness) == color:
            return  # many hues make one color: the number that was typed stays
        if shown.hsvSaturationF() > 0 and shown.valueF() > 0:
            self._hue = max(0.0, shown.hsvHueF())
        if shown.valueF() > 0:
            self._saturation = shown.hsvSaturationF()
        self._brightness = shown.valueF()

    def _set(self, color: Color, *, is_background: bool | None = None) -> None:
        is_chosen = self.pair.is_background_chosen if is_background is None else is_background
        if is_chosen:
            self._box.background = color
        else:
            self._box.foreground = color

    def _build_top(self) -> None:
        self.hex.setObjectName("colorHex")
        self.hex.setAccessibleName("Color as hexadecimal number")
        self.hex.setToolTip("#rrggbb, or #rrggbbaa with alpha")
        self.hex.setMaxLength(9)
        self.hex.editingFinished.connect(self._on_hex)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pair)
        row.addWidget(self.hex, 1)
        self.column.addLayout(row)

    def _build_hue(self) -> None:
        self.hue.setObjectName("hueSlider")
        self.hue.setAccessibleName("Hue")
        self.hue.setToolTip("Hue")
        self.hue.setRange(0, _HUES)
        self.hue.setPageStep(30)
        self.hue.setStyleSheet(_RAINBOW)
        self.hue.valueChanged.connect(self._on_hue)
        self.square.changed.connect(self._on_square)
        self.column.addWidget(self.square, 1)
        self.column.addWidget(self.hue)

    def _build_parts(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for name, most in _PARTS:
            spin = self.parts[name]
            give_room(spin)
            spin.setObjectName(f"color{name}")
            spin.setAccessibleName(name if most == 255 else f"{name} in percent")
            spin.setToolTip(spin.accessibleName())
            spin.setRange(0, most)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(self._on_parts)
            label = field_label(name[0], spin)
            label.setToolTip(name)
            row.addWidget(label)
            row.addWidget(spin, 1)
        self.column.addLayout(row)
        self.hsv.changed.connect(self._on_hsv)
        self.column.addWidget(self.hsv)

    def _build_swatches(self) -> None:
        self.add_button = QToolButton()
        self.add_button.setObjectName("addSwatchButton")
        self.add_button.setIcon(icon("plus"))
        self.add_button.setAccessibleName("Add the color to the swatches")
        self.add_button.setToolTip("Add the color to the swatches")
        self.add_button.clicked.connect(self._on_add)
        heading = QHBoxLayout()
        heading.addWidget(field_label("Swatches", self.swatches))
        heading.addStretch(1)
        heading.addWidget(self.add_button)
        recent: QLabel = field_label("Recent", self.recent)
        self.column.addWidget(recent)
        self.column.addWidget(self.recent)
        self.column.addLayout(heading)
        self.column.addWidget(self.swatches)
        for swatches in (self.recent, self.swatches):
            swatches.taken.connect(self._on_taken)
        self.swatches.removed.connect(self._on_removed)

    def _on_square(self, saturation: float, brightness: float) -> None:
        self._on_hsv(self._hue, saturation, brightness)

    def _on_hue(self, degrees: int) -> None:
        if self._is_refreshing:
            return
        self._on_hsv(degrees / 360, self._saturation, self._brightness)

    def _on_hsv(self, hue: float, saturation: float, brightness: float) -> None:
        self._hue, self._saturation, self._brightness = hue, saturation, brightness
        before = self._color
        self._set(self._from_hsv(hue, saturation, brightness))
        if self._color == before:
            self.refresh()  # another hue of gray: nobody else has a reason to tell

    def _on_parts(self) -> None:
        if not self._is_refreshing:
            red, green, blue, alpha = (part.value() for part in self.parts.values())
            self._set(Color(red, green, blue, round(alpha * 255 / 100)))

    def _on_hex(self) -> None:
        color = from_hex(self.hex.text())
        self.hex.setModified(False)
        if color is not None:
            self._set(color)
        self.hex.setText(to_hex(self._color))

    def _on_taken(self, color: Color, is_background: bool) -> None:
        self._set(color, is_background=True if is_background else None)

    def _on_removed(self, color: Color) -> None:
        self._box.swatches = [one for one in self._box.swatches if one != color]

    def _on_add(self) -> None:
        self._box.swatches = [*self._box.swatches, self._color]

    def _from_hsv(self, hue: float, saturation: float, brightness: float) -> Color:
        made = QColor.fromHsvF(min(hue, 1.0), saturation, brightness)
        return Color(made.red(), made.green(), made.blue(), self._color.alpha)
