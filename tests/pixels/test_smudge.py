"""Smudging: it carries color, makes none, and leaves the rest alone."""

from dataclasses import replace

import numpy as np
import pytest

from aipaint.pixels.brush import Brush, Grain, Sample
from aipaint.pixels.rect import Rect
from aipaint.pixels.response_curve import ResponseCurve
from aipaint.pixels.smudge import SmudgeStroke
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap

_VIEW = Rect(0, 0, 300, 120)


def _halves() -> Pixels:
    """Red at the left, blue at the right."""
    pixels = np.zeros((120, 300, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:, :100, 2] = 255
    pixels[:, 100:, 0] = 255
    return pixels


def _smudged(strength: float, *places: tuple[float, float], hardness: float = 0.5) -> Pixels:
    tiles = TileMap.from_pixels(_halves())
    brush = Brush(size_pixels=40, hardness=hardness, opacity=strength)
    stroke = SmudgeStroke(tiles.copy(), brush)
    tiles.swap(stroke.add([Sample(x, y) for x, y in places]))
    return tiles.read(_VIEW)


def test_color_is_carried_across_the_border_as_far_as_the_strength_says() -> None:
    faint = _smudged(0.3, (60, 60), (240, 60))[60, :, 2]
    strong = _smudged(0.9, (60, 60), (240, 60))[60, :, 2]
    assert strong[140] > faint[140]
    assert strong[200] > 100
    assert (np.diff(strong[120:260].astype(int)) <= 1).all()


def test_at_full_strength_the_first_color_arrives() -> None:
    end = _smudged(1.0, (40, 60), (240, 60), hardness=1.0)[60, 235]
    assert tuple(end) == (0, 0, 255, 255)


def test_at_full_strength_the_soft_rim_keeps_its_color_as_well() -> None:
    end = _smudged(1.0, (60, 60), (240, 60), hardness=0.2)[:, 230, 2]
    assert end[70] > 200
    assert end[74] > 100


def test_nothing_moves_without_strength_or_on_one_color() -> None:
    assert (_smudged(0.0, (60, 60), (240, 60)) == _halves()).all()
    assert (_smudged(0.8, (160, 60), (270, 60)) == _halves()).all()


def test_an_opaque_picture_stays_opaque_and_the_rest_is_untouched() -> None:
    after = _smudged(0.7, (60, 60), (240, 60))
    assert (after[..., 3] == 255).all()
    assert (after[:35] == _halves()[:35]).all()
    assert (after[85:] == _halves()[85:]).all()


def test_smudging_off_the_edge_of_the_paint_fades_without_dark_fringes() -> None:
    pixels = np.zeros((120, 300, 4), np.uint8)
    pixels[:, :100] = 200
    tiles = TileMap.from_pixels(pixels)
    stroke = SmudgeStroke(tiles.copy(), Brush(size_pixels=40, opacity=0.9, hardness=0.5))
    tiles.swap(stroke.add([Sample(60, 60), Sample(200, 60)]))
    view = tiles.read(_VIEW)
    assert view[60, 150, 3] > 20
    assert (view[..., :3] <= view[..., 3:]).all()
    assert view[60, 150, 0] == pytest.approx(view[60, 150, 3], abs=2)


def test_in_pieces_it_is_the_same_as_in_one() -> None:
    places = [(60.0, 60.0), (100.0, 70.0), (180.0, 50.0)]
    tiles = TileMap.from_pixels(_halves())
    stroke = SmudgeStroke(tiles.copy(), Brush(size_pixels=40, hardness=0.5, opacity=0.7))
    for x, y in places:
        tiles.swap(stroke.add([Sample(x, y)]))
    assert (tiles.read(_VIEW) == _smudged(0.7, *places)).all()


def _smudged_by(brush: Brush, pressure: float) -> Pixels:
    tiles = TileMap.from_pixels(_halves())
    stroke = SmudgeStroke(tiles.copy(), brush)
    tiles.swap(stroke.add([Sample(60, 60, pressure), Sample(200, 60, pressure)]))
    return tiles.read(_VIEW)


def test_pressure_changes_the_size_only_where_the_brush_says_so() -> None:
    def touched_rows(brush: Brush, pressure: float) -> int:
        return int((_smudged_by(brush, pressure) != _halves()).any(axis=(1, 2)).sum())

    answering = Brush(size_pixels=40, hardness=1.0, opacity=0.9, pressure_to_size=True)
    assert touched_rows(answering, 1.0) == pytest.approx(40, abs=2)
    assert touched_rows(answering, 0.5) == pytest.approx(20, abs=2)
    assert touched_rows(replace(answering, pressure_to_size=False), 0.5) == pytest.approx(40, abs=2)


def test_pressure_weakens_it_along_the_curve() -> None:
    plain = Brush(size_pixels=40, hardness=1.0, opacity=0.9, pressure_to_size=False)
    answering = replace(plain, pressure_to_opacity=True)
    level = replace(answering, opacity_curve=ResponseCurve(((0.0, 1.0), (1.0, 1.0))))
    assert _smudged_by(answering, 0.4)[60, 150, 2] < _smudged_by(answering, 1.0)[60, 150, 2]
    assert (_smudged_by(level, 0.4) == _smudged_by(plain, 0.4)).all()
    assert (_smudged_by(answering, 1.0) == _smudged_by(plain, 0.4)).all()


def test_a_rough_ground_holds_the_color_back_in_places_that_stay_where_they_are() -> None:
    brush = Brush(size_pixels=40, hardness=1.0, opacity=0.9, grain=Grain.CANVAS, grain_strength=1.0)
    rough = _smudged_by(brush, 1.0)[45:75, 110:180, 2].astype(int)
    smooth = _smudged_by(replace(brush, grain=Grain.NONE), 1.0)[45:75, 110:180, 2].astype(int)
    assert rough.std(axis=0).mean() > 10 * (smooth.std(axis=0).mean() + 0.1)
    again = _smudged_by(brush, 1.0)[45:75, 110:180, 2]
    assert (again == rough).all()
