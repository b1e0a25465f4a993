"""The stroke's sheet: wash and build-up, blocks without seams, selection and alpha lock."""

import numpy as np
import pytest

from aipaint.pixels.brush import Accumulation, Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey

_WHOLE = Rect(0, 0, TILE_SIZE, TILE_SIZE)
_COLOR = Color(200, 100, 50)


def _stroke(accumulation: Accumulation, *places: tuple[float, float], size: float = 40) -> Stroke:
    brush = Brush(size_pixels=size, hardness=0.4, flow=0.5, accumulation=accumulation)
    stroke = Stroke(brush, _COLOR, StrokeMode.PAINT, DabCache())
    stroke.add([Sample(x, y) for x, y in places])
    return stroke


def _alpha(stroke: Stroke, key: TileKey = (0, 0)) -> np.ndarray:
    tile = stroke.over(None, key, TileFormat.COLOR)
    return tile.pixels[..., 3].astype(int) if tile is not None else np.zeros((256, 256), int)


def test_wash_never_covers_more_than_one_dab_and_build_up_does() -> None:
    there_and_back = [(60.0, 128.0), (200.0, 128.0), (60.0, 128.0)]
    washed = _alpha(_stroke(Accumulation.WASH, *there_and_back))
    once = _alpha(_stroke(Accumulation.WASH, *there_and_back[:2]))
    built = _alpha(_stroke(Accumulation.BUILD_UP, *there_and_back))
    assert washed.max() == pytest.approx(128, abs=1)
    assert np.abs(washed - once).max() <= 8  # the way back may fall between the dabs of the first
    assert built.max() == 255


@pytest.mark.parametrize("accumulation", Accumulation)
def test_a_stroke_has_no_seams_where_it_crosses_blocks(accumulation: Accumulation) -> None:
    inside = _stroke(accumulation, (60, 60), (190, 200), size=70)
    # The corner of four blocks lies at (1024, 1024); moved by whole tiles and back again.
    across = _stroke(accumulation, (60 + 896, 60 + 896), (190 + 896, 200 + 896), size=70)
    whole = np.zeros((768, 768), int)
    for row in range(3):
        for column in range(3):
            part = slice(row * 256, row * 256 + 256), slice(column * 256, column * 256 + 256)
            whole[part] = _alpha(across, (row + 3, column + 3))
    assert (whole[128 : 128 + 256, 128 : 128 + 256] == _alpha(inside)).all()


def test_what_is_dirty_covers_all_that_changed_and_is_given_once() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, (30, 30))
    before = {key: _alpha(stroke, key) for key in stroke.touched()}
    assert set(stroke.take_dirty()) == set(before)
    stroke.add([Sample(700, 300)])
    dirty = stroke.take_dirty()
    assert not stroke.take_dirty()
    for key in stroke.touched():
        changed = _alpha(stroke, key) != before.get(key, 0)
        if key in dirty:
            changed[dirty[key].slices(_WHOLE)] = False
        assert not changed.any()
    assert len(dirty) < 3 * 2 + 2  # not the whole box of a slanted way


def _laid(
    stroke: Stroke,
    base: Pixels,
    key: tuple[int, int],
    part: Rect,
    *,
    selection: Pixels | None = None,
    keeps_alpha: bool = False,
) -> Pixels:
    laid = stroke.laid(base, key, part, selection=selection, keeps_alpha=keeps_alpha)
    assert laid is not None
    return laid


def test_a_selection_lets_through_by_its_share() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, (128, 128), (128, 129), size=300)
    selection = np.zeros((TILE_SIZE, TILE_SIZE), np.uint8)
    selection[:, 64:128] = 128
    selection[:, 128:] = 255
    blank = Tile.blank(TileFormat.COLOR).pixels
    free = _laid(stroke, blank, (0, 0), _WHOLE).copy()
    limited = _laid(stroke, blank, (0, 0), _WHOLE, selection=selection)
    expected = free * (selection[..., None] / 255)
    assert free[:, :64].any()
    assert np.abs(limited - expected).max() <= 1
    assert not limited[:, :64].any()


def test_a_kept_alpha_is_painted_inside_only() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, (128, 128))
    base = Tile.blank(TileFormat.COLOR)
    base.pixels[100:140, 100:140] = (0, 0, 0, 255)
    laid = _laid(stroke, base.pixels, (0, 0), _WHOLE, keeps_alpha=True)
    assert (laid[..., 3] == base.pixels[..., 3]).all()
    assert laid[128, 128, 2] > 80
    assert not laid[90, 128].any()


def test_a_part_is_laid_as_the_whole_is() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, (100, 90), (180, 150), size=130)
    chance = np.random.default_rng(1)
    base = chance.integers(0, 256, (TILE_SIZE, TILE_SIZE, 4)).astype(np.uint8)
    base[..., :3] = np.minimum(base[..., :3], base[..., 3:])
    whole = _laid(stroke, base, (0, 0), _WHOLE).copy()
    assert (whole != base).any()
    part = Rect(37, 11, 150, 201)
    rows, columns = part.slices(_WHOLE)
    assert (_laid(stroke, base[rows, columns], (0, 0), part) == whole[rows, columns]).all()


def test_a_mask_is_painted_in_bands_without_seams() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, (128, 128), (128, 129), size=400)
    mask = Tile.blank(TileFormat.COVERAGE).pixels
    alone = _laid(stroke, Tile.blank(TileFormat.COLOR).pixels, (0, 0), _WHOLE)[..., 3].astype(int)
    laid = _laid(stroke, mask, (0, 0), _WHOLE).astype(int)
    assert laid.min() > 0
    assert np.abs(laid - alone).max() <= 1


def test_the_color_of_a_stroke_is_the_color_asked_for() -> None:
    stroke = _stroke(Accumulation.BUILD_UP, *[(128.0, 128.0), (128.0, 140.0)] * 20)
    tile = stroke.over(None, (0, 0), TileFormat.COLOR)
    assert tile is not None
    assert tuple(tile.pixels[134, 128]) == pytest.approx((50, 100, 200, 255), abs=1)
