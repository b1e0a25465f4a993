"""Both themes can be read; the application takes them on and off."""

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from aipaint.ui.style_sheet import style_sheet
from aipaint.ui.theme import apply_theme
from aipaint.ui.theme_colors import DARK, LIGHT, ThemeColors
from aipaint.ui.theme_palette import ThemeChoice, palette_of

_THEMES = pytest.mark.parametrize("colors", [DARK, LIGHT], ids=["dark", "light"])


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's ratio, 1..21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_known_for_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@_THEMES
@pytest.mark.parametrize("ground", ["window", "panel", "base"])
@pytest.mark.parametrize("ink", ["text", "muted", "link", "success", "warning", "danger"])
def test_text_is_readable_on_every_ground(colors: ThemeColors, ground: str, ink: str) -> None:
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


@_THEMES
def test_text_is_readable_on_buttons_selections_and_the_accent(colors: ThemeColors) -> None:
    for accent in (colors.accent, colors.accent_hover, colors.accent_pressed):
        assert contrast(colors.on_accent, accent) >= 4.5
    for ground in (colors.button, colors.hover, colors.selection, colors.tooltip):
        assert contrast(colors.text, ground) >= 4.5


@_THEMES
@pytest.mark.parametrize("ground", ["window", "panel", "base"])
def test_outlines_and_the_focus_ring_can_be_seen(colors: ThemeColors, ground: str) -> None:
    assert contrast(colors.control, getattr(colors, ground)) >= 3
    assert contrast(colors.focus, getattr(colors, ground)) >= 3


@_THEMES
def test_the_surround_of_the_picture_is_neutral(colors: ThemeColors) -> None:
    red, green, blue = (colors.surround[at : at + 2] for at in (1, 3, 5))
    assert red == green == blue


@_THEMES
def test_the_style_sheet_uses_colors_of_the_theme_only(colors: ThemeColors) -> None:
    known = {value for value in vars(colors).values() if isinstance(value, str)}
    assert set(re.findall(r"#[0-9a-f]{6}\b", style_sheet(colors))) <= known


def test_disabled_text_looks_different() -> None:
    palette = palette_of(DARK)
    role = QPalette.ColorRole.ButtonText
    assert palette.color(QPalette.ColorGroup.Disabled, role) != palette.color(
        QPalette.ColorGroup.Active, role
    )


def test_a_choice_dresses_the_application(qapp: QApplication) -> None:
    assert apply_theme(qapp, ThemeChoice.LIGHT).colors is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    assert apply_theme(qapp, ThemeChoice.DARK).colors is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert qapp.font().families()[0] == "Inter"


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_buttons_of_dialogs_have_words_and_no_pictures_of_the_desktop(
    qtbot: QtBot, qapp: QApplication, choice: ThemeChoice
) -> None:
    apply_theme(qapp, choice)
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Save | kinds.Discard)
    qtbot.addWidget(box)
    box.show()
    assert [button.text() for button in box.buttons() if not button.icon().isNull()] == []
