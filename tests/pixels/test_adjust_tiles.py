"""Adjustments over tiles: the selection decides where, parts agree with the whole."""

import threading

import numpy as np
import pytest

from aipaint.pixels.adjust import Adjustment, BrightnessContrast, Invert, LevelRange, Levels
from aipaint.pixels.adjust_focus import GaussianBlur, Sharpen
from aipaint.pixels.adjust_tiles import adjusted, histogram
from aipaint.pixels.area import rectangle_area
from aipaint.pixels.open_area import OpenArea
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Progress

_AREA = Rect(-150, 90, 700, 600)


def _layer() -> TileMap:
    chance = np.random.default_rng(8)
    pixels = chance.integers(0, 256, (_AREA.height, _AREA.width, 4), np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return TileMap.from_pixels(pixels, _AREA.x, _AREA.y)


def _done(layer: TileMap, adjustment: Adjustment, selection: TileMap | None = None) -> TileMap:
    result = layer.copy()
    result.swap(adjusted(layer, adjustment, selection))
    return result


@pytest.mark.parametrize("adjustment", [GaussianBlur(3), GaussianBlur(30), Sharpen(80, 8.0)])
def test_tiles_meet_as_if_the_layer_were_one_array(adjustment: Adjustment) -> None:
    layer = _layer()
    view = _AREA.expanded(adjustment.margin)
    # Shrunken copies begin at multiples of their step.
    view = Rect.from_edges(-512, -256, 1024, 1024).united(view)
    view = Rect(view.x // 64 * 64, view.y // 64 * 64, view.width, view.height)
    whole = adjustment.apply(layer.read(view)).astype(int)
    assert np.abs(_done(layer, adjustment).read(view) - whole).max() <= 1


def test_a_blur_reaches_into_tiles_that_were_blank() -> None:
    layer = TileMap.from_pixels(np.full((256, 256, 4), 255, np.uint8))
    result = _done(layer, GaussianBlur(10))
    assert result.read(Rect(256, 100, 5, 1))[..., 3].min() > 0
    assert result.read(Rect(300, 100, 20, 1)).max() == 0


def test_outside_the_selection_no_byte_changes_and_half_is_half() -> None:
    layer = _layer()
    coverage = np.full((100, 100), 255, np.uint8)
    coverage[:, 50:] = 128
    selection = TileMap.from_pixels(coverage, 200, 200)
    result, before = _done(layer, Invert(), selection), layer.read(_AREA).astype(int)
    after, chosen = result.read(_AREA).astype(int), selection.read(_AREA)
    assert (after[chosen == 0] == before[chosen == 0]).all()
    inverted = Invert().apply(layer.read(_AREA)).astype(int)
    assert (after[chosen == 255] == inverted[chosen == 255]).all()
    half = (before * 127 + inverted * 128 + 127) // 255
    assert (after[chosen == 128] == half[chosen == 128]).all()
    assert (after[..., 3] == before[..., 3]).all()


def test_a_part_is_a_part_of_the_whole_and_nothing_is_nothing() -> None:
    layer = _layer()
    whole = adjusted(layer, GaussianBlur(4))
    part = adjusted(layer, GaussianBlur(4), within=Rect(0, 200, 10, 10))
    assert set(part) == {(0, 0)}
    tile, same = part[0, 0], whole[0, 0]
    assert tile is not None
    assert same is not None
    assert (tile.pixels == same.pixels).all()
    assert adjusted(layer, BrightnessContrast()) == {}


def test_it_can_be_given_up() -> None:
    stop = threading.Event()
    edits = adjusted(_layer(), Invert(), progress=Progress.until(stop, lambda _: stop.set()))
    assert len(edits) == 1


def test_a_histogram_counts_what_is_there() -> None:
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[:50] = (10, 20, 30, 255)
    counts = histogram(TileMap.from_pixels(pixels))
    assert counts.shape == (4, 256)
    assert [int(row.argmax()) for row in counts[1:]] == [30, 20, 10]
    assert counts.sum(axis=1) == pytest.approx([5000] * 4)
    selection = TileMap.from_pixels(np.full((10, 10), 255, np.uint8))
    assert histogram(TileMap.from_pixels(pixels), selection).sum() == pytest.approx(400)


@pytest.mark.parametrize("is_open", [False, True])
def test_a_mask_is_adjusted_like_a_gray_picture_within_the_area(is_open: bool) -> None:
    frame = Rect(0, 0, 400, 300)
    random = np.random.default_rng(7)
    tiles: TileMap = OpenArea() if is_open else TileMap(TileFormat.COVERAGE)
    values = random.integers(0, 256, (300, 400), np.uint8)
    tiles.swap(tiles.with_pixels(frame, values))
    around = Rect(-50, -50, 500, 400)
    before = tiles.read(around)
    levels = Levels(LevelRange(black=60, white=200))
    edits = adjusted(tiles, levels, rectangle_area(frame))
    tiles.swap(edits)
    expected = before.copy()
    part = frame.slices(around)
    expected[part] = levels.tables()[1][before[part]]
    assert (tiles.read(around) == expected).all()
    counts = histogram(tiles, rectangle_area(frame))
    assert (counts[0] == np.bincount(tiles.read(frame).ravel(), minlength=256)).all()
