"""Pixels lifted off a layer and put down: nothing is lost, nothing else changes."""

import numpy as np

from aipaint.pixels.floating import Floating
from aipaint.pixels.homography import Homography
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.transform import Warp

_VIEW = Rect(-100, -100, 900, 700)


def _layer() -> TileMap:
    chance = np.random.default_rng(5)
    pixels = chance.integers(0, 256, (400, 500, 4), np.uint8)
    pixels[..., 3] = 255
    return TileMap.from_pixels(pixels, 30, 40)


def _selection(rect: Rect, value: int = 255) -> TileMap:
    pixels = np.full((rect.height, rect.width), value, np.uint8)
    return TileMap.from_pixels(pixels, rect.x, rect.y)


def _placed(layer: TileMap, floating: Floating, homography: Homography) -> TileMap:
    result = layer.copy()
    result.swap(floating.placed(Warp(homography)))
    return result


def test_put_down_where_it_was_nothing_changes() -> None:
    layer = _layer()
    for selection in (None, _selection(Rect(100, 100, 200, 150))):
        floating = Floating.lift(layer, selection)
        result = _placed(layer, floating, Homography.identity())
        assert (result.read(_VIEW) == layer.read(_VIEW)).all()


def test_selected_pixels_move_and_leave_a_hole() -> None:
    layer, chosen = _layer(), Rect(100, 100, 200, 150)
    before = layer.read(_VIEW)
    result = _placed(
        layer, Floating.lift(layer, _selection(chosen)), Homography.move(250, -30)
    ).read(_VIEW)
    target = chosen.translated(250, -30)
    assert (result[target.slices(_VIEW)] == before[chosen.slices(_VIEW)]).all()
    expected = before.copy()
    expected[chosen.slices(_VIEW)] = 0
    expected[target.slices(_VIEW)] = before[chosen.slices(_VIEW)]
    assert (result == expected).all()


def test_a_half_selected_pixel_leaves_its_half() -> None:
    layer, chosen = _layer(), Rect(100, 100, 10, 10)
    floating = Floating.lift(layer, _selection(chosen, 128))
    assert (floating.lifted.read(chosen)[..., 3] == 128).all()
    assert (floating.left.read(chosen)[..., 3] == 127).all()


def test_over_what_is_there_the_moved_pixels_win_and_soft_ones_mix() -> None:
    pixels = np.zeros((50, 100, 4), np.uint8)
    pixels[:, :50] = (0, 0, 255, 255)
    pixels[:, 50:] = (0, 64, 0, 128)
    layer = TileMap.from_pixels(pixels)
    floating = Floating.lift(layer, _selection(Rect(50, 0, 50, 50)))
    result = _placed(layer, floating, Homography.move(-50, 0)).read(Rect(0, 0, 100, 50))
    assert not result[:, 50:].any()
    assert (result[:, :50, 3] == 255).all()
    assert (result[:, :50, 2] == 127).all()
    assert (result[:, :50, 1] == 64).all()


def test_a_preview_of_a_part_is_a_part_of_the_whole() -> None:
    layer = _layer()
    floating = Floating.lift(layer)
    warp = Warp(Homography.turn(20))
    whole, part = floating.placed(warp), floating.placed(warp, within=Rect(0, 0, 300, 200))
    assert set(part) < set(whole)
    for key, tile in part.items():
        other = whole[key]
        assert (tile is None) == (other is None)
        assert tile is None or other is None or (tile.pixels == other.pixels).all()


def test_coverage_put_over_coverage_keeps_the_larger() -> None:
    mask = _selection(Rect(0, 0, 100, 100), 100)
    mask.swap(mask.with_pixels(Rect(50, 0, 50, 100), np.full((100, 50), 200, np.uint8)))
    floating = Floating.lift(mask, _selection(Rect(0, 0, 50, 100)))
    result = _placed(mask, floating, Homography.move(50, 0)).read(Rect(0, 0, 100, 100))
    assert not result[:, :50].any()
    assert (result[:, 50:] == 200).all()
