"""Lines, rectangles, ellipses and polygons through the pointer."""

import numpy as np
import pytest

from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.tools.overlay import OverlayLabel, OverlayPath
from aipaint.tools.painting_options import ShapeLook, ShapeOptions
from aipaint.tools.pointer_event import PointerEvent
from tests.tools.studio import FRAME, Studio

_INK, _GROUND = Color(255, 0, 0), Color(0, 0, 255)


def _studio(tool_id: str, look: ShapeLook = ShapeLook.FILLED, width: float = 4) -> Studio:
    studio = Studio()
    studio.toolbox.colors.foreground, studio.toolbox.colors.background = _INK, _GROUND
    studio.toolbox.painting.shape = ShapeOptions(look, width)
    studio.choose(tool_id)
    return studio


def test_a_filled_rectangle_is_sharp_wherever_the_hand_trembles() -> None:
    studio = _studio("rectangle")
    studio.drag((20.3, 30.4), (119.8, 80.6))
    assert studio.layer.tiles.bounds() == Rect(20, 30, 100, 51)
    assert set(np.unique(studio.pixels()[..., 3])) == {0, 255}


@pytest.mark.parametrize("width", [1, 2, 5])
def test_an_outlined_rectangle_has_sharp_edges_of_the_width(width: int) -> None:
    studio = _studio("rectangle", ShapeLook.OUTLINE, width)
    studio.drag((50.2, 50.1), (150, 120))
    alpha = studio.pixels()[..., 3]
    assert set(np.unique(alpha)) == {0, 255}
    assert (alpha[:, 100] == 255).sum() == 2 * width
    assert alpha[85, 100] == 0


def test_outline_and_fill_take_foreground_and_background() -> None:
    studio = _studio("ellipse", ShapeLook.BOTH, 10)
    studio.drag((50, 50), (250, 150))
    view = studio.pixels()
    assert tuple(view[100, 150]) == (255, 0, 0, 255)
    assert tuple(view[100, 50]) == (0, 0, 255, 255)


def test_shift_makes_squares_and_alt_draws_from_the_center() -> None:
    studio = _studio("rectangle")
    studio.drag((100, 100), (160, 120), has_shift=True)
    assert studio.layer.tiles.bounds() == Rect(100, 100, 60, 60)
    studio = _studio("ellipse")
    studio.drag((100, 100), (160, 120), has_alt=True)
    assert studio.layer.tiles.bounds() == Rect(40, 80, 120, 40)


def test_a_line_with_shift_is_level() -> None:
    studio = _studio("line", width=6)
    studio.drag((50, 100), (200, 115), has_shift=True)
    bounds = studio.layer.tiles.bounds()
    assert (bounds.y, bounds.height) == (97, 6)


def test_while_dragging_back_nothing_of_the_larger_shape_stays() -> None:
    studio = _studio("rectangle")
    studio.hold((10, 10), (390, 290), (60, 50))
    assert studio.layer.tiles.bounds() == Rect(10, 10, 50, 40)
    studio.toolbox.current.release()
    assert studio.layer.tiles.bounds() == Rect(10, 10, 50, 40)


def test_a_click_without_a_drag_draws_nothing() -> None:
    for tool_id in ("line", "rectangle", "ellipse"):
        studio = _studio(tool_id)
        studio.drag((100, 100))
        assert studio.labels() == []
        assert len(studio.layer.tiles) == 0


def test_a_huge_shape_shows_its_outline_and_is_drawn_when_the_button_goes_up() -> None:
    studio = _studio("rectangle")
    studio.hold((0, 0), (5000, 4000))
    assert len(studio.layer.tiles) == 0
    outline, _ = studio.toolbox.current.overlay()
    assert isinstance(outline, OverlayPath)
    assert (5000, 4000) in outline.points
    studio.toolbox.current.release()
    assert studio.layer.tiles.bounds() == Rect(0, 0, 5000, 4000)
    assert studio.labels() == ["Rectangle"]
    assert studio.toolbox.current.overlay() == ()
    studio.document.undo()
    assert len(studio.layer.tiles) == 0


