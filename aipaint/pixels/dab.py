"""Dabs: cached 16-bit stamps of a brush tip, with sub-pixel phases.

QPainter rounds a pure translation to whole pixels, so small tips are kept in several phases.
"""

import math
from array import array
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from aipaint.pixels.brush import Color
from aipaint.pixels.stroke_blocks import SpareBlocks
from aipaint.pixels.tile import image_over

_CACHE_BYTES = 96 * 1024 * 1024
_SIZE_STEPS_PER_OCTAVE = 48
_ANGLE_STEP = 3.0


@dataclass(frozen=True)
class Tip:
    """What a stamp depends on, besides color and phase; `size` is the diameter in pixels.

    `roundness` is the short side over the long one, which lies `angle_degrees` from the horizontal,
    clockwise.
    """

    size: float
    hardness: float
    flow: float
    roundness: float = 1.0
    angle_degrees: float = 0.0

    @staticmethod
    def stepped(size: float, hardness: float, flow: float) -> "Tip":
        """Sizes in steps of about 1.5 %, so that pressure does not fill the cache."""
        octaves = math.log2(max(size, 1.0)) * _SIZE_STEPS_PER_OCTAVE
        return Tip(2.0 ** (round(octaves) / _SIZE_STEPS_PER_OCTAVE), hardness, flow)

    def turned(self, roundness: float, angle_degrees: float) -> "Tip":
        """The tip as an ellipse, in steps of 3 degrees; never thinner than a pixel."""
        roundness = max(roundness, 1 / self.size)
        if roundness >= 1:
            return self
        angle = _ANGLE_STEP * round(angle_degrees % 180 / _ANGLE_STEP) % 180
        return Tip(self.size, self.hardness, self.flow, roundness, angle)

    @property
    def phases(self) -> int:
        """How many places within a pixel are told apart, per axis; a power of two."""
        if self.size <= 12:
            return 4
        return 2 if self.size <= 32 else 1


class Stamp:
    """One tip in one phase, premultiplied, in 16 bits.

    The order is BGRA, as in tiles. The format of the image says RGBA; to the blitter a channel is
    a channel.
    """

    __slots__ = ("image", "pixels")

    def __init__(self, tip: Tip, color: Color, shift_x: float, shift_y: float) -> None:
        if tip.roundness < 1:
            coverage = _ellipse_coverage(tip, shift_x, shift_y)
        else:
            coverage = tip_coverage(tip.size, tip.hardness, shift_x, shift_y)
        alpha = coverage * np.float32(tip.flow * color.alpha / 255 * 65535)
        self.pixels = np.empty((*coverage.shape, 4), np.uint16)
        for channel, part in enumerate((color.blue, color.green, color.red, 255)):
            self.pixels[..., channel] = alpha * np.float32(part / 255) + np.float32(0.5)
        self.image: QImage = image_over(self.pixels)


class Stamps:
    """All phases of one tip in one color, made when first used."""

    def __init__(self, tip: Tip, color: Color) -> None:
        self._tip = tip
        self._color = color
        self._phases = tip.phases
        self._made: list[Stamp | None] = [None] * (self._phases**2)
        self._missing = self._phases**2
        self.images: list[QImage] = [QImage()] * (self._phases**2)  # by phase, null until placed
        self.side = _side(tip.size)

    def place(self, xs: list[float], ys: list[float]) -> tuple[list[int], list[int], list[int]]:
        """Columns and rows of the top left corners, and the phase of each dab."""
        phases, count = self._phases, len(xs)
        # One flat array: for fifty dabs, making arrays of lists is most of the work.
        steps = np.frombuffer(array("d", xs + ys)) * phases
        steps -= (self._tip.size / 2 + 1) * phases
        whole = np.floor(steps, out=steps).astype(np.int64)
        corners = (whole >> (phases.bit_length() - 1)).tolist()
        fraction = whole & (phases - 1)
        numbers = (fraction[count:] * phases + fraction[:count]).tolist()
        if self._missing:
            for number in set(numbers):
                self.made(number)
        return corners[:count], corners[count:], numbers

    def made(self, number: int) -> Stamp:
        """The stamp of a phase."""
        stamp = self._made[number]
        if stamp is None:
            down, across = divmod(number, self._phases)
            shifts = across / self._phases, down / self._phases
            stamp = self._made[number] = Stamp(self._tip, self._color, *shifts)
            self.images[number] = stamp.image
            self._missing -= 1
        return stamp

    @property
    def byte_size(self) -> int:
        """Of all phases, made or not."""
        return self._phases**2 * self.side**2 * 8


