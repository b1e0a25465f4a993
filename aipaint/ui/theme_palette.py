"""The palettes of the themes, set role by role; cheap enough for a window that is not built yet."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from aipaint.ui.theme_colors import DARK, LIGHT, ThemeColors

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


def apply_palette(application: QApplication, choice: ThemeChoice) -> ThemeColors:
    """Give the application its colors; returns those the choice came to."""
    colors = _colors_of(application, choice)
    application.setPalette(palette_of(colors))
    return colors


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
