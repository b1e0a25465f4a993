"""A tinted answer loses its seam; an answer that fits is left in peace."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import decode_image
from aipaint.pixels.seam_choice import SeamFix
from aipaint.pixels.seam_fix import edge_step, fix_seam

Picture = npt.NDArray[np.uint8]
_PHOTO = Path(__file__).parents[2] / "resources" / "samples" / "rocket.jpg"
_WAYS = (SeamFix.COLOR, SeamFix.POISSON)


@pytest.fixture(scope="module")
def photo() -> Picture:
    rgba = decode_image(_PHOTO.read_bytes(), _PHOTO.name).rgba
    return np.asarray(cv2.resize(rgba, (480, 320), interpolation=cv2.INTER_AREA), np.uint8)


@pytest.fixture(scope="module")
def coverage() -> Picture:
    mask = np.zeros((320, 480), np.uint8)
    cv2.ellipse(mask, (300, 170), (90, 60), 0, 0, 360, 255, -1)
    return mask


def _tinted(photo: Picture, tint: tuple[float, float, float]) -> Picture:
    answer = photo.copy()
    answer[..., :3] = np.clip(photo[..., :3] * 0.95 + tint, 0, 255).astype(np.uint8)
    return answer


def _composite(answer: Picture, photo: Picture, coverage: Picture) -> Picture:
    return np.where(coverage[..., None] > 0, answer, photo)


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("tint", [(24, 0, -18), (0, 30, 0), (-20, -20, -20)])
def test_the_seam_of_a_tinted_answer_falls_by_more_than_half(
    photo: Picture, coverage: Picture, tint: tuple[float, float, float], way: SeamFix
) -> None:
    own = edge_step(photo, coverage)
    tinted = _tinted(photo, tint)
    before = edge_step(_composite(tinted, photo, coverage), coverage)
    fixed = fix_seam(tinted, photo, coverage, way)
    after = edge_step(_composite(fixed, photo, coverage), coverage)
    assert before > own + 5
    assert after - own < (before - own) / 2


def test_a_tint_that_changes_across_the_picture_needs_the_membrane(
    photo: Picture, coverage: Picture
) -> None:
    answer = photo.copy()
    slope = np.linspace(-40, 40, 480, dtype=np.float32)[None, :, None]
    answer[..., :3] = np.clip(photo[..., :3] + slope, 0, 255).astype(np.uint8)
    steps = {
        way: edge_step(
            _composite(fix_seam(answer, photo, coverage, way), photo, coverage), coverage
        )
        for way in SeamFix
    }
    own = edge_step(photo, coverage)
    assert steps[SeamFix.POISSON] - own < (steps[SeamFix.NONE] - own) / 2
    assert steps[SeamFix.POISSON] < steps[SeamFix.COLOR]


@pytest.mark.parametrize("way", _WAYS)
def test_an_answer_that_fits_changes_by_no_more_than_rounding(
    photo: Picture, coverage: Picture, way: SeamFix
) -> None:
    fixed = fix_seam(photo, photo, coverage, way)
    assert np.abs(fixed.astype(int) - photo).max() <= 1


@pytest.mark.parametrize("way", _WAYS)
def test_new_content_keeps_its_detail(photo: Picture, coverage: Picture, way: SeamFix) -> None:
    answer = _tinted(photo, (12, 0, 0))
    answer[150:190, 280:320, :3] = (250, 20, 20)
    fixed = fix_seam(answer, photo, coverage, way).astype(int)
    inside, outside = fixed[170, 300, :3], fixed[170, 330, :3]
    assert np.abs(inside - outside).max() > 120


def test_no_fix_is_no_change(photo: Picture, coverage: Picture) -> None:
    answer = _tinted(photo, (24, 0, 0))
    assert np.array_equal(fix_seam(answer, photo, coverage, SeamFix.NONE), answer)


@pytest.mark.parametrize("value", [0, 255])
def test_without_surroundings_nothing_is_changed(photo: Picture, value: int) -> None:
    everything = np.full(photo.shape[:2], value, np.uint8)
    answer = _tinted(photo, (24, 0, 0))
    for way in _WAYS:
        assert np.array_equal(fix_seam(answer, photo, everything, way), answer)
    assert edge_step(answer, everything) == 0.0


@settings(max_examples=20)
@given(
    size=st.tuples(st.integers(1, 70), st.integers(1, 70)),
    seed=st.integers(0, 2**16),
    way=st.sampled_from(SeamFix),
)
def test_any_size_and_mask_gives_a_picture_of_that_size(
    size: tuple[int, int], seed: int, way: SeamFix
) -> None:
    chance = np.random.default_rng(seed)
    source, answer = (chance.integers(0, 256, (*size, 4)).astype(np.uint8) for _ in range(2))
    coverage = np.where(chance.random(size) < 0.5, 0, 255).astype(np.uint8)
    fixed = fix_seam(answer, source, coverage, way)
    assert fixed.shape == answer.shape
    assert np.array_equal(fixed[..., 3], answer[..., 3])
