"""Text drawn onto tiles, in any script that the system has a font for. Main thread only."""

import math
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPainter,
    QPalette,
    QTextDocument,
    QTextOption,
)

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.shapes import Point, laid_over, qcolor
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect

LONGEST_TEXT = 10_000


class TextAlignment(Enum):
    """Where the lines of a text meet; the anchor is on that side."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class TextStyle:
    """An empty family means the system's; `size_pixels` is the height of the font."""

    family: str = ""
    size_pixels: int = 48
    alignment: TextAlignment = TextAlignment.LEFT
    is_bold: bool = False
    is_italic: bool = False


def draw_text(
    tiles: TileMap, text: str, style: TextStyle, color: Color, anchor: Point
) -> dict[TileKey, Tile | None]:
    """The edits that put the text onto color tiles; nothing is changed yet.

    `anchor` is on the base line of the first line: its left end, middle or right end.
    """
    setting = _Setting(text, style, anchor)
    edits: dict[TileKey, Tile | None] = {}
    for key in keys_over(setting.inked):
        sheet = setting.sheet(key, color)
        if not sheet.is_blank:
            edits[key] = laid_over(sheet, tiles.get(key), 1.0, tiles.format)
    return edits


def text_bounds(text: str, style: TextStyle, anchor: Point) -> Rect:
    """The box of the lines; one line high for an empty text."""
    return _Setting(text, style, anchor).box


class _Setting:
    """The text with its lines laid out, and where it goes."""

    def __init__(self, text: str, style: TextStyle, anchor: Point) -> None:
        document = self._document = QTextDocument()
        document.setUseDesignMetrics(True)
        document.setDocumentMargin(0)
        document.setDefaultFont(_font(style))
        option = QTextOption(_ALIGNMENTS[style.alignment])
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        # Left means left, in Hebrew, too: the anchor is a place on the canvas.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)
        document.setPlainText(text[:LONGEST_TEXT])
        width = math.ceil(document.idealWidth())
        document.setTextWidth(width)
        share = _SHARES[style.alignment]
        ascent = document.firstBlock().layout().lineAt(0).ascent()
        left, top = round(anchor[0] - width * share), round(anchor[1] - ascent)
        height = math.ceil(document.size().height())
        self.box = Rect(left, top, max(width, 1), max(height, 1))
        # Italics and accents reach out of their box.
        self.inked = self.box.expanded(style.size_pixels // 2 + 1) if text.strip() else EMPTY_RECT

    def sheet(self, key: TileKey, color: Color) -> Tile:
        """The part of the text on one tile."""
        place = tile_rect(key)
        sheet = Tile.blank(TileFormat.COLOR)
        painter = QPainter(sheet.image)
        painter.translate(QPointF(self.box.x - place.x, self.box.y - place.y))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, qcolor(color))
        context.clip = QRectF(place.x - self.box.x, place.y - self.box.y, place.width, place.height)
        self._document.documentLayout().draw(painter, context)
        painter.end()
        return sheet


def _font(style: TextStyle) -> QFont:
    font = QFont(style.family) if style.family else QFont()
    font.setPixelSize(max(1, style.size_pixels))
    font.setBold(style.is_bold)
    font.setItalic(style.is_italic)
    # Colored fringes are for screens; a picture is seen on any of them.
    font.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_ALIGNMENTS = {
    TextAlignment.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
    TextAlignment.CENTER: Qt.AlignmentFlag.AlignHCenter,
    TextAlignment.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
}
_SHARES = {TextAlignment.LEFT: 0.0, TextAlignment.CENTER: 0.5, TextAlignment.RIGHT: 1.0}