def _click(studio: Studio, x: float, y: float, **keys: bool) -> None:
    studio.drag((x, y), **keys)


def test_a_polygon_follows_its_corners_and_closes_on_the_first() -> None:
    studio = _studio("polygon")
    for corner in ((50, 50), (250, 50), (250, 200), (50, 200)):
        _click(studio, *corner)
    assert len(studio.layer.tiles) == 0
    _click(studio, 52, 51)
    assert studio.layer.tiles.bounds() == Rect(50, 50, 200, 150)
    assert studio.labels() == ["Polygon"]
    assert not studio.toolbox.current.is_busy


def test_a_polygon_shows_its_corners_and_where_the_next_side_would_go() -> None:
    studio = _studio("polygon")
    _click(studio, 50, 50)
    _click(studio, 100, 50)
    studio.toolbox.current.hover(PointerEvent(120, 90))
    path = studio.toolbox.current.overlay()[0]
    assert isinstance(path, OverlayPath)
    assert path.points == ((50, 50), (100, 50), (120, 90))


def test_backspace_takes_corners_back_and_esc_all_of_them() -> None:
    studio = _studio("polygon")
    tool = studio.toolbox.current
    for corner in ((50, 50), (250, 50), (300, 299), (250, 200)):
        _click(studio, *corner)
    assert tool.step_back()
    assert tool.step_back()
    _click(studio, 150, 150)
    tool.confirm()
    assert studio.layer.tiles.bounds() == Rect(50, 50, 200, 100)
    _click(studio, 10, 10)
    tool.cancel()
    assert not tool.is_busy
    assert not tool.step_back()
    assert len(studio.labels()) == 1


def test_a_double_click_sets_one_corner_and_shift_keeps_sides_straight() -> None:
    studio = _studio("polygon", ShapeLook.OUTLINE, 2)
    _click(studio, 50, 50)
    _click(studio, 150, 62, has_shift=True)
    _click(studio, 150, 50)
    studio.toolbox.current.confirm()
    bounds = studio.layer.tiles.bounds()
    assert (bounds.y, bounds.height) == (49, 2)


def test_a_shape_can_lie_anywhere_on_the_endless_canvas() -> None:
    studio = _studio("rectangle")
    studio.drag((-700, -900), (-600, -850))
    assert studio.layer.tiles.bounds() == Rect(-700, -900, 100, 50)
    assert FRAME.intersected(studio.layer.tiles.bounds()).is_empty


@pytest.mark.parametrize("in_one_frame", [True, False])
def test_space_takes_the_shape_along_however_many_moves_a_frame_brings(in_one_frame: bool) -> None:
    studio = _studio("rectangle")
    tool = studio.toolbox.current
    tool.press(PointerEvent(20, 30))
    for x, y, has_space in ((80, 70, False), (110, 90, True), (150, 120, True), (170, 130, False)):
        tool.move(PointerEvent(x, y, has_space=has_space))
        if not in_one_frame:
            tool.tick()
    tool.release()
    assert studio.layer.tiles.bounds() == Rect(90, 80, 80, 50)


@pytest.mark.parametrize(
    ("tool_id", "keys", "text"),
    [
        ("rectangle", {}, "60 × 30 px"),
        ("ellipse", {"has_alt": True}, "120 × 60 px"),
        ("rectangle", {"has_shift": True}, "60 × 60 px"),
        ("line", {}, "67 px, 333°"),
    ],
)
def test_how_large_it_is_stands_beside_the_pointer(
    tool_id: str, keys: dict[str, bool], text: str
) -> None:
    studio = _studio(tool_id)
    studio.hold((100, 100), (160, 130), **keys)
    labels = [one for one in studio.toolbox.overlay() if isinstance(one, OverlayLabel)]
    assert [(one.x, one.y, one.text) for one in labels] == [(160, 130, text)]
    studio.toolbox.current.release()
    assert studio.toolbox.overlay() == ()
