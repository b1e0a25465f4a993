"""Onto a model's canvas and back: nothing is stretched, nothing shifts."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipaint.pixels.fit import pad_to, scale_to, take_back
from aipaint.pixels.rect import Rect


def _noise(width: int, height: int, channels: int = 4) -> npt.NDArray[np.uint8]:
    noise = np.random.default_rng(3).integers(0, 256, (height, width, channels), dtype=np.uint8)
    noise[..., 3:] = 255
    return noise


def _disc(width: int, height: int, center: tuple[int, int], radius: int) -> npt.NDArray[np.uint8]:
    picture = np.full((height, width, 4), 255, np.uint8)
    cv2.circle(picture, center, radius, (0, 0, 0, 255), -1)
    return picture


def _disc_box(picture: npt.NDArray[np.uint8]) -> tuple[int, int, int, int]:
    x, y, width, height = cv2.boundingRect((picture[..., 0] < 128).astype(np.uint8))
    return x, y, width, height


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 200), st.integers(0, 200))
def test_padding_and_taking_back_is_lossless(
    width: int, height: int, more_width: int, more_height: int
) -> None:
    picture = _noise(width, height)
    canvas, inner = pad_to(picture, width + more_width, height + more_height)
    assert canvas.shape == (height + more_height, width + more_width, 4)
    back, notes = take_back(canvas, (canvas.shape[1], canvas.shape[0]), inner, (width, height))
    assert np.array_equal(back, picture)
    assert notes == ()


def test_padding_mirrors_the_picture() -> None:
    picture = _noise(10, 6)
    canvas, inner = pad_to(picture, 16, 6)
    assert inner == Rect(0, 0, 10, 6)
    assert np.array_equal(canvas[:, 10:], picture[:, :3:-1])


def test_a_canvas_that_is_too_small_is_a_bug() -> None:
    with pytest.raises(ValueError, match="smaller"):
        pad_to(_noise(10, 10), 9, 20)


@pytest.mark.parametrize("factor", [0.5, 2, 1.5])
def test_an_answer_of_another_scale_lands_in_place(factor: float) -> None:
    answer = _disc(
        round(400 * factor), round(300 * factor), (round(100 * factor),) * 2, round(40 * factor)
    )
    back, notes = take_back(answer, (400, 300), Rect(0, 0, 200, 300), (200, 300))
    assert back.shape == (300, 200, 4)
    assert np.abs(np.array(_disc_box(back)) - (60, 60, 81, 81)).max() <= 2
    assert notes == ()


@pytest.mark.parametrize("size", [(600, 300), (300, 600), (1000, 400)])
def test_an_answer_of_another_shape_is_cropped_and_not_stretched(size: tuple[int, int]) -> None:
    width, height = size
    answer = _disc(width, height, (width // 2, height // 2), 60)
    back, notes = take_back(answer, (300, 300), Rect(0, 0, 300, 300), (300, 300))
    x, y, disc_width, disc_height = _disc_box(back)
    assert abs(disc_width - disc_height) <= 1
    assert abs((x + disc_width / 2) - 150) <= 2
    assert abs((y + disc_height / 2) - 150) <= 2
    assert f"{width} x {height}" in notes[0]


def test_rounding_of_the_proportions_is_not_cropping() -> None:
    _back, notes = take_back(_noise(1024, 683), (1536, 1024), Rect(0, 0, 1536, 1024), (1536, 1024))
    assert notes == ()


def test_a_crop_that_was_sent_smaller_comes_back_in_its_own_size() -> None:
    answer = _disc(1024, 1024, (256, 256), 100)
    back, _notes = take_back(answer, (1024, 1024), Rect(0, 0, 1024, 512), (2048, 1024))
    assert np.abs(np.array(_disc_box(back)) - (312, 312, 402, 402)).max() <= 3


def test_transparent_pixels_lend_no_color() -> None:
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[:, :4] = (200, 40, 40, 255)
    picture[:, 4:] = (0, 255, 0, 0)
    for size in ((16, 16), (4, 4), (3, 3)):
        scaled = scale_to(picture, *size)
        visible = scaled[scaled[..., 3] > 8]
        assert np.abs(visible[:, :3].astype(int) - (200, 40, 40)).max() <= 3


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_scaling_coverage_keeps_full_and_empty(w: int, h: int, to_w: int, to_h: int) -> None:
    for value in (0, 255):
        scaled = scale_to(np.full((h, w), value, np.uint8), to_w, to_h)
        assert scaled.shape == (to_h, to_w)
        assert (scaled == value).all()
