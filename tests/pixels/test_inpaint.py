"""Local removal: real PatchMatch in a real child process."""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels import inpaint_worker
from aipaint.pixels.inpaint import Filled, FillMethod, remove
from aipaint.pixels.inpaint_process import InpaintFailed


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


def _remove(rgb: npt.NDArray[np.uint8], hole: npt.NDArray[np.bool_], seed: int = 1) -> Filled:
    return remove(rgb, hole, seed=seed, cancelled=threading.Event(), report=lambda _done: None)


def test_the_object_goes_and_nothing_else_changes() -> None:
    rgb, hole = _texture(), _hole()
    rgb[75:115, 85:125] = (250, 0, 0)
    filled = _remove(rgb, hole)
    assert filled.method is FillMethod.PATCHMATCH
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])
    inside = filled.rgb[hole]
    assert not ((inside[:, 0] > 240) & (inside[:, 1] < 10)).any()
    assert abs(inside[:, 1].mean() - _texture()[hole][:, 1].mean()) < 8


def test_the_fill_has_the_texture_that_telea_smears() -> None:
    rgb, hole = _texture(), _hole()
    truth = cv2.Laplacian(rgb, cv2.CV_32F)[hole].std()
    filled = _remove(rgb, hole).rgb
    smeared = cv2.inpaint(rgb, hole.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    ours = cv2.Laplacian(filled, cv2.CV_32F)[hole].std() / truth
    theirs = cv2.Laplacian(smeared, cv2.CV_32F)[hole].std() / truth
    assert 0.6 < ours < 1.4
    assert theirs < 0.5


def test_the_seed_decides_the_picture() -> None:
    rgb, hole = _texture(), _hole()
    first = _remove(rgb, hole, seed=1).rgb
    assert np.array_equal(first, _remove(rgb, hole, seed=1).rgb)
    assert not np.array_equal(first, _remove(rgb, hole, seed=2).rgb)


def test_the_input_is_left_alone_and_may_be_a_view() -> None:
    rgb = _texture(240)[::-1, 20:220]
    before, hole = rgb.copy(), np.zeros(rgb.shape[:2], bool)
    hole[100:140, 10:60] = True
    filled = _remove(rgb, hole)
    assert np.array_equal(rgb, before)
    assert np.array_equal(filled.rgb[~hole], before[~hole])


def test_wires_are_filled_by_telea() -> None:
    rgb, hole = _texture(), np.zeros((200, 200), bool)
    hole[99:102] = True
    rgb[99:102] = 255
    filled = _remove(rgb, hole)
    assert filled.method is FillMethod.TELEA
    assert filled.rgb[99:102].max() < 255
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])


@pytest.mark.parametrize("shape", [(1, 2), (8, 8), (31, 200), (33, 33), (5, 400)])
def test_tiny_pictures_are_filled_somehow(shape: tuple[int, int]) -> None:
    rgb = np.full((*shape, 3), 80, np.uint8)
    hole = np.zeros(shape, bool)
    hole[: max(1, shape[0] // 2), : shape[1] // 2] = True
    rgb[hole] = 255
    filled = _remove(rgb, hole)
    assert np.abs(filled.rgb.astype(int) - 80).max() <= 4


def test_a_hole_that_leaves_a_rim_is_filled() -> None:
    rgb, hole = _texture(64), np.ones((64, 64), bool)
    hole[:, :3] = False
    assert np.array_equal(_remove(rgb, hole).rgb[~hole], rgb[~hole])


def test_no_hole_and_nothing_but_hole() -> None:
    rgb = _texture(40)
    empty = _remove(rgb, np.zeros((40, 40), bool))
    assert empty.method is FillMethod.NOTHING
    assert np.array_equal(empty.rgb, rgb)
    with pytest.raises(UsageError, match="whole picture"):
        _remove(rgb, np.ones((40, 40), bool))


def _big() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    hole = np.zeros((1400, 1400), bool)
    hole[300:1100, 300:1100] = True
    return _texture(1400), hole


@pytest.mark.parametrize("delay_seconds", [0.0, 0.05, 1.0])
def test_a_cancel_ends_the_call_and_the_process(delay_seconds: float) -> None:
    cancelled = threading.Event()
    timer = threading.Timer(delay_seconds, cancelled.set)
    timer.start()
    with pytest.raises(CancelledError):
        remove(*_big(), seed=1, cancelled=cancelled, report=lambda _done: None)
    timer.join()
    assert multiprocessing.active_children() == []


def test_a_child_that_dies_is_a_sentence() -> None:
    def kill_it() -> None:
        while not (children := multiprocessing.active_children()):
            time.sleep(0.005)
        time.sleep(0.2)
        os.kill(children[0].pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill_it)
    killer.start()
    with pytest.raises(InpaintFailed, match="stopped unexpectedly"):
        _remove(*_big())
    killer.join()
    assert multiprocessing.active_children() == []


def test_it_works_from_worker_threads_side_by_side() -> None:
    rgb, hole = _texture(), _hole()
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda seed: _remove(rgb, hole, seed).rgb, (1, 1)))
    assert np.array_equal(both[0], both[1])


def test_the_child_imports_next_to_nothing() -> None:
    """It must start fast: reading its source is enough to see that none of ours comes along."""
    source = Path(inpaint_worker.__file__).read_text(encoding="utf-8")
    assert "aipaint" not in source.split('"""', 2)[2]


def test_separate_holes_are_filled_one_by_one_and_progress_says_so() -> None:
    rgb, hole = _texture(600), np.zeros((600, 600), bool)
    hole[20:50, 20:50] = hole[550:580, 540:570] = True
    hole[300, 20:500] = True  # a wire, near neither
    rgb[hole] = (250, 0, 0)
    told: list[float | None] = []
    filled = remove(rgb, hole, seed=1, cancelled=threading.Event(), report=told.append)
    assert told[0] is None
    assert told[1:] == [1 / 3, 2 / 3]
    assert filled.method is FillMethod.PATCHMATCH
    assert np.array_equal(filled.rgb[~hole], rgb[~hole])
    assert (filled.rgb[hole][:, 1] > 20).all()  # the red object had no green
