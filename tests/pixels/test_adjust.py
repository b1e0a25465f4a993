"""Laws of adjustments, and what each of them does to colors one can reckon by hand."""

from itertools import pairwise
from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.adjust import (
    Adjustment,
    BrightnessContrast,
    Curves,
    Desaturate,
    Invert,
    LevelRange,
    Levels,
)
from aipaint.pixels.adjust_focus import GaussianBlur, Sharpen
from aipaint.pixels.adjust_hue import ColorBalance, HueSaturation
from aipaint.pixels.spline import spline_table
from aipaint.pixels.tile import Pixels


def _every_premultiplied() -> Pixels:
    """Every pair of alpha and gray there is, and noise in the other channels."""
    alpha, color = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    chance = np.random.default_rng(2)
    pixels = np.dstack(
        [color, chance.integers(0, 256, (256, 256)), chance.integers(0, 256, (256, 256)), alpha]
    ).astype(np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


def _opaque(*colors: tuple[int, int, int]) -> Pixels:
    """One row of colors told as red, green, blue."""
    return np.array([[(blue, green, red, 255) for red, green, blue in colors]], np.uint8)


def _rgb(pixels: Pixels) -> list[tuple[int, ...]]:
    return [tuple(int(value) for value in pixel[2::-1]) for pixel in pixels[0]]


_IDENTITIES = [
    BrightnessContrast(),
    Levels(),
    Curves(),
    Curves(every=((0.0, 0.0), (0.5, 0.5), (1.0, 1.0))),
    HueSaturation(),
    ColorBalance(),
    GaussianBlur(0),
    Sharpen(0),
]
_STRONG = [
    BrightnessContrast(40, 60),
    Levels(LevelRange(30, 220, 1.4, 10, 240), red=LevelRange(gamma=0.5)),
    Curves(every=((0.0, 0.2), (0.4, 0.3), (1.0, 0.9)), blue=((0.0, 1.0), (1.0, 0.0))),
    HueSaturation(120, 50, -20),
    ColorBalance((40, 0, -30), (0, 60, 0), (-20, 0, 80)),
    Sharpen(150, 2.0),
    Desaturate(),
    Invert(),
]


@pytest.mark.parametrize("adjustment", _IDENTITIES, ids=repr)
def test_settings_that_say_nothing_change_nothing(adjustment: Adjustment) -> None:
    pixels = _every_premultiplied()
    assert adjustment.is_identity
    assert (adjustment.apply(pixels) == pixels).all()


def test_the_way_to_straight_color_and_back_is_exact() -> None:
    class Nothing(Desaturate):
        def recolored(self, color: Pixels) -> Pixels:
            return color

    pixels = _every_premultiplied()
    assert (Nothing().apply(pixels) == pixels).all()


@pytest.mark.parametrize("adjustment", _STRONG, ids=repr)
def test_alpha_is_untouched_and_color_stays_below_it(adjustment: Adjustment) -> None:
    pixels = _every_premultiplied()
    kept = pixels.copy()
    out = adjustment.apply(pixels)
    assert not adjustment.is_identity
    assert (pixels == kept).all()
    assert (out[..., 3] == pixels[..., 3]).all()
    assert (out[..., :3] <= out[..., 3:]).all()
    assert (out != pixels).any()


@pytest.mark.parametrize("adjustment", [*_STRONG[:5], Desaturate()], ids=repr)
def test_color_does_not_depend_on_how_transparent_it_is(adjustment: Adjustment) -> None:
    opaque = _opaque((250, 120, 30), (10, 200, 90), (128, 128, 128))
    half = opaque.copy()
    half[..., :3] = (opaque[..., :3].astype(int) * 128 + 127) // 255
    half[..., 3] = 128
    expected = (adjustment.apply(opaque)[..., :3].astype(int) * 128 + 127) // 255
    assert np.abs(adjustment.apply(half)[..., :3].astype(int) - expected).max() <= 3


def test_invert_twice_is_nothing_and_once_is_the_opposite() -> None:
    pixels = _every_premultiplied()
    assert (Invert().apply(Invert().apply(pixels)) == pixels).all()
    assert _rgb(Invert().apply(_opaque((255, 0, 100)))) == [(0, 255, 155)]


def test_brightness_and_contrast() -> None:
    grays = _opaque((0, 0, 0), (64, 64, 64), (255, 255, 255))
    brighter = [one[0] for one in _rgb(BrightnessContrast(50, 0).apply(grays))]
    assert brighter == [64, 112, 255]
    darker = [one[0] for one in _rgb(BrightnessContrast(-50, 0).apply(grays))]
    assert darker == [0, 48, 191]
    assert [one[0] for one in _rgb(BrightnessContrast(0, -100).apply(grays))] == [128] * 3
    harder = _rgb(BrightnessContrast(0, 100).apply(_opaque((120, 120, 120), (135, 135, 135))))
    assert harder == [(0, 0, 0), (255, 255, 255)]


def test_levels_stretch_what_lies_between_black_and_white() -> None:
    levels = Levels(LevelRange(50, 150), red=LevelRange(out_black=255, out_white=255))
    assert _rgb(levels.apply(_opaque((0, 50, 150), (0, 100, 20)))) == [(255, 0, 255), (255, 128, 0)]
    middle = Levels(LevelRange(gamma=2.0)).apply(_opaque((64, 64, 64)))
    assert _rgb(middle) == [(128, 128, 128)]


def test_curves_go_through_their_points_channel_by_channel() -> None:
    curves = Curves(every=((0.0, 0.0), (128 / 255, 200 / 255), (1.0, 1.0)))
    assert _rgb(curves.apply(_opaque((0, 128, 255)))) == [(0, 200, 255)]
    reds = Curves(red=((0.0, 1.0), (1.0, 0.0)))
    assert _rgb(reds.apply(_opaque((10, 20, 30)))) == [(245, 20, 30)]


_SHARES = st.floats(0, 1, allow_nan=False)


@given(st.lists(st.tuples(_SHARES, _SHARES), min_size=1, max_size=8, unique_by=lambda p: p[0]))
def test_a_spline_stays_between_its_points(knots: list[tuple[float, float]]) -> None:
    knots = sorted(knots)
    table = spline_table(tuple(knots))
    assert table.min() >= min(y for _, y in knots) - 1e-6
    assert table.max() <= max(y for _, y in knots) + 1e-6
    rises = all(one[1] <= other[1] for one, other in pairwise(knots))
    assert not rises or (np.diff(table) >= -1e-6).all()


def test_hue_turns_the_circle_and_leaves_grays() -> None:
    turned = HueSaturation(hue=120).apply(_opaque((255, 0, 0), (0, 255, 0), (90, 90, 90)))
    assert _rgb(turned) == [(0, 255, 0), (0, 0, 255), (90, 90, 90)]
    gray = HueSaturation(saturation=-100).apply(_opaque((200, 100, 0)))
    assert _rgb(gray) == [(100, 100, 100)]
    white = HueSaturation(lightness=100).apply(_opaque((200, 100, 0)))
    assert _rgb(white) == [(255, 255, 255)]


def test_color_balance_shifts_the_range_it_names_and_keeps_the_brightness() -> None:
    warm = ColorBalance(highlights=(60, 0, 0), keeps_luminosity=False)
    out = warm.apply(_opaque((30, 30, 30), (180, 180, 180)))
    assert _rgb(out)[0] == (30, 30, 30)
    assert _rgb(out)[1][0] > 200
    assert _rgb(out)[1][1:] == (180, 180)
    kept = ColorBalance(midtones=(80, 0, 0)).apply(_opaque((128, 128, 128)))
    red, green, blue = _rgb(kept)[0]
    assert red > green == blue
    assert abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - 128) < 1.5