class DabCache:
    """Makes and keeps stamps. Least recently used ones are dropped beyond 96 MB.

    Also keeps the memory of strokes that are over, in `spare_blocks`.
    """

    def __init__(self) -> None:
        self.spare_blocks = SpareBlocks()
        self._kept: OrderedDict[tuple[Tip, Color], Stamps] = OrderedDict()
        self._byte_size = 0

    def stamps(self, tip: Tip, color: Color) -> Stamps:
        """The stamps of a tip in a color."""
        stamps = self._kept.get((tip, color))
        if stamps is not None:
            self._kept.move_to_end((tip, color))
            return stamps
        stamps = self._kept[tip, color] = Stamps(tip, color)
        self._byte_size += stamps.byte_size
        while self._byte_size > _CACHE_BYTES and len(self._kept) > 1:
            self._byte_size -= self._kept.popitem(last=False)[1].byte_size
        return stamps


def tip_coverage(
    size: float, hardness: float, shift_x: float, shift_y: float
) -> NDArray[np.float32]:
    """How much of each pixel a round tip covers, 0..1, as a square array.

    Full inside hardness × radius, a smooth fall to nothing at the radius, and never a sharper edge
    than one pixel, so that a hard tip is anti-aliased.
    """
    radius = size / 2
    middle = radius + 1
    steps = np.arange(_side(size), dtype=np.float32) + np.float32(0.5 - middle)
    across, down = steps - np.float32(shift_x), steps - np.float32(shift_y)
    distance = np.sqrt((down * down)[:, None] + (across * across)[None, :])
    soft = radius * (1 - hardness)
    if soft <= 1.0:
        edge: NDArray[np.float32] = np.clip(np.float32(radius + 0.5) - distance, 0, 1)
        return edge
    inside = np.clip((np.float32(radius) - distance) / np.float32(soft), 0, 1)
    fall: NDArray[np.float32] = inside * inside * (3 - 2 * inside)
    return fall


def _ellipse_coverage(tip: Tip, shift_x: float, shift_y: float) -> NDArray[np.float32]:
    """The same for a tip that is not round."""
    radius, roundness = tip.size / 2, tip.roundness
    steps = np.arange(_side(tip.size), dtype=np.float32) + np.float32(0.5 - radius - 1)
    across, down = (steps - np.float32(shift_x))[None, :], (steps - np.float32(shift_y))[:, None]
    turn = math.radians(tip.angle_degrees)
    along = across * np.float32(math.cos(turn)) + down * np.float32(math.sin(turn))
    aside = (down * np.float32(math.cos(turn)) - across * np.float32(math.sin(turn))) / roundness
    distance = np.hypot(along, aside)
    soft = radius * (1 - tip.hardness)
    if soft * roundness <= 1.0:
        # Stretched distances rise faster across the ellipse; the edge is a pixel wide everywhere.
        rise = np.maximum(np.hypot(along, aside / roundness) / np.maximum(distance, 1e-3), 1)
        edge: NDArray[np.float32] = np.clip((radius - distance) / rise + 0.5, 0, 1)
        return edge.astype(np.float32)
    inside = np.clip((radius - distance) / np.float32(soft), 0, 1).astype(np.float32)
    fall: NDArray[np.float32] = inside * inside * (3 - 2 * inside)
    return fall


def _side(size: float) -> int:
    return math.ceil(size + 2) + 1
