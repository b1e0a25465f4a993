"""Saving as PNG: our encoder against the fastest common one with its own settings."""

from collections.abc import Iterator

import numpy as np

from aipaint.pixels.cv import cv2
from aipaint.pixels.decode import decode_image
from aipaint.pixels.encode import encode_image
from tests.benchmarks.gate import Gate, Race, best_of, run_race
from tests.benchmarks.scenes import opaque, photo

_SIDE = 2048


def save_gates() -> Iterator[Gate]:
    """png_save."""
    yield best_of(_png_gate)


def _png_gate() -> Gate:
    bgra = opaque(photo(_SIDE))
    bgra[: _SIDE // 4, :, 3] = 128  # with transparency, so that both write four channels
    rgba = np.asarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA), np.uint8)
    race = Race(lambda: encode_image(rgba, ".png"), lambda: cv2.imencode(".png", bgra), pairs=7)
    gate = run_race("png_save", 1.2, "cv2.imencode", race)
    assert (decode_image(encode_image(rgba, ".png"), "picture.png").rgba == rgba).all()
    return gate
