"""Painting on: the new area is filled and opaque, what was there is untouched, in any shape."""

import numpy as np
import numpy.typing as npt
import pytest

from aipaint.errors import UsageError
from aipaint.pixels.outpaint import outpaint

Picture = npt.NDArray[np.uint8]


def _sky_over_sand(height: int = 120, width: int = 120) -> Picture:
    rgba = np.full((height, width, 4), 255, np.uint8)
    chance = np.random.default_rng(4)
    rgba[: height // 2, :, :3] = (90, 130, 200)
    rgba[height // 2 :, :, :3] = (190, 160, 110)
    grain = chance.normal(0, 8, (height, width, 3))
    rgba[..., :3] = np.clip(rgba[..., :3] + grain, 0, 255)
    return rgba


def _quiet(*_: object) -> None:
    return None


@pytest.mark.parametrize(
    "sides", [(0, 0, 0, 30), (40, 0, 0, 0), (25, 25, 25, 25), (0, 10, 90, 0), (0, 0, 0, 240)]
)
def test_new_area_is_filled_and_the_old_is_as_it_was(sides: tuple[int, int, int, int]) -> None:
    top, right, bottom, left = sides
    old = _sky_over_sand()
    canvas = np.zeros((120 + top + bottom, 120 + left + right, 4), np.uint8)
    canvas[top : top + 120, left : left + 120] = old
    area = np.full(canvas.shape[:2], 255, np.uint8)
    area[top : top + 120, left : left + 120] = 0
    painted = outpaint(canvas, area, 1, _quiet)
    assert np.array_equal(painted[area == 0], canvas[area == 0])
    assert (painted[..., 3] == 255).all()
    # Sky or sand, never the black of the empty canvas.
    new = painted[area > 0][:, :3].astype(int)
    assert (new.max(axis=1) > 120).mean() > 0.99


def test_to_the_side_the_horizon_goes_on() -> None:
    canvas = np.zeros((120, 160, 4), np.uint8)
    canvas[:, :120] = _sky_over_sand()
    area = np.zeros((120, 160), np.uint8)
    area[:, 120:] = 255
    painted = outpaint(canvas, area, 1, _quiet)[:, 120:, :3].astype(int)
    is_sky = painted[..., 2] > painted[..., 0]
    assert is_sky[:50].mean() > 0.9
    assert is_sky[70:].mean() < 0.1


def test_the_seed_decides_and_progress_grows() -> None:
    canvas = np.zeros((120, 260, 4), np.uint8)
    canvas[:, :120] = _sky_over_sand()
    area = np.zeros((120, 260), np.uint8)
    area[:, 120:] = 255
    told: list[float] = []
    one = outpaint(canvas, area, 1, lambda share, _message: told.append(share or 0.0))
    assert np.array_equal(one, outpaint(canvas, area, 1, _quiet))
    assert not np.array_equal(one, outpaint(canvas, area, 2, _quiet))
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] < 1


def test_transparent_pixels_outside_the_area_are_no_source_and_stay() -> None:
    canvas = np.zeros((120, 160, 4), np.uint8)
    canvas[:, :120] = _sky_over_sand()
    canvas[:30, :120] = (255, 0, 255, 0)  # invisible, and of a color that would show
    area = np.zeros((120, 160), np.uint8)
    area[30:, 120:] = 255
    painted = outpaint(canvas, area, 1, _quiet)
    assert np.array_equal(painted[area == 0], canvas[area == 0])
    new = painted[area > 0].astype(int)
    assert not ((new[:, 0] > 220) & (new[:, 1] < 60)).any()


def test_an_area_that_touches_nothing_is_filled_as_well() -> None:
    canvas = np.zeros((60, 400, 4), np.uint8)
    canvas[:, :60] = _sky_over_sand(60, 60)
    area = np.zeros((60, 400), np.uint8)
    area[:, 340:] = 255
    painted = outpaint(canvas, area, 1, _quiet)
    assert (painted[:, 340:, 3] == 255).all()
    assert not painted[:, 60:340].any()


def test_no_area_and_no_picture() -> None:
    old = _sky_over_sand()
    assert np.array_equal(outpaint(old, np.zeros((120, 120), np.uint8), 1, _quiet), old)
    with pytest.raises(UsageError, match="no picture"):
        outpaint(np.zeros_like(old), np.full((120, 120), 255, np.uint8), 1, _quiet)
