"""The subject is found without a hint; without a subject nothing is cut out."""

import numpy as np
import numpy.typing as npt
import pytest

from aipaint.pixels.cutout import cut_out
from aipaint.pixels.cv import cv2

Picture = npt.NDArray[np.uint8]


def _scene(color: tuple[int, int, int], backdrop: tuple[int, int, int]) -> tuple[Picture, Picture]:
    """A grainy disc with a stripe on a grainy gradient, and where the disc is."""
    height, width = 240, 320
    rows = np.linspace(-20, 20, height)[:, None, None]
    rgb = np.full((height, width, 3), backdrop, np.float64) + rows
    truth: Picture = np.zeros((height, width), np.uint8)
    cv2.ellipse(truth, (170, 125), (60, 75), 20, 0, 360, 255, -1)
    rgb[truth > 0] = color
    rgb[110:125][truth[110:125] > 0] = (250, 250, 240)
    rgb += np.random.default_rng(1).normal(0, 5, rgb.shape)
    return np.asarray(np.clip(rgb, 0, 255), np.uint8), truth


def _overlap(one: Picture, other: Picture) -> float:
    inside, truth = one > 127, other > 127
    return float((inside & truth).sum() / max(1, (inside | truth).sum()))


@pytest.mark.parametrize(
    ("color", "backdrop"),
    [
        ((190, 60, 40), (90, 130, 90)),
        ((40, 60, 160), (200, 190, 170)),
        ((230, 220, 60), (60, 60, 70)),
    ],
)
def test_a_thing_before_a_quiet_background_is_cut_out(
    color: tuple[int, int, int], backdrop: tuple[int, int, int]
) -> None:
    rgb, truth = _scene(color, backdrop)
    assert _overlap(cut_out(rgb), truth) > 0.93


def test_a_thing_that_stands_on_the_border_is_cut_out() -> None:
    rgb, truth = _scene((190, 60, 40), (90, 130, 90))
    rgb, truth = rgb[:140], truth[:140]
    assert _overlap(cut_out(np.ascontiguousarray(rgb)), truth) > 0.75


def test_the_same_picture_is_cut_the_same() -> None:
    rgb, _ = _scene((190, 60, 40), (90, 130, 90))
    assert np.array_equal(cut_out(rgb), cut_out(rgb))


def test_a_plain_picture_has_no_subject() -> None:
    assert not cut_out(np.full((90, 120, 3), 77, np.uint8)).any()


@pytest.mark.parametrize("shape", [(1, 1), (5, 400), (400, 5), (17, 16)])
def test_odd_sizes_are_no_trouble(shape: tuple[int, int]) -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (*shape, 3)).astype(np.uint8)
    assert cut_out(rgb).shape == shape


def test_cancelled_it_covers_nothing() -> None:
    rgb, _ = _scene((190, 60, 40), (90, 130, 90))
    assert not cut_out(rgb, is_cancelled=lambda: True).any()


def test_a_rough_hint_says_which_of_two_things_is_meant() -> None:
    rgb, left = _scene((190, 60, 40), (90, 130, 90))
    two = np.concatenate([rgb, rgb[:, ::-1]], axis=1)
    hint = np.zeros(two.shape[:2], np.uint8)
    cv2.ellipse(hint, (170, 125), (68, 82), 20, 0, 360, 255, -1)
    truth = np.concatenate([left, np.zeros_like(left)], axis=1)
    assert _overlap(cut_out(two, hint=hint), truth) > 0.93
    assert not cut_out(two, hint=np.zeros_like(hint)).any()
