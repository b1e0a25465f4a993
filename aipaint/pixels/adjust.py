"""Adjustments of color: brightness and contrast, levels, curves, invert, desaturate.

Laws: settings that say "nothing" change no byte; alpha stays as it is; the math is on straight
color, not on what alpha has darkened. (Gaussian blur, in `adjust_focus`, is the one exception: it
spreads alpha as well.)
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.spline import Knots, spline_table
from aipaint.pixels.tile import Pixels

Table: TypeAlias = NDArray[np.uint8]
"""(256,) what each value becomes."""

STRAIGHT_LINE: Knots = ((0.0, 0.0), (1.0, 1.0))

_VALUES = np.arange(256)
_ALPHAS = _VALUES[:, None]
# Indexed by [alpha, color]. There and back is exact for every premultiplied color.
_STRAIGHT = np.minimum(
    (_VALUES * 255 + np.maximum(_ALPHAS, 1) // 2) // np.maximum(_ALPHAS, 1), 255
).astype(np.uint8)
_PREMULTIPLIED = ((_VALUES * _ALPHAS + 127) // 255).astype(np.uint8)


class Adjustment(ABC):
    """What is done to pixels; a frozen dataclass of its settings. `label` names it for people."""

    label: str = ""

    @property
    @abstractmethod
    def is_identity(self) -> bool:
        """With these settings nothing would change."""

    @property
    def margin(self) -> int:
        """How many pixels around a pixel have a say in it."""
        return 0

    @abstractmethod
    def apply(self, pixels: Pixels) -> Pixels:
        """(h, w, 4) BGRA premultiplied in and out, of the same size; the input is left alone."""


class ColorAdjustment(Adjustment):
    """Looks at each pixel's color alone, never at its alpha or its neighbors."""

    @abstractmethod
    def recolored(self, color: Pixels) -> Pixels:
        """(h, w, 3) straight BGR in and out."""

    def apply(self, pixels: Pixels) -> Pixels:
        if self.is_identity:
            return pixels.copy()
        alpha = pixels[..., 3]
        out = np.empty_like(pixels)
        out[..., :3] = premultiplied_color(self.recolored(straight_color(pixels)), alpha)
        out[..., 3] = alpha
        return out


class TableAdjustment(ColorAdjustment):
    """Maps the values of each channel by a table of its own."""

    @abstractmethod
    def tables(self) -> tuple[Table, Table, Table]:
        """For blue, green and red."""

    def recolored(self, color: Pixels) -> Pixels:
        # Imported here: the window shows before cv2 is loaded.
        from aipaint.pixels.cv import cv2

        table = np.stack(self.tables(), axis=1)[None]
        return np.asarray(cv2.LUT(np.ascontiguousarray(color), table), np.uint8)


@dataclass(frozen=True)
class BrightnessContrast(TableAdjustment):
    """Both -100..100. Brightness keeps black and white apart; contrast turns about the middle."""

    brightness: int = 0
    contrast: int = 0
    label = "Brightness and contrast"

    @property
    def is_identity(self) -> bool:
        return self.brightness == 0 and self.contrast == 0

    def tables(self) -> tuple[Table, Table, Table]:
        value = _VALUES / 255
        share = self.brightness / 200
        value = value * (1 + share) if share < 0 else value + (1 - value) * share
        slope = math.tan((min(self.contrast, 99.5) / 100 + 1) * math.pi / 4)
        table = _table((value - 0.5) * slope + 0.5)
        return table, table, table


@dataclass(frozen=True)
class LevelRange:
    """Input black and white, the middle's gamma, and the output's black and white."""

    black: int = 0
    white: int = 255
    gamma: float = 1.0
    out_black: int = 0
    out_white: int = 255

    def table(self) -> NDArray[np.float64]:
        """(256,) 0..1."""
        span = max(1, self.white - self.black)
        value = np.clip((_VALUES - self.black) / span, 0, 1) ** (1 / max(self.gamma, 0.01))
        low, high = self.out_black / 255, self.out_white / 255
        return np.asarray(low + value * (high - low), np.float64)


@dataclass(frozen=True)
class Levels(TableAdjustment):
    """`every` is applied after the channel's own range."""

    every: LevelRange = LevelRange()
    red: LevelRange = LevelRange()
    green: LevelRange = LevelRange()
    blue: LevelRange = LevelRange()
    label = "Levels"

    @property
    def is_identity(self) -> bool:
        return self == Levels()

    def tables(self) -> tuple[Table, Table, Table]:
        every = _table(self.every.table())
        blue, green, red = (every[_table(one.table())] for one in (self.blue, self.green, self.red))
        return blue, green, red


@dataclass(frozen=True)
class Curves(TableAdjustment):
    """Knots (x, y) 0..1 with x ascending, joined by a smooth line that never overshoots."""

    every: Knots = field(default=STRAIGHT_LINE)
    red: Knots = field(default=STRAIGHT_LINE)
    green: Knots = field(default=STRAIGHT_LINE)
    blue: Knots = field(default=STRAIGHT_LINE)
    label = "Curves"

    @property
    def is_identity(self) -> bool:
        return all(
            (_table(spline_table(knots)) == _VALUES).all()
            for knots in (self.every, self.red, self.green, self.blue)
        )

    def tables(self) -> tuple[Table, Table, Table]:
        every = _table(spline_table(self.every))
        blue, green, red = (
            every[_table(spline_table(knots))] for knots in (self.blue, self.green, self.red)
        )
        return blue, green, red


@dataclass(frozen=True)
class Invert(Adjustment):
    """Every color becomes its opposite. Twice is nothing, to the byte, at every alpha."""

    label = "Invert colors"

    @property
    def is_identity(self) -> bool:
        return False

    def apply(self, pixels: Pixels) -> Pixels:
        out = pixels.copy()
        # Premultiplied, the opposite of c is alpha - c; no rounding is lost on the way.
        out[..., :3] = pixels[..., 3:] - pixels[..., :3]
        return out


@dataclass(frozen=True)
class Desaturate(ColorAdjustment):
    """Every color becomes the gray that is as bright to the eye."""

    label = "Desaturate"

    @property
    def is_identity(self) -> bool:
        return False

    def recolored(self, color: Pixels) -> Pixels:
        return np.repeat(luminance(color)[..., None], 3, axis=2)


def luminance(color: Pixels) -> Pixels:
    """(h, w, 3) BGR to (h, w): how bright the eye sees it, by the weights of Rec. 709."""
    blue, green, red = (color[..., index].astype(np.uint32) for index in range(3))
    return ((4732 * blue + 46871 * green + 13933 * red + 32768) >> 16).astype(np.uint8)


def straight_color(pixels: Pixels) -> Pixels:
    """(h, w, 4) BGRA premultiplied to (h, w, 3) straight BGR."""
    alpha = pixels[..., 3]
    if alpha.size and alpha.min() == 255:
        return pixels[..., :3].copy()
    return _looked_up(_STRAIGHT, alpha, pixels[..., :3])


def premultiplied_color(color: Pixels, alpha: Pixels) -> Pixels:
    """(h, w, 3) straight BGR times (h, w) alpha."""
    if alpha.size and alpha.min() == 255:
        return color
    return _looked_up(_PREMULTIPLIED, alpha, color)


def _looked_up(table: NDArray[np.uint8], alpha: Pixels, color: Pixels) -> Pixels:
    """`table[alpha, color]`; one flat index takes a third of the time of two."""
    return np.take(table.ravel(), (alpha.astype(np.uint16)[..., None] << 8) | color)


def _table(values: NDArray[np.float64]) -> Table:
    """(256,) 0..1 to bytes."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
