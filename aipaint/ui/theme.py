"""Our own look on Fusion: a dark and a light palette, one font, and a small style sheet."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from aipaint.ui.style_sheet import style_sheet
from aipaint.ui.theme_colors import DARK, LIGHT, ThemeColors

_FONT_FAMILY = "Inter"
_DISABLED_ROLES = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.BrightText,
    QPalette.ColorRole.HighlightedText,
)


class ThemeChoice(Enum):
    """What the user chose. The value is stored."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True)
class Theme:
    """A choice and the colors it came to."""

    choice: ThemeChoice
    colors: ThemeColors


def apply_theme(application: QApplication, choice: ThemeChoice) -> Theme:
    """Give the whole application palette, font and style sheet. Widgets repaint by themselves."""
    colors = _colors_of(application, choice)
    if application.style().name().lower() != "fusion":
        application.setStyle("Fusion")
    _apply_font(application)
    application.setPalette(palette_of(colors))
    application.setStyleSheet(style_sheet(colors))
    return Theme(choice, colors)


def palette_of(colors: ThemeColors) -> QPalette:
    """Every role set by hand: platforms without a theme would leave some of them light."""
    palette = QPalette()
    role = QPalette.ColorRole
    by_role = {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.base,
        role.AlternateBase: colors.panel,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.button,
        role.ButtonText: colors.text,
        role.BrightText: colors.on_accent,
        role.ToolTipBase: colors.tooltip,
        role.ToolTipText: colors.text,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Accent: colors.accent,
        role.Link: colors.link,
        role.LinkVisited: colors.link,
        role.Light: colors.hover,
        role.Midlight: colors.button,
        role.Mid: colors.groove,
        role.Dark: colors.line,
        role.Shadow: colors.line,
    }
    for which, value in by_role.items():
        palette.setColor(which, QColor(value))
    for which in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colors.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colors.hover))
    return palette


def _colors_of(application: QApplication, choice: ThemeChoice) -> ThemeColors:
    hints = application.styleHints()
    if choice is ThemeChoice.SYSTEM:
        hints.unsetColorScheme()
        # Bare X11 says "unknown"; painters are used to dark there.
        return LIGHT if hints.colorScheme() is Qt.ColorScheme.Light else DARK
    is_dark = choice is ThemeChoice.DARK
    # For the parts the platform draws: title bars, native dialogs.
    hints.setColorScheme(Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light)
    return DARK if is_dark else LIGHT


def _apply_font(application: QApplication) -> None:
    """Inter if it is installed, otherwise what the system uses; nothing is listed or loaded."""
    font = application.font()
    if font.families()[:1] == [_FONT_FAMILY]:
        return
    font.setFamilies([_FONT_FAMILY, *font.families()])
    font.setPointSizeF(10.0)
    application.setFont(font)
