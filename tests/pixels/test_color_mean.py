"""The mean color: weighted by alpha, opaque, nothing of nothing."""

import numpy as np

from aipaint.pixels.brush import Color
from aipaint.pixels.color_mean import mean_color


def test_one_pixel_is_itself_whatever_its_alpha() -> None:
    assert mean_color(np.array([[[10, 20, 30, 255]]], np.uint8)) == Color(30, 20, 10)
    assert mean_color(np.array([[[50, 100, 0, 128]]], np.uint8)) == Color(0, 199, 100)


def test_clear_pixels_do_not_count() -> None:
    pixels = np.zeros((3, 3, 4), np.uint8)
    assert mean_color(pixels) is None
    pixels[1, 1] = (0, 0, 200, 255)
    assert mean_color(pixels) == Color(200, 0, 0)
