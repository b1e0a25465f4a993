"""A large hole in a large picture: in a bounded memory, and it says how far it is."""

import tracemalloc

import numpy as np
import pytest

from aipaint.pixels.best_fill import LARGE_PIXELS
from aipaint.pixels.cv import cv2
from aipaint.pixels.fill_holes import CAREFUL, FillMethod, fill_holes
from aipaint.pixels.tile import Pixels

_SIDE = 2080
_TRIES = CAREFUL[:2]
_MOST_BYTES_A_PIXEL = 45


@pytest.fixture(scope="module")
def sand() -> Pixels:
    small = np.random.default_rng(1).integers(0, 255, (_SIDE // 8, _SIDE // 8, 3))
    large = cv2.resize(small.astype(np.uint8), (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)


def test_a_large_hole_takes_little_memory_and_says_how_far_it_is(sand: Pixels) -> None:
    assert sand.shape[0] * sand.shape[1] > LARGE_PIXELS
    mask = np.zeros((_SIDE, _SIDE), np.uint8)
    cv2.circle(mask, (_SIDE // 2, _SIDE // 2), 340, 1, -1)
    told: list[float | None] = []
    tracemalloc.start()
    filled = fill_holes(sand, mask, 1, _TRIES, lambda share, _: told.append(share))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert filled.method is FillMethod.PATCHMATCH
    assert peak < _MOST_BYTES_A_PIXEL * _SIDE * _SIDE
    assert told == [None, 0.5, 1.0]
    assert (filled.rgb[mask == 0] == sand[mask == 0]).all()
    inside = filled.rgb[mask > 0]
    assert abs(float(inside.mean()) - float(sand.mean())) < 15
    assert float(inside.std()) > 0.5 * float(sand.std())  # a texture, not a smear


def test_several_holes_share_the_progress(sand: Pixels) -> None:
    small = np.ascontiguousarray(sand[:420, :420])
    mask = np.zeros(small.shape[:2], np.uint8)
    mask[40:60, 40:60] = mask[360:380, 360:380] = 1
    told: list[float | None] = []
    fill_holes(small, mask, 1, _TRIES, lambda share, _: told.append(share))
    assert told == [None, 0.25, 0.5, 0.75, 1.0]
