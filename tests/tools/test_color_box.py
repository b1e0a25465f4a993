"""Foreground, background, recent colors."""

from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.brush import Color
from aipaint.tools.color_box import RECENT_LIMIT, ColorBox
from tests.tools.studio import Studio

_RED, _BLUE = Color(255, 0, 0), Color(0, 0, 255)
_COLORS = st.builds(Color, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))


def test_swap_and_defaults() -> None:
    box = ColorBox()
    box.foreground, box.background = _RED, _BLUE
    box.swap()
    assert (box.foreground, box.background) == (_BLUE, _RED)
    box.reset()
    assert (box.foreground, box.background) == (Color(0, 0, 0), Color(255, 255, 255))


def test_watchers_are_told_of_changes_only() -> None:
    box, calls = ColorBox(), []
    box.watch(lambda: calls.append(box.foreground))
    box.foreground = _RED
    box.foreground = _RED
    box.note_use(_RED)
    box.note_use(_RED)
    assert calls == [_RED, _RED]


@given(st.lists(_COLORS, max_size=60))
def test_recent_colors_are_the_last_ones_each_once_newest_first(used: list[Color]) -> None:
    box = ColorBox()
    for color in used:
        box.note_use(color)
    expected = list(dict.fromkeys(reversed(used)))[:RECENT_LIMIT]
    assert list(box.recent) == expected


def test_the_toolbox_color_is_the_foreground() -> None:
    box = ColorBox()
    box.recall([_RED, _BLUE, _RED])
    assert box.recent == (_RED, _BLUE)


def test_a_brush_stroke_is_a_use_and_erasing_is_none() -> None:
    studio = Studio()
    studio.toolbox.colors.foreground = _RED
    studio.choose("eraser")
    studio.drag((50, 50), (90, 90))
    assert not studio.toolbox.colors.recent
    studio.choose("brush")
    studio.drag((50, 50), (90, 90))
    assert studio.toolbox.colors.recent == (_RED,)
