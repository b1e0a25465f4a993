"""Color picker, clone stamp and pencil through the pointer."""

import numpy as np
import pytest

from aipaint.document.layer import Layer, LayerStyle
from aipaint.pixels.brush import Color
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.overlay import OverlayCross, OverlaySwatch
from aipaint.tools.painting_options import CloneOptions, PickerOptions
from tests.tools.studio import FRAME, Studio, plain


def _two_layers() -> Studio:
    """Red below, half green half nothing above; the lower one is active."""
    top = plain(0, 255, 0)
    top[:, 200:] = 0
    return Studio(plain(0, 0, 255), Layer(LayerStyle("Top"), TileMap.from_pixels(top)))


def test_the_picker_takes_what_the_eye_sees_or_what_the_layer_holds() -> None:
    studio = _two_layers()
    studio.choose("picker")
    studio.drag((50, 50))
    assert studio.toolbox.color == Color(0, 255, 0)
    studio.toolbox.painting.picker = PickerOptions(samples_all=False)
    studio.drag((50, 50))
    assert studio.toolbox.color == Color(255, 0, 0)
    assert studio.labels() == []


def test_ctrl_takes_the_background_color_and_a_square_its_mean() -> None:
    studio = _two_layers()
    studio.choose("picker")
    before = studio.toolbox.color
    studio.toolbox.painting.picker = PickerOptions(side_pixels=2)
    studio.drag((200, 50), has_control=True)
    assert studio.toolbox.color == before
    assert studio.toolbox.colors.background == Color(128, 128, 0)


def test_the_picker_shows_a_swatch_and_esc_brings_the_old_color_back() -> None:
    studio = _two_layers()
    studio.choose("picker")
    before = studio.toolbox.color
    studio.hold((50, 50), (300, 50))
    (swatch,) = studio.toolbox.current.overlay()
    assert swatch == OverlaySwatch(300, 50, Color(255, 0, 0), before)
    studio.toolbox.current.cancel()
    assert studio.toolbox.color == before
    assert studio.toolbox.current.overlay() == ()


def test_where_nothing_is_painted_the_color_stays() -> None:
    studio = Studio()
    studio.choose("picker")
    before = studio.toolbox.color
    studio.drag((50, 50))
    assert studio.toolbox.color == before


@pytest.mark.parametrize("tool_id", ["pencil", "fill", "gradient"])
def test_tools_that_paint_with_the_color_let_alt_pick_it(tool_id: str) -> None:
    studio = Studio()
    assert studio.choose(tool_id).picks_with_alt
    assert not studio.choose("clone").picks_with_alt
    assert not studio.choose("rectangle").picks_with_alt


def _spotted() -> np.ndarray:
    chance = np.random.default_rng(5)
    pixels = chance.integers(0, 256, (FRAME.height, FRAME.width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    return pixels


def _clone(**options: bool) -> Studio:
    studio = Studio(_spotted())
    studio.toolbox.painting.clone = CloneOptions(**options)
    studio.choose("clone")
    return studio


def test_the_stamp_puts_the_source_under_the_brush_exactly() -> None:
    studio = _clone()
    studio.drag((80, 100), has_alt=True)
    studio.drag((250, 150), (280, 150))
    spot = Rect(245, 145, 40, 10)
    assert (studio.pixels(spot) == _spotted()[95:105, 75:115]).all()
    assert studio.labels() == ["Clone"]


def test_aligned_keeps_the_distance_and_otherwise_each_stroke_starts_at_the_source() -> None:
    aligned, fresh = _clone(is_aligned=True), _clone(is_aligned=False)
    for studio in (aligned, fresh):
        studio.drag((80, 100), has_alt=True)
        studio.drag((250, 150))
        studio.drag((300, 200))
    spot = Rect(295, 195, 10, 10)
    assert (aligned.pixels(spot) == _spotted()[145:155, 125:135]).all()
    assert (fresh.pixels(spot) == _spotted()[95:105, 75:85]).all()


def test_a_stroke_does_not_copy_its_own_paint() -> None:
    studio = _clone()
    studio.drag((100, 100), has_alt=True)
    studio.drag((120, 100), (300, 100))
    assert (studio.pixels(Rect(295, 95, 10, 10)) == _spotted()[95:105, 275:285]).all()


def test_the_stamp_can_take_from_all_layers() -> None:
    studio = _two_layers()
    studio.toolbox.painting.clone = CloneOptions(samples_all=True)
    studio.choose("clone")
    studio.drag((50, 50), has_alt=True)
    studio.drag((300, 150))
    assert tuple(studio.pixels()[150, 300]) == (0, 255, 0, 255)


def test_without_a_source_the_user_is_told_how_to_set_one() -> None:
    studio = _clone()
    studio.drag((250, 150), (280, 150))
    assert studio.labels() == []
    assert "Alt" in studio.told[-1]
    studio.drag((80, 100), has_alt=True)
    assert studio.toolbox.current.overlay() == (OverlayCross(80, 100),)


def test_clone_and_smudge_say_that_a_layer_mask_has_no_colors() -> None:
    studio = Studio(_spotted())
    from aipaint.document.layer import LayerMask
    from aipaint.pixels.area import rectangle_area

    studio.layer.mask = LayerMask(rectangle_area(FRAME))
    studio.picture.is_mask_active = True
    studio.choose("smudge")
    studio.drag((50, 50), (100, 100))
    assert studio.labels() == []
    assert "mask" in studio.told[-1]
    studio.choose("fill")
    studio.drag((50, 50))
    studio.choose("rectangle")
    studio.drag((50, 50), (100, 100))
    assert (studio.pixels() == _spotted()).all()


def test_the_pencil_draws_straight_from_where_it_ended_with_shift() -> None:
    studio = Studio()
    studio.toolbox.colors.foreground = Color(0, 0, 0)
    studio.choose("pencil")
    studio.drag((50, 50))
    studio.drag((250, 150), has_shift=True)
    alpha = studio.pixels()[..., 3]
    assert set(np.unique(alpha)) == {0, 255}
    assert alpha[100, 150] == 255
    assert len(studio.labels()) == 2


def test_the_other_end_of_the_pen_erases() -> None:
    studio = Studio(plain(9, 9, 9))
    studio.choose("pencil")
    studio.drag((50, 50), (100, 50), is_eraser_tip=True)
    assert studio.pixels()[50, 70, 3] == 0


def test_each_tool_keeps_its_own_brush() -> None:
    studio = Studio()
    size = studio.toolbox.brush.size_pixels
    studio.choose("pencil")
    from dataclasses import replace

    studio.toolbox.set_brush(replace(studio.toolbox.current_brush(), size_pixels=7.0))
    assert studio.toolbox.current.cursor_diameter == 7
    studio.choose("brush")
    assert studio.toolbox.current_brush().size_pixels == size
    studio.choose("pencil")
    assert studio.toolbox.current_brush().size_pixels == 7
