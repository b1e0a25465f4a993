"""Long computations in child processes: cancelled at once, kept warm, gone at the end."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from aipaint.errors import CancelledError, UsageError
from aipaint.pixels.fill_holes import CAREFUL, fill_holes
from aipaint.pixels.worker_body import load_fill
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing, WorkerFailed


def _hearing(cancelled: threading.Event | None = None) -> Hearing:
    return Hearing(cancelled or threading.Event(), lambda *_: None)


def _children() -> set[int]:
    return {child.pid or 0 for child in multiprocessing.active_children()}


def _large() -> tuple[object, ...]:
    rgb = np.random.default_rng(1).integers(0, 255, (1400, 1400, 3)).astype(np.uint8)
    mask = np.zeros((1400, 1400), np.uint8)
    mask[300:1100, 300:1100] = 1
    return rgb, mask, 1, CAREFUL


@pytest.mark.parametrize("delay_seconds", [0.0, 0.05, 1.0])
def test_a_cancel_ends_the_call_and_the_process(delay_seconds: float) -> None:
    cancelled = threading.Event()
    timer = threading.Timer(delay_seconds, cancelled.set)
    before = _children()
    with WorkerPool() as pool:
        timer.start()
        with pytest.raises(CancelledError):
            pool.run(fill_holes, _large(), _hearing(cancelled))
        assert _children() <= before
    timer.join()


def test_a_child_ends_with_its_work_unless_one_is_to_be_kept_warm() -> None:
    before = _children()
    with WorkerPool() as pool:
        pool.run(load_fill, (), _hearing())
        assert _children() <= before


def test_a_warm_child_is_used_again_and_ends_with_the_pool() -> None:
    before = _children()
    with WorkerPool() as pool:
        pool.warm_up()
        pool.run(load_fill, (), _hearing())
        first = _children() - before
        pool.run(load_fill, (), _hearing())
        assert _children() - before == first
        assert len(first) == 1
    assert _children() <= before


def test_a_warm_child_has_loaded_what_a_fill_needs_and_is_the_one_that_is_used() -> None:
    before = _children()
    with WorkerPool() as pool:
        pool.warm_up()
        pool.warm_up()
        (warm,) = _children() - before
        pool.run(load_fill, (), _hearing())
        assert _children() - before == {warm}


def test_a_pool_that_nobody_closed_leaves_no_process() -> None:
    before = _children()
    pool = WorkerPool()
    pool.warm_up()
    assert len(_children() - before) == 1
    del pool
    assert _children() <= before


def test_a_child_that_held_a_large_picture_is_not_kept() -> None:
    before = _children()
    with WorkerPool() as pool:
        pool.warm_up()
        picture = np.zeros((3000, 3000, 3), np.uint8)
        pool.run(fill_holes, (picture, np.zeros((3000, 3000), np.uint8), 1, CAREFUL), _hearing())
        assert _children() <= before


def _kill_the_first_child(known: set[int]) -> None:
    while not (children := _children() - known):
        time.sleep(0.005)
    time.sleep(0.2)
    os.kill(children.pop(), signal.SIGKILL)


def test_a_child_that_dies_is_a_sentence_and_the_next_call_works() -> None:
    killer = threading.Thread(target=_kill_the_first_child, args=(_children(),))
    with WorkerPool() as pool:
        killer.start()
        with pytest.raises(WorkerFailed, match="stopped unexpectedly"):
            pool.run(fill_holes, _large(), _hearing())
        killer.join()
        pool.run(load_fill, (), _hearing())


def test_an_idle_child_that_died_is_replaced() -> None:
    before = _children()
    with WorkerPool() as pool:
        pool.warm_up()
        (idle,) = _children() - before
        os.kill(idle, signal.SIGKILL)
        while idle in _children():
            time.sleep(0.005)
        pool.run(load_fill, (), _hearing())
        assert len(_children() - before) == 1


def test_wrong_use_and_faults_arrive_as_sentences() -> None:
    with WorkerPool() as pool:
        full = (np.zeros((40, 40, 3), np.uint8), np.ones((40, 40), np.uint8), 1, CAREFUL)
        with pytest.raises(UsageError, match="whole picture") as caught:
            pool.run(fill_holes, full, _hearing())
        assert caught.value.hint
        with pytest.raises(WorkerFailed, match="TypeError"):
            pool.run(fill_holes, ("not a picture",), _hearing())


def test_threads_side_by_side_get_children_of_their_own() -> None:
    rgb = np.random.default_rng(1).integers(0, 255, (120, 120, 3)).astype(np.uint8)
    mask = np.zeros((120, 120), np.uint8)
    mask[40:80, 40:80] = 1

    with WorkerPool() as pool, ThreadPoolExecutor(2) as threads:

        def run(seed: int) -> bytes:
            work = (rgb, mask, seed, CAREFUL)
            return pool.run(fill_holes, work, _hearing()).rgb.tobytes()

        first, again, other = threads.map(run, (1, 1, 2))
    assert first == again != other


def test_the_child_starts_without_qt() -> None:
    """It must start fast, and a window library has no business there."""
    code = "import sys, aipaint.pixels.fill_holes; print('PySide6' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
