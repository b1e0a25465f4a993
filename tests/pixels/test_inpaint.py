"""Local removal: real PatchMatch in a real child process."""

import threading
from collections.abc import Callable, Iterator

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from aipaint.errors import UsageError
from aipaint.pixels.fill_holes import CAREFUL, Filled, FillMethod
from aipaint.pixels.inpaint import quick_fill, remove
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing

Remove = Callable[..., Filled]


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool() as workers:
        yield workers


def _texture(side: int = 200) -> npt.NDArray[np.uint8]:
    """Sand: fine noise on a slow slope, so that a smear is told from a texture."""
    rng = np.random.default_rng(5)
    slope = np.linspace(90, 150, side)[None, :, None]
    noise = rng.normal(0, 18, (side, side, 1))
    sand = np.clip(slope + noise + np.array([20.0, 5.0, -15.0]), 0, 255)
    return np.asarray(sand, dtype=np.uint8)


def _hole(side: int = 200) -> npt.NDArray[np.bool_]:
    hole = np.zeros((side, side), bool)
    hole[70:120, 80:130] = True
    return hole


@pytest.fixture
def fill(pool: WorkerPool) -> Remove:
    def filled(rgb: npt.NDArray[np.uint8], hole: npt.NDArray[np.bool_], seed: int = 1) -> Filled:
        return remove(rgb, hole, seed, Hearing(threading.Event(), lambda *_: None), pool)

    return filled


def test_the_object_goes_and_nothing_else_changes(fill: Remove) -> None:
    rgb, hole = _texture(), _hole()
    rgb[75:115, 85:125] = (250, 0, 0)
    filled = fill(rgb, hole)
    assert filled.method is FillMethod.PATCHMATCH
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])
    inside = filled.rgb[hole]
    assert not ((inside[:, 0] > 240) & (inside[:, 1] < 10)).any()
    assert abs(inside[:, 1].mean() - _texture()[hole][:, 1].mean()) < 8


def test_the_fill_has_the_texture_that_telea_smears(fill: Remove) -> None:
    rgb, hole = _texture(), _hole()
    truth = cv2.Laplacian(rgb, cv2.CV_32F)[hole].std()
    filled = fill(rgb, hole).rgb
    smeared = cv2.inpaint(rgb, hole.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    ours = cv2.Laplacian(filled, cv2.CV_32F)[hole].std() / truth
    theirs = cv2.Laplacian(smeared, cv2.CV_32F)[hole].std() / truth
    assert 0.6 < ours < 1.4
    assert theirs < 0.5


def test_the_seed_decides_the_picture(fill: Remove) -> None:
    rgb, hole = _texture(), _hole()
    first = fill(rgb, hole, seed=1).rgb
    assert np.array_equal(first, fill(rgb, hole, seed=1).rgb)
    assert not np.array_equal(first, fill(rgb, hole, seed=2).rgb)


def test_the_input_is_left_alone_and_may_be_a_view(fill: Remove) -> None:
    rgb = _texture(240)[::-1, 20:220]
    before, hole = rgb.copy(), np.zeros(rgb.shape[:2], bool)
    hole[100:140, 10:60] = True
    filled = fill(rgb, hole)
    assert np.array_equal(rgb, before)
    assert np.array_equal(filled.rgb[~hole], before[~hole])


def test_wires_are_filled_by_telea(fill: Remove) -> None:
    rgb, hole = _texture(), np.zeros((200, 200), bool)
    hole[99:102] = True
    rgb[99:102] = 255
    filled = fill(rgb, hole)
    assert filled.method is FillMethod.TELEA
    assert filled.rgb[99:102].max() < 255
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])


@pytest.mark.parametrize("shape", [(1, 2), (8, 8), (31, 200), (33, 33), (5, 400)])
def test_tiny_pictures_are_filled_somehow(fill: Remove, shape: tuple[int, int]) -> None:
    rgb = np.full((*shape, 3), 80, np.uint8)
    hole = np.zeros(shape, bool)
    hole[: max(1, shape[0] // 2), : shape[1] // 2] = True
    rgb[hole] = 255
    filled = fill(rgb, hole)
    assert np.abs(filled.rgb.astype(int) - 80).max() <= 4


def test_a_hole_that_leaves_a_rim_is_filled(fill: Remove) -> None:
    rgb, hole = _texture(64), np.ones((64, 64), bool)
    hole[:, :3] = False
    assert np.array_equal(fill(rgb, hole).rgb[~hole], rgb[~hole])


def test_no_hole_and_nothing_but_hole(fill: Remove) -> None:
    rgb = _texture(40)
    empty = fill(rgb, np.zeros((40, 40), bool))
    assert empty.method is FillMethod.NOTHING
    assert np.array_equal(empty.rgb, rgb)
    with pytest.raises(UsageError, match="whole picture"):
        fill(rgb, np.ones((40, 40), bool))


def test_separate_holes_are_filled_one_by_one_and_progress_says_so(pool: WorkerPool) -> None:
    rgb, hole = _texture(600), np.zeros((600, 600), bool)
    hole[20:50, 20:50] = hole[550:580, 540:570] = True
    hole[300, 20:500] = True  # a wire, near neither
    rgb[hole] = (250, 0, 0)
    told: list[float | None] = []
    hearing = Hearing(threading.Event(), lambda share, _message: told.append(share))
    filled = remove(rgb, hole, 1, hearing, pool)
    assert told[0] is None
    shares = [share for share in told if share is not None]
    assert shares == sorted(shares)
    assert len(shares) == 2 * len(CAREFUL) + 1
    assert shares[-1] == 1
    assert filled.method is FillMethod.PATCHMATCH
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])
    assert (filled.rgb[hole][:, 1] > 20).all()  # the red object had no green


def test_the_quick_fill_of_a_large_hole_keeps_detail_and_everything_outside(
    pool: WorkerPool,
) -> None:
    rgb, hole = _texture(700), np.zeros((700, 700), bool)
    hole[200:420, 240:470] = True
    rgb[hole] = (250, 0, 0)
    filled = quick_fill(rgb, hole, Hearing(threading.Event(), lambda *_: None), pool).rgb
    assert np.array_equal(filled[~hole], rgb[~hole])
    truth = cv2.Laplacian(_texture(700), cv2.CV_32F)[hole].std()
    assert 0.6 < cv2.Laplacian(filled, cv2.CV_32F)[hole].std() / truth < 1.4
    assert abs(filled[hole].mean() - _texture(700)[hole].mean()) < 8
