"""Small measures on arrays: multiplied, narrowed and shrunk, each against plain floats."""

import numpy as np
import pytest

from aipaint.pixels.multiply import multiplied
from aipaint.pixels.narrow import narrow
from aipaint.pixels.shrink import shrunk


@pytest.mark.parametrize("shape", [(70, 90, 4), (70, 90)])
def test_coverage_multiplies_to_the_nearest_level(shape: tuple[int, ...]) -> None:
    chance = np.random.default_rng(1)
    pixels = chance.integers(0, 256, shape).astype(np.uint8)
    coverage = chance.integers(0, 256, shape[:2]).astype(np.uint8)
    share = coverage[..., None] if len(shape) == 3 else coverage
    assert np.abs(multiplied(pixels, coverage) - pixels * (share / 255)).max() <= 0.51
    assert (multiplied(pixels, np.full(shape[:2], 255, np.uint8)) == pixels).all()
    assert not multiplied(pixels, np.zeros(shape[:2], np.uint8)).any()


def test_narrowing_rounds_and_keeps_the_ends() -> None:
    every = np.arange(65536, dtype=np.uint16).reshape(256, 64, 4)
    narrowed = np.empty(every.shape, np.uint8)
    narrow(every, narrowed)
    assert (narrowed == np.rint(every / 257)).all()
    apart = np.zeros((256, 130, 4), np.uint8)[:, 3:67]
    narrow(every, apart)
    assert (apart == narrowed).all()


@pytest.mark.parametrize("side", [128, 64, 32, 16])
def test_shrinking_takes_the_mean(side: int) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (256, 256, 4)).astype(np.uint8)
    step = 256 // side
    means = pixels.reshape(side, step, side, step, 4).mean(axis=(1, 3))
    assert np.abs(shrunk(pixels, side) - means).max() <= 1
