"""`TextBar`: font, size, style and alignment of the text tool."""

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFontComboBox

from aipaint.pixels.text import TextAlignment, TextStyle
from aipaint.tools.text_tool import TextTool
from aipaint.tools.toolbox import Toolbox
from aipaint.ui.icons import draw_icon
from aipaint.ui.painting_bars.option_bar import OptionBar
from aipaint.ui.widgets.number_slider import NumberRange

_ALIGNMENTS = {
    TextAlignment.LEFT.value: ("text-align-start", "Lines begin at the place"),
    TextAlignment.CENTER.value: ("text-align-center", "Lines are centered on the place"),
    TextAlignment.RIGHT.value: ("text-align-end", "Lines end at the place"),
}


class TextBar(OptionBar):
    """Writes the toolbox; a text that is being typed follows at once."""

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__("textBar")
        self._toolbox = toolbox
        self.add_colors("textColor", toolbox.colors)
        self.family = _FontBox()
        self.family.setObjectName("textFontCombo")
        self.family.setAccessibleName("Font")
        self.family.setToolTip("Font")
        self.family.setMaximumWidth(220)
        self.family.currentFontChanged.connect(self._on_family)
        self.row.addWidget(self.family)
        sizes = NumberRange(4, 1000, " px", is_curved=True)
        self.size_ = self.add_number("textSize", "Size", sizes, self._on_size)
        self.size_.set_tool_tip("Height of the font")
        self.bold = self.add_check("textBold", "Bold", "Bold letters", self._on_bold)
        self.italic = self.add_check("textItalic", "Italic", "Slanted letters", self._on_italic)
        self.alignment = self.add_choice("textAlign", _ALIGNMENTS, self._on_alignment)
        self.row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        style = self._toolbox.painting.text
        self.family.blockSignals(True)
        self.family.setCurrentFont(QFont(style.family) if style.family else QFont())
        self.family.blockSignals(False)
        self.size_.set_value(style.size_pixels)
        self.bold.setChecked(style.is_bold)
        self.italic.setChecked(style.is_italic)
        self.alignment.show_choice(style.alignment.value)

    def _on_family(self, font: QFont) -> None:
        self._set(replace(self._toolbox.painting.text, family=font.family()))

    def _on_size(self, pixels: int) -> None:
        self._set(replace(self._toolbox.painting.text, size_pixels=pixels))

    def _on_bold(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.painting.text, is_bold=is_on))

    def _on_italic(self, is_on: bool) -> None:
        self._set(replace(self._toolbox.painting.text, is_italic=is_on))

    def _on_alignment(self, value: str) -> None:
        self._set(replace(self._toolbox.painting.text, alignment=TextAlignment(value)))

    def _set(self, style: TextStyle) -> None:
        self._toolbox.painting.text = style
        tool = self._toolbox.current
        if isinstance(tool, TextTool):
            tool.restyle()


class _FontBox(QFontComboBox):
    """With a chevron in the palette's color, as the other combo boxes have it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(self.width() - 22, (self.height() - 14) // 2, 14, 14)
        color = self.palette().color(QPalette.ColorRole.WindowText)
        draw_icon(painter, "chevron-down", place, color)
        painter.end()
