"""`Stamps`: a brush tip in one color as 16-bit pictures, in sub-pixel phases, and where they go.

QPainter rounds a pure translation to whole pixels, so small tips are kept in several phases.
"""

from array import array
from math import floor
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from aipaint.pixels.brush import Color
from aipaint.pixels.tile import image_over
from aipaint.pixels.tip import Tip, coverage_of

BAND_ROWS = 64
"""QPainter hands every 64 rows of a blit in 16 bits, or in another mode than Normal, to a thread
of its own once there are 96 of them, which takes several times as long as the work itself."""

Places: TypeAlias = tuple[list[int], list[int], list[int]]
"""Columns and rows of top left corners, and the phases of the stamps that go there."""

_FEW = 24  # dabs; for fewer, making an array takes longer than a loop


class Stamp:
    """One tip in one phase, premultiplied, in 16 bits.

    The order is BGRA, as in tiles. The format of the image says RGBA; to the blitter a channel is
    a channel. `bands` are the same in pieces, each with the row it begins in.
    """

    __slots__ = ("bands", "image", "pixels")

    def __init__(self, tip: Tip, color: Color, shift_x: float, shift_y: float) -> None:
        coverage = coverage_of(tip, shift_x, shift_y)
        alpha = coverage * np.float32(tip.flow * color.alpha / 255 * 65535)
        self.pixels: NDArray[np.uint16] = np.empty((*coverage.shape, 4), np.uint16)
        for channel, part in enumerate((color.blue, color.green, color.red, 255)):
            self.pixels[..., channel] = alpha * np.float32(part / 255) + np.float32(0.5)
        self.image: QImage = image_over(self.pixels)
        self.bands: list[tuple[int, QImage]] = [
            (row, image_over(self.pixels[row : row + BAND_ROWS]))
            for row in range(0, len(coverage), BAND_ROWS)
        ]


class Stamps:
    """All phases of one tip in one color, made when first used."""

    def __init__(self, tip: Tip, color: Color) -> None:
        self.tip = tip
        self.color = color
        self.side = tip.side
        self._phases = tip.phases
        self._start = tip.reach * tip.phases
        self._made: list[Stamp | None] = [None] * (self._phases**2)
        self._missing = self._phases**2
        self.images: list[QImage] = [QImage()] * (self._phases**2)  # by phase, null until placed

    def place(self, xs: "array[float]", ys: "array[float]") -> Places:
        """Columns and rows of the top left corners, and the phase of each dab; arrays of doubles,
        because for some fifty dabs making an array of a list is most of the work."""
        if self._phases == 1:
            start = self._start
            places = [floor(x - start) for x in xs], [floor(y - start) for y in ys], [0] * len(xs)
        elif len(xs) < _FEW:
            places = self._few_placed(xs, ys)
        else:
            places = self._many_placed(xs, ys)
        if self._missing:
            for phase in set(places[2]):
                self.made(phase)
        return places

    def made(self, phase: int) -> Stamp:
        """The stamp of a phase."""
        stamp = self._made[phase]
        if stamp is None:
            down, across = divmod(phase, self._phases)
            shifts = across / self._phases, down / self._phases
            stamp = self._made[phase] = Stamp(self.tip, self.color, *shifts)
            self.images[phase] = stamp.image
            self._missing -= 1
        return stamp

    @property
    def byte_size(self) -> int:
        """Of all phases, made or not."""
        return self._phases**2 * self.side**2 * 8

    def _few_placed(self, xs: "array[float]", ys: "array[float]") -> Places:
        phases, start, last = self._phases, self._start, self._phases - 1
        across = [floor(x * phases - start) for x in xs]
        down = [floor(y * phases - start) for y in ys]
        numbers = [(y & last) * phases + (x & last) for x, y in zip(across, down, strict=True)]
        return [x // phases for x in across], [y // phases for y in down], numbers

    def _many_placed(self, xs: "array[float]", ys: "array[float]") -> Places:
        count, bits = len(xs), self._phases.bit_length() - 1
        steps = np.frombuffer(xs + ys) * self._phases
        steps -= self._start
        whole = np.floor(steps, out=steps).astype(np.int64)
        corners = (whole >> bits).tolist()
        whole &= self._phases - 1
        phases = whole[count:]
        phases <<= bits
        phases |= whole[:count]
        return corners[:count], corners[count:], phases.tolist()