def test_desaturate_makes_gray_as_bright_as_it_looks() -> None:
    assert _rgb(Desaturate().apply(_opaque((255, 255, 255), (0, 255, 0)))) == [
        (255, 255, 255),
        (182, 182, 182),
    ]


@pytest.mark.parametrize("radius", [1.5, 5.0, 9.0, 20.0, 40.0])
def test_a_blurred_edge_is_the_integral_of_a_gaussian(radius: float) -> None:
    pixels = np.zeros((32, 800, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[:, 400:, :3] = 255
    row = GaussianBlur(radius).apply(pixels)[16, :, 1].astype(float)
    places = np.arange(800) + 0.5 - 400
    expected = [127.5 * (1 + erf(place / radius / sqrt(2))) for place in places]
    assert np.abs(row - expected).max() < 4


def test_blur_spreads_alpha_and_brings_no_dark_rim() -> None:
    pixels = np.zeros((100, 100, 4), np.uint8)
    pixels[30:70, 30:70] = (0, 0, 255, 255)
    out = GaussianBlur(4).apply(pixels)
    assert 0 < out[50, 27, 3] < 128
    assert (out[..., 2] == out[..., 3]).all()


def test_sharpening_steepens_an_edge_and_leaves_flat_color_and_small_steps() -> None:
    pixels = np.full((40, 80, 4), 255, np.uint8)
    pixels[:, :40, :3] = 100
    pixels[:, 40:, :3] = 150
    out = Sharpen(100, 2.0).apply(pixels)
    assert out[20, 39, 0] < 90
    assert out[20, 40, 0] > 160
    assert out[20, 5, 0] == 100
    assert (Sharpen(100, 2.0, threshold=60).apply(pixels) == pixels).all()
