"""Icons that follow the palette: Lucide outlines, drawn as vectors at whatever size is asked."""

from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from aipaint.ui.icon_shapes import ICON_SHAPES

_TEXT: Final = QPalette.ColorRole.WindowText
_ON: Final = QPalette.ColorRole.HighlightedText
_DOCUMENT = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='{color}' "
    "stroke-width='1.75' stroke-linecap='round' stroke-linejoin='round'>{shape}</svg>"
)


def icon(name: str, role: QPalette.ColorRole = _TEXT, on_role: QPalette.ColorRole = _ON) -> QIcon:
    """The icon of that Lucide name, in the palette's `role` color, and in that of `on_role` where
    it is checked. Raises KeyError if unknown."""
    return QIcon(_TintedEngine(ICON_SHAPES[name], role, on_role))


def draw_icon(painter: QPainter, name: str, rect: QRect | QRectF, color: QColor) -> None:
    """Draw one icon in one color, for widgets that paint themselves."""
    _draw(painter, ICON_SHAPES[name], QRectF(rect), color)


def _draw(painter: QPainter, shape: str, rect: QRectF, color: QColor) -> None:
    svg = _DOCUMENT.format(color=color.name(), shape=shape)
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, square)


class _TintedEngine(QIconEngine):
    """Asks the palette at every paint, so disabled, checked and theme changes come for free."""

    def __init__(self, shape: str, role: QPalette.ColorRole, on_role: QPalette.ColorRole) -> None:
        super().__init__()
        self._shape = shape
        self._role = role
        self._on_role = on_role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _draw(painter, self._shape, QRectF(rect), self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # asked for by a view whose rows have no height yet
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._shape, self._role, self._on_role)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        palette = QGuiApplication.palette()
        if mode is QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, self._role)
        if state is QIcon.State.On:
            return palette.color(self._on_role)
        return palette.color(self._role)
