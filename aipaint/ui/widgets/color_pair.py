"""`ColorPair`: foreground and background color side by side, to be swapped, reset and chosen."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from aipaint.pixels.brush import Color
from aipaint.tools.color_box import ColorBox
from aipaint.tools.color_code import to_hex
from aipaint.ui.icons import icon

_CHECK = 4


class ColorPair(QWidget):
    """Follows the box. `chosen` is called with True when the user turns to the background color,
    with False for the foreground; a pair that `remembers` keeps that one pressed and can reset."""

    def __init__(
        self, name: str, box: ColorBox, chosen: Callable[[bool], None], *, remembers: bool
    ) -> None:
        super().__init__()
        self._box = box
        self.foreground = ColorWell(f"{name}Foreground", "Foreground color")
        self.background = ColorWell(f"{name}Background", "Background color")
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for well in (self.foreground, self.background):
            well.setCheckable(remembers)
            group.addButton(well)
            row.addWidget(well)
        self.foreground.setChecked(remembers)
        group.buttonClicked.connect(lambda well: chosen(well is self.background))
        row.addWidget(_button(f"{name}Swap", "arrow-left-right", "Swap colors (X)", box.swap))
        if remembers:
            row.addWidget(_button(f"{name}Reset", "rotate-ccw", "Black on white (D)", box.reset))
        box.watch(self.refresh)
        self.refresh()

    @property
    def is_background_chosen(self) -> bool:
        return self.background.isChecked()

    def refresh(self) -> None:
        self.foreground.set_color(self._box.foreground)
        self.background.set_color(self._box.background)


class ColorWell(QToolButton):
    """A button filled with a color; what is clear shows checks."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self._color = Color(0, 0, 0)

    @property
    def color(self) -> Color:
        return self._color

    def set_color(self, color: Color) -> None:
        self._color = color
        self.setToolTip(f"{self.accessibleName()} {to_hex(color)}")
        self.setAccessibleDescription(to_hex(color))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -6.5)
        draw_color(painter, place, self._color)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
        painter.drawRoundedRect(place, 3, 3)
        painter.end()


def draw_color(painter: QPainter, place: QRectF, color: Color) -> None:
    """A patch of color over checks."""
    if color.alpha < 255:
        painter.fillRect(place, QColor("white"))
        rows, columns = int(place.height() // _CHECK) + 1, int(place.width() // _CHECK) + 1
        for row in range(rows):
            for column in range(row % 2, columns, 2):
                left, top = place.left() + column * _CHECK, place.top() + row * _CHECK
                check = QRectF(left, top, _CHECK, _CHECK).intersected(place)
                painter.fillRect(check, QColor("#b0b0b0"))
    painter.fillRect(place, QColor(color.red, color.green, color.blue, color.alpha))


def _button(name: str, icon_name: str, tip: str, act: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    button.clicked.connect(lambda: act())
    return button
