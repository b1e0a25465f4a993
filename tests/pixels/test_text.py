"""Text on tiles: there, in its color, on its anchor, in any script, without seams."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.text import TextAlignment, TextStyle, draw_text, text_bounds
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap

_INK = Color(200, 30, 60)


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    """Fonts need an application."""
    del qtbot


def _written(text: str, style: TextStyle, anchor: tuple[float, float]) -> TileMap:
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap(draw_text(tiles, text, style, _INK, anchor))
    return tiles


@pytest.mark.parametrize("text", ["Hello", "Grüße", "שלום", "مرحبا", "你好", "नमस्ते", "🙂 ok"])
def test_every_script_leaves_ink_inside_its_box(text: str) -> None:
    style = TextStyle(size_pixels=40)
    tiles = _written(text, style, (100, 100))
    assert tiles.bounds().area > 0
    assert text_bounds(text, style, (100, 100)).expanded(21).contains(tiles.bounds())


def test_the_ink_has_the_color_and_no_colored_fringes() -> None:
    tiles = _written("Hamburg", TextStyle(size_pixels=60, is_bold=True), (20, 80))
    view = tiles.read(Rect(0, 0, 400, 120)).astype(int)
    assert view[..., 3].max() == 255
    alpha = view[..., 3]
    for channel, part in enumerate((_INK.blue, _INK.green, _INK.red)):
        assert np.abs(view[..., channel] - alpha * part / 255).max() <= 2


def test_text_has_no_seams_where_it_crosses_tiles() -> None:
    style = TextStyle(size_pixels=64)
    inside = _written("Tiles", style, (20, 90)).read(Rect(0, 0, 250, 130))
    across = _written("Tiles", style, (-80, 30)).read(Rect(-100, -60, 250, 130))
    assert (inside == across).all()


@pytest.mark.parametrize(
    ("alignment", "edge"),
    [(TextAlignment.LEFT, 0.0), (TextAlignment.CENTER, 0.5), (TextAlignment.RIGHT, 1.0)],
)
def test_the_anchor_is_on_the_side_of_the_alignment(alignment: TextAlignment, edge: float) -> None:
    style = TextStyle(size_pixels=32, alignment=alignment)
    box = text_bounds("two lines\nand more of it", style, (300, 200))
    assert box.x + box.width * edge == pytest.approx(300, abs=1)
    assert box.height > 2 * 32 * 0.9


def test_the_lines_stand_on_the_anchor() -> None:
    bounds = _written("HH", TextStyle(size_pixels=50), (50, 100)).bounds()
    assert bounds.bottom == pytest.approx(100, abs=1)


def test_nothing_is_written_for_nothing() -> None:
    assert len(_written("", TextStyle(), (0, 0))) == 0
    assert len(_written(" \n ", TextStyle(), (0, 0))) == 0
