"""A moved or zoomed answer is found out and put back; what cannot be told is not touched."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import decode_image
from aipaint.pixels.registration import Registration, register, undo

Picture = npt.NDArray[np.uint8]
_PHOTO = Path(__file__).parents[2] / "resources" / "samples" / "rocket.jpg"


@pytest.fixture(scope="module")
def photo() -> Picture:
    picture = decode_image(_PHOTO.read_bytes(), _PHOTO.name).rgba[..., :3]
    return np.asarray(cv2.resize(picture, (640, 427), interpolation=cv2.INTER_AREA), np.uint8)


def _unmasked(picture: Picture) -> npt.NDArray[np.bool_]:
    height, width = picture.shape[:2]
    ring = np.ones((height, width), bool)
    ring[height // 3 : 2 * height // 3, width // 3 : 2 * width // 3] = False
    return ring


def _moved(picture: Picture, scale: float, x: float, y: float, seed: int = 0) -> Picture:
    """What a model gives back: moved, a little darker, noisy, and new under the mask."""
    height, width = picture.shape[:2]
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    matrix = np.array(
        [[scale, 0, middle_x * (1 - scale) + x], [0, scale, middle_y * (1 - scale) + y]]
    )
    flags = cv2.INTER_CUBIC
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=flags, borderMode=2)
    chance = np.random.default_rng(seed)
    answer = np.asarray(
        np.clip(np.asarray(moved) * 0.95 + 6 + chance.normal(0, 2, picture.shape), 0, 255), np.uint8
    )
    inside = ~_unmasked(picture)
    answer[inside] = chance.integers(0, 255, (int(inside.sum()), 3))
    return answer


def _worst_corner(
    found: Registration, truth: tuple[float, float, float], size: tuple[int, int]
) -> float:
    width, height = size
    scale, x, y = truth
    apart = abs(found.scale - scale) * max(width, height) / 2
    return apart + max(abs(found.shift_x - x), abs(found.shift_y - y))


@pytest.mark.parametrize(
    "truth", [(1.02, 3, 0), (1.02, -3, 3), (0.99, 0, -5), (1.0, 2.5, 0), (1.005, 0.3, 0.2)]
)
def test_a_moved_answer_is_found_to_half_a_pixel(
    photo: Picture, truth: tuple[float, float, float]
) -> None:
    found = register(_moved(photo, *truth), photo, _unmasked(photo))
    assert found.is_confident
    assert found.moves(640, 427)
    assert _worst_corner(found, truth, (640, 427)) < 0.5


def test_a_zoomed_answer_lies_on_its_source_again(photo: Picture) -> None:
    ring = _unmasked(photo)
    answer = _moved(photo, 1.02, 3, 0)
    back = undo(answer, register(answer, photo, ring))
    inner = ring.copy()
    inner[:12], inner[-12:], inner[:, :12], inner[:, -12:] = False, False, False, False
    before = np.abs(answer.astype(int) - photo)[inner].mean()
    after = np.abs(back.astype(int) - photo)[inner].mean()
    assert after < before * 0.6


def test_an_answer_in_its_place_comes_back_byte_for_byte(photo: Picture) -> None:
    answer = _moved(photo, 1.0, 0, 0)
    found = register(answer, photo, _unmasked(photo))
    assert found.is_confident
    assert not found.moves(640, 427)
    assert np.array_equal(undo(answer, found), answer)


def test_another_picture_is_not_believed(photo: Picture) -> None:
    other = np.ascontiguousarray(photo[::-1, ::-1])
    assert not register(other, photo, _unmasked(photo)).is_confident


def test_noise_is_not_believed(photo: Picture) -> None:
    noise = np.random.default_rng(5).integers(0, 256, photo.shape, np.uint8)
    assert not register(noise, photo, _unmasked(photo)).is_confident


def test_a_plain_surface_gives_nothing_to_hold_on_to() -> None:
    plain = np.full((300, 400, 3), 120, np.uint8)
    assert not register(plain, plain, _unmasked(plain)).is_confident


def test_too_little_that_was_to_stay_is_not_believed(photo: Picture) -> None:
    ring = np.zeros(photo.shape[:2], bool)
    ring[:10, :10] = True
    assert not register(_moved(photo, 1.02, 3, 0), photo, ring).is_confident


def test_alpha_is_moved_along(photo: Picture) -> None:
    alpha = np.full((*photo.shape[:2], 1), 200, np.uint8)
    answer = np.concatenate([_moved(photo, 1.02, 3, 0), alpha], axis=2)
    found = register(answer, photo, _unmasked(photo))
    assert found.is_confident
    assert (undo(answer, found)[..., 3] == 200).all()
