"""The bucket through a click."""

import numpy as np
import pytest

from aipaint.document.layer import Layer, LayerMask, LayerStyle
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.brush import Color
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.painting_options import FillOptions
from tests.tools.studio import FRAME, Studio, plain

_INK = Color(255, 0, 0)
_RED = (0, 0, 255, 255)


def _studio(*more: Layer, pixels: np.ndarray | None = None, **options: object) -> Studio:
    studio = Studio(pixels, *more)
    studio.toolbox.colors.foreground = _INK
    studio.choose("fill")
    studio.toolbox.painting.fill = FillOptions(**{"is_smooth": False, **options})  # type: ignore[arg-type]
    return studio


def _walls(gap: int = 0) -> np.ndarray:
    """White with a black box from (100, 100) to (200, 200), open by `gap` pixels at the top."""
    pixels = plain(255, 255, 255)
    pixels[100:201, 100:201] = (0, 0, 0, 255)
    pixels[103:198, 103:198] = 255
    if gap:
        pixels[100:103, 140 : 140 + gap] = 255
    return pixels


def _is_red(studio: Studio) -> np.ndarray:
    is_red: np.ndarray = (studio.pixels() == _RED).all(axis=2)
    return is_red


def test_a_click_in_a_box_fills_the_box() -> None:
    studio = _studio(pixels=_walls())
    studio.drag((150, 150))
    red = _is_red(studio)
    assert red[103:198, 103:198].all()
    assert red.sum() == 95 * 95
    assert studio.labels() == ["Fill"]


def test_a_gap_is_closed_only_when_asked() -> None:
    leaking, tight = _studio(pixels=_walls(6)), _studio(pixels=_walls(6), gap_pixels=10)
    for studio in (leaking, tight):
        studio.drag((150, 150))
    assert _is_red(leaking)[20, 20]
    assert not _is_red(tight)[20, 20]
    assert _is_red(tight)[103:198, 103:198].mean() > 0.99


def test_not_contiguous_fills_everything_alike() -> None:
    studio = _studio(pixels=_walls(), is_contiguous=False)
    studio.drag((150, 150))
    assert _is_red(studio).sum() == (_walls() == 255).all(axis=2).sum()


def test_tolerance_says_what_is_alike() -> None:
    pixels = plain(100, 100, 100)
    pixels[:, 200:] = (120, 120, 120, 255)
    for tolerance, width in ((10, 200), (25, 400)):
        studio = _studio(pixels=pixels, tolerance=tolerance)
        studio.drag((50, 50))
        assert _is_red(studio).sum() == width * 300


def test_growing_reaches_under_the_lines_and_smoothing_softens() -> None:
    grown = _studio(pixels=_walls(), grow_pixels=2)
    grown.drag((150, 150))
    assert _is_red(grown)[150, 101:200].all()
    soft = _studio(pixels=_walls(), is_smooth=True)
    soft.drag((150, 150))
    # Into the line, and nothing of the ground shines through along it.
    assert 0 < soft.pixels()[150, 102, 2] < 255
    assert (soft.pixels()[150, 103:198] == _RED).all()


@pytest.mark.parametrize(("samples_all", "is_walled"), [(True, True), (False, False)])
def test_it_looks_at_the_whole_picture_or_at_its_own_layer(
    samples_all: bool, is_walled: bool
) -> None:
    lines = Layer(LayerStyle("Lines"), TileMap.from_pixels(_walls()))
    studio = _studio(lines, samples_all=samples_all)
    studio.drag((150, 150))
    assert bool(_is_red(studio).sum() == 95 * 95) == is_walled
    assert (lines.tiles.read(FRAME) == _walls()).all()


def test_an_empty_layer_is_filled_up_to_the_frame_and_no_farther() -> None:
    studio = _studio()
    studio.drag((5, 5))
    assert studio.layer.tiles.bounds() == FRAME


def test_the_mask_is_filled_when_masking() -> None:
    studio = _studio(pixels=_walls(), fills_mask=True)
    studio.drag((150, 150))
    assert (studio.pixels() == _walls()).all()
    assert studio.picture.mask.bounds() == Rect(103, 103, 95, 95)
    assert studio.labels() == ["Fill mask"]
    studio.document.undo()
    assert len(studio.picture.mask) == 0


def test_a_selection_is_a_wall_and_a_click_beside_it_is_answered() -> None:
    studio = _studio()
    studio.select(Rect(50, 60, 70, 80))
    studio.drag((10, 10))
    assert studio.labels() == []
    assert "selection" in studio.told[-1]
    studio.drag((60, 70))
    assert studio.layer.tiles.bounds() == Rect(50, 60, 70, 80)


def test_outside_of_everything_the_user_is_told() -> None:
    studio = _studio(pixels=_walls())
    studio.drag((-500, -500))
    assert studio.labels() == []
    assert "frame" in studio.told[-1]


def test_opacity_lets_the_paint_shine_through() -> None:
    studio = _studio(opacity=0.5)
    studio.drag((5, 5))
    assert set(np.unique(studio.pixels()[..., 3])) <= {127, 128}


def test_masking_stays_masking_when_the_bucket_is_taken() -> None:
    studio = _studio()
    studio.choose("mask")
    studio.choose("fill")
    assert studio.toolbox.painting.fill.fills_mask
    studio.choose("brush")
    studio.choose("fill")
    assert not studio.toolbox.painting.fill.fills_mask


def _masked_studio(mask: TileMap, **options: object) -> Studio:
    studio = _studio(pixels=_walls(), **options)
    studio.layer.mask = LayerMask(mask)
    studio.document.set_active_layer(studio.layer.id, is_mask_active=True)
    return studio


def test_the_right_button_hides_on_a_mask_that_reveals_everything() -> None:
    studio = _masked_studio(OpenArea())
    assert studio.toolbox.current.takes_secondary
    studio.drag((150, 150), is_secondary=True)
    mask = studio.layer.mask
    assert mask is not None
    assert mask.tiles.read(Rect(103, 103, 95, 95)).max() == 0
    assert mask.tiles.read(Rect(0, 0, 103, 300)).min() == 255
    assert (studio.pixels() == _walls()).all()
    assert studio.labels() == ["Clear mask"]
    studio.document.undo()
    assert mask.tiles.read(FRAME).min() == 255


def test_this_layer_alone_means_the_mask_itself_while_it_is_painted_on() -> None:
    """The walls are in the layer's picture: the mask has none, but a block of its own."""
    studio = _masked_studio(rectangle_area(Rect(0, 0, 50, 300)), samples_all=False)
    studio.drag((20, 20), is_secondary=True)
    mask = studio.layer.mask
    assert mask is not None
    assert mask.tiles.read(FRAME).max() == 0
    studio.drag((150, 150))
    assert mask.tiles.read(FRAME).min() == 255


def test_on_a_layer_the_right_button_is_nothing_and_the_pens_other_end_clears() -> None:
    studio = _studio(pixels=_walls())
    assert not studio.toolbox.current.takes_secondary
    studio.drag((150, 150), is_eraser_tip=True)
    assert studio.pixels()[150, 150, 3] == 0
    assert studio.pixels()[20, 20, 3] == 255
    assert len(studio.toolbox.colors.recent) == 0
