"""Grain: seamless grounds that a brush feels, made by formula, so none is shipped as a file."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from aipaint.pixels.brush import Brush, Grain
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, image_over

Ground = NDArray[np.float64]
"""Square, 0 where the ground takes no paint and 1 where it takes all; its edges meet."""


@lru_cache(maxsize=8)
def grain_coverage(grain: Grain, scale: int) -> NDArray[np.uint8]:
    """(side, side) 0..255 with side = 256 × scale; the same picture, `scale` times as large.

    Laid edge to edge it has no seams. Not to be written to.
    """
    ground = _enlarged(_GROUNDS[grain](), scale)
    # Qt needs it row by row; an enlarged ground comes column by column.
    coverage = np.ascontiguousarray(np.rint(np.clip(ground, 0, 1) * 255).astype(np.uint8))
    coverage.setflags(write=False)
    return coverage


def on_ground(
    buffer: NDArray[np.uint16], brush: Brush, tile: Rect, part: Rect
) -> NDArray[np.uint16]:
    """What the ground takes of the `part` of a stroke's buffer, (h, w, 4) uint16, as a new array.

    The ground lies still on the canvas: `tile` is the tile's place there, `part` counts from it.
    """
    kept = np.ascontiguousarray(buffer) if not buffer.flags.c_contiguous else buffer.copy()
    ground = _image(brush.grain, brush.grain_scale)
    side = ground.width()
    left, top = (tile.x + part.x) % side, (tile.y + part.y) % side
    canvas = image_over(kept)  # a painter keeps no reference to what it paints on
    painter = QPainter(canvas)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.setOpacity(brush.grain_strength)
    # A tile never reaches over the ground's edge: its side is a multiple of a tile's.
    painter.drawImage(0, 0, ground, left, top, part.width, part.height)
    painter.end()
    return kept


@lru_cache(maxsize=8)
def _image(grain: Grain, scale: int) -> QImage:
    return image_over(grain_coverage(grain, scale))


def _none() -> Ground:
    return np.ones((TILE_SIZE, TILE_SIZE))


def _paper() -> Ground:
    """Soft tooth: fine bumps on slow waves."""
    fine = _noise(2.2, 11)
    slow = _noise(9.0, 12)
    return _steep(fine + 0.45 * slow, 0.55, 0.9)


def _canvas() -> Ground:
    """Threads over and under each other, not quite evenly."""
    steps = np.arange(TILE_SIZE) * (2 * np.pi / 8)
    wobble = _noise(5.0, 21) * 0.35
    across = np.cos(steps[None, :] + wobble)
    down = np.cos(steps[:, None] - wobble)
    over = np.cos(steps[None, :] / 2) * np.cos(steps[:, None] / 2)
    weave = np.where(over > 0, across, down)
    return _steep(weave + 0.3 * _noise(1.6, 22), 0.5, 0.9)


def _chalk() -> Ground:
    """Rough: patches that take everything beside patches that take next to nothing."""
    rough = _noise(2.6, 31) + 0.6 * _noise(6.5, 32)
    return _steep(rough, 0.5, 3.0)


def _speckles() -> Ground:
    """Small separate spots."""
    return _steep(_noise(1.7, 41) - 0.75, 0.5, 3.5)


_GROUNDS: dict[Grain, Callable[[], Ground]] = {
    Grain.NONE: _none,
    Grain.PAPER: _paper,
    Grain.CANVAS: _canvas,
    Grain.CHALK: _chalk,
    Grain.SPECKLES: _speckles,
}


def _noise(width: float, seed: int) -> Ground:
    """Noise with bumps about `width` pixels across, mean 0, deviation 1. It is blurred in the
    frequency domain, which takes the left edge for the neighbor of the right one."""
    white = np.random.default_rng(seed).standard_normal((TILE_SIZE, TILE_SIZE))
    frequency = np.fft.fftfreq(TILE_SIZE)
    squared = frequency[:, None] ** 2 + frequency[None, :] ** 2
    # A Gaussian of deviation width / 2.
    blur = np.exp(-2 * (np.pi * width / 2) ** 2 * squared)
    blurred = np.fft.ifft2(np.fft.fft2(white) * blur).real
    heights: Ground = (blurred - blurred.mean()) / blurred.std()
    return heights


def _steep(height: Ground, middle: float, slope: float) -> Ground:
    """Heights around 0 become 0..1 around `middle`; a steeper slope leaves fewer half tones."""
    ground: Ground = middle + (1 / (1 + np.exp(-slope * 1.6 * height)) - 0.5)
    return np.clip(ground, 0.0, 1.0)


def _enlarged(ground: Ground, scale: int) -> Ground:
    """Linear between the pixels, and past the last one to the first."""
    if scale == 1:
        return ground
    place = (np.arange(TILE_SIZE * scale) + 0.5) / scale - 0.5
    first = np.floor(place).astype(int)
    share = place - first
    one, other = first % TILE_SIZE, (first + 1) % TILE_SIZE
    rows = ground[one] * (1 - share)[:, None] + ground[other] * share[:, None]
    larger: Ground = rows[:, one] * (1 - share) + rows[:, other] * share
    return larger
