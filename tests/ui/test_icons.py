"""Icons are Lucide's own shapes and follow the palette."""

import re

import lucide  # type: ignore[import-untyped]
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from aipaint.ui.icon_shapes import ICON_SHAPES
from aipaint.ui.icons import icon
from aipaint.ui.theme import apply_theme
from aipaint.ui.theme_colors import DARK, LIGHT
from aipaint.ui.theme_palette import ThemeChoice


def _darkest_ink(made: QIcon, mode: QIcon.Mode, state: QIcon.State) -> str:
    """The color of the most opaque pixel."""
    image = made.pixmap(QSize(48, 48), 1.0, mode, state).toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(pixels, key=QColor.alpha).name()


@pytest.mark.parametrize("name", sorted(ICON_SHAPES))
def test_every_shape_is_the_one_of_the_package(name: str) -> None:
    shape = re.search(r"<svg[^>]*>(.*)</svg>", lucide.lucide_icon(name), re.DOTALL)
    assert shape is not None
    plain = "".join(line.strip() for line in shape.group(1).splitlines())
    assert plain.replace(" />", "/>").replace('"', "'") == ICON_SHAPES[name]


def test_an_unknown_name_is_a_bug() -> None:
    with pytest.raises(KeyError):
        icon("no such icon")


def test_icons_follow_theme_and_state(qapp: QApplication) -> None:
    brush = icon("brush")
    apply_theme(qapp, ThemeChoice.DARK)
    assert _darkest_ink(brush, QIcon.Mode.Normal, QIcon.State.Off) == DARK.text
    assert _darkest_ink(brush, QIcon.Mode.Disabled, QIcon.State.Off) == DARK.disabled
    assert _darkest_ink(brush, QIcon.Mode.Normal, QIcon.State.On) == DARK.on_accent
    apply_theme(qapp, ThemeChoice.LIGHT)
    assert _darkest_ink(brush, QIcon.Mode.Normal, QIcon.State.Off) == LIGHT.text
    fold = icon("chevron-up", on_role=QPalette.ColorRole.WindowText)
    assert _darkest_ink(fold, QIcon.Mode.Normal, QIcon.State.On) == LIGHT.text
    white = icon("check", QPalette.ColorRole.BrightText)
    assert _darkest_ink(white, QIcon.Mode.Normal, QIcon.State.Off) == LIGHT.on_accent


def test_an_icon_is_drawn_at_the_size_asked_for(qapp: QApplication) -> None:
    large = icon("brush").pixmap(QSize(24, 24), 2.0)
    assert large.size() == QSize(48, 48)
    assert large.devicePixelRatio() == 2.0
