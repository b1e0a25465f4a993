"""Enlarging keeps what was there, beats Lanczos on a photograph, and can be stopped."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import decode_image
from aipaint.pixels.upscale import upscale

_PHOTO = Path(__file__).parents[2] / "resources" / "samples" / "rocket.jpg"


def _psnr(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> float:
    error = np.square(one[..., :3].astype(np.float64) - other[..., :3]).mean()
    return float(10 * np.log10(255**2 / error))


@pytest.mark.parametrize("factor", [2, 4])
def test_a_photograph_is_restored_better_than_by_lanczos(factor: int) -> None:
    rgba = decode_image(_PHOTO.read_bytes(), _PHOTO.name).rgba
    truth = np.asarray(cv2.resize(rgba, (640, 416), interpolation=cv2.INTER_AREA), np.uint8)
    small = cv2.resize(truth, (640 // factor, 416 // factor), interpolation=cv2.INTER_AREA)
    ours = upscale(np.asarray(small, np.uint8), factor)
    lanczos = cv2.resize(small, (640, 416), interpolation=cv2.INTER_LANCZOS4)
    assert ours.shape == truth.shape
    assert _psnr(ours, truth) > _psnr(np.asarray(lanczos, np.uint8), truth)


@settings(max_examples=25)
@given(
    color=st.tuples(*[st.integers(0, 255)] * 4).filter(lambda c: c[3] > 0),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    factor=st.sampled_from([2, 4]),
)
def test_one_color_stays_that_color(
    color: tuple[int, int, int, int], size: tuple[int, int], factor: int
) -> None:
    plain = np.full((*size, 4), color, np.uint8)
    large = upscale(plain, factor)
    assert large.shape == (size[0] * factor, size[1] * factor, 4)
    assert np.abs(large.astype(int) - plain[0, 0]).max() <= 1


def test_bands_meet_without_a_seam() -> None:
    chance = np.random.default_rng(3)
    rgba = chance.integers(0, 256, (600, 24, 4)).astype(np.uint8)
    rgba[..., 3] = 255
    whole = upscale(rgba, 2)
    # The same rows computed where no band begins or ends.
    part = upscale(rgba[200:330], 2)
    assert np.array_equal(whole[460:600], part[60:200])


def test_an_edge_gets_no_halo() -> None:
    step = np.full((40, 40, 4), 255, np.uint8)
    step[:, :20, :3] = 60
    step[:, 20:, :3] = 190
    large = upscale(step, 4)[..., :3]
    assert large.min() >= 50
    assert large.max() <= 200


def test_transparent_surroundings_lend_no_color() -> None:
    rgba = np.zeros((20, 20, 4), np.uint8)
    rgba[..., 1] = 255  # green where nothing is seen
    rgba[6:14, 6:14] = (200, 10, 10, 255)
    large = upscale(rgba, 2)
    seen = large[..., 3] > 128
    assert large[seen][:, 1].max() < 40


def test_it_can_be_stopped_and_tells_how_far_it_is() -> None:
    rgba = np.zeros((700, 8, 4), np.uint8)
    told: list[float] = []
    upscale(rgba, 2, report=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(CancelledError):
        upscale(rgba, 2, is_cancelled=lambda: True)


def test_what_would_not_fit_is_refused_before_anything_is_made() -> None:
    huge = np.lib.stride_tricks.as_strided(
        np.zeros(4, np.uint8), shape=(20_000, 20_000, 4), strides=(0, 0, 1)
    )
    with pytest.raises(UsageError, match="memory"):
        upscale(huge, 4)
