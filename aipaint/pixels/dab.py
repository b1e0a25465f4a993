"""Dabs: cached 16-bit stamps of a brush tip, with sub-pixel phases.

QPainter rounds a pure translation to whole pixels, so small tips are kept in several phases.
"""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from aipaint.pixels.brush import Brush, Color
from aipaint.pixels.tile import image_over

_CACHE_LIMIT = 512
_SIZE_STEPS_PER_OCTAVE = 48


@dataclass(frozen=True)
class PlacedDab:
    """A stamp and where its top left corner goes."""

    image: QImage
    x: int
    y: int


class DabCache:
    """Makes and keeps the stamps of one color. Least recently used ones are dropped."""

    def __init__(self) -> None:
        self._cache: OrderedDict[tuple[object, ...], _Stamp] = OrderedDict()

    def place(self, brush: Brush, color: Color, x: float, y: float, size: float) -> PlacedDab:
        """The stamp of a tip with diameter `size` whose middle is at (x, y)."""
        size = _stepped(size)
        phases = _phases(size)
        reach = size / 2 + 1
        left, top = x - reach, y - reach
        column, row = np.floor(left * phases) / phases, np.floor(top * phases) / phases
        whole_column, whole_row = int(np.floor(column)), int(np.floor(row))
        phase_x, phase_y = column - whole_column, row - whole_row
        stamp = self._stamp((size, brush.hardness, brush.flow, color, phase_x, phase_y))
        return PlacedDab(stamp.image, whole_column, whole_row)

    def _stamp(self, key: tuple[float, float, float, Color, float, float]) -> "_Stamp":
        stamp = self._cache.get(key)
        if stamp is None:
            stamp = self._cache[key] = _Stamp(*key)
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(key)
        return stamp


def tip_coverage(
    size: float, hardness: float, shift_x: float, shift_y: float
) -> NDArray[np.float64]:
    """How much of each pixel a round tip covers, 0..1, as a square array.

    Full inside hardness × radius, a smooth fall to nothing at the radius, and never a sharper edge
    than one pixel, so that a hard tip is anti-aliased.
    """
    radius = size / 2
    side = int(np.ceil(size + 2)) + 1
    middle = radius + 1
    columns = np.arange(side) + 0.5 - (middle + shift_x)
    rows = np.arange(side) + 0.5 - (middle + shift_y)
    distance = np.hypot(columns[None, :], rows[:, None])
    soft = radius * (1 - hardness)
    if soft <= 1.0:
        edge: NDArray[np.float64] = np.clip(radius + 0.5 - distance, 0.0, 1.0)
        return edge
    inside: NDArray[np.float64] = np.clip((radius - distance) / soft, 0.0, 1.0)
    return inside * inside * (3 - 2 * inside)


class _Stamp:
    """One tip as premultiplied 16-bit RGBA; holds the array that the QImage borrows."""

    def __init__(  # noqa: PLR0913 - the cache key, spelled out
        self,
        size: float,
        hardness: float,
        flow: float,
        color: Color,
        phase_x: float,
        phase_y: float,
    ) -> None:
        alpha = tip_coverage(size, hardness, phase_x, phase_y) * (flow * color.alpha / 255)
        rgb = np.array([color.red, color.green, color.blue, 255]) / 255
        self.pixels = np.rint(alpha[..., None] * rgb * 65535).astype(np.uint16)
        self.image = image_over(self.pixels)


def _stepped(size: float) -> float:
    """Sizes in steps of about 1.5 %, so that pressure does not fill the cache."""
    size = max(size, 1.0)
    return float(2 ** (round(np.log2(size) * _SIZE_STEPS_PER_OCTAVE) / _SIZE_STEPS_PER_OCTAVE))


def _phases(size: float) -> int:
    if size <= 12:
        return 4
    return 2 if size <= 32 else 1
