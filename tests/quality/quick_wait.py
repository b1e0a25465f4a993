"""How long somebody waits for the first candidate in a large photograph, by the clock."""

import threading
import time

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.inpaint import quick_fill
from aipaint.pixels.worker_pool import WorkerPool
from aipaint.pixels.worker_process import Hearing
from tests.quality.photographs import Photograph

_WIDTH, _HEIGHT = 6000, 4000
_TRIES = 5


def quick_wait(photograph: Photograph) -> tuple[float, float]:
    """Seconds with a process that has to start, and the best of five with one that is warm."""
    enlarged = cv2.resize(photograph.rgb(), (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC)
    rgb = np.asarray(enlarged, np.uint8)
    mask = np.zeros((_HEIGHT, _WIDTH), np.uint8)
    cv2.circle(mask, (_WIDTH // 3, _HEIGHT // 3), 100, 1, -1)
    hearing = Hearing(threading.Event(), lambda _share, _message: None)
    waits = []
    with WorkerPool() as cold, WorkerPool() as warm:
        warm.warm_up()
        for pool in (cold, *[warm] * _TRIES):
            begun = time.perf_counter()
            quick_fill(rgb, mask > 0, hearing, pool)
            waits.append(time.perf_counter() - begun)
    return waits[0], min(waits[1:])
