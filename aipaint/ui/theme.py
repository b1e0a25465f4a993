"""Our own look on Fusion: a dark and a light palette, one font, and a small style sheet."""

from dataclasses import dataclass

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from aipaint.settings.paths import resource
from aipaint.ui.style_sheet import style_sheet
from aipaint.ui.theme_colors import ThemeColors
from aipaint.ui.theme_palette import ThemeChoice, apply_palette

_FONT_FAMILY = "Inter"


@dataclass(frozen=True)
class Theme:
    """A choice and the colors it came to."""

    choice: ThemeChoice
    colors: ThemeColors


def apply_theme(application: QApplication, choice: ThemeChoice) -> Theme:
    """Give the whole application palette, font and style sheet. Widgets repaint by themselves."""
    if application.style().name().lower() != "fusion":
        application.setStyle("Fusion")
    _apply_font(application)
    colors = apply_palette(application, choice)
    application.setStyleSheet(style_sheet(colors))
    return Theme(choice, colors)


def _apply_font(application: QApplication) -> None:
    """Inter, and what the system uses for letters that Inter does not have."""
    font = application.font()
    if font.families()[:1] == [_FONT_FAMILY]:
        return
    _load_fonts()
    font.setFamilies([_FONT_FAMILY, *font.families()])
    font.setPointSizeF(10.0)
    application.setFont(font)


def _load_fonts() -> None:
    """Inter comes with the program; a system that has it keeps its own."""
    if not QFontDatabase.hasFamily(_FONT_FAMILY):
        for path in sorted(resource("fonts").glob("*.otf")):
            QFontDatabase.addApplicationFont(str(path))
