"""Adjustments that mix the channels: hue and saturation, color balance."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.adjust import ColorAdjustment
from aipaint.pixels.tile import Pixels

Shift: TypeAlias = tuple[int, int, int]
"""Cyan to red, magenta to green, yellow to blue, each -100..100."""

_LUMA = np.array([0.0722, 0.7152, 0.2126], np.float32)  # blue, green, red
_STRENGTH = 0.7


@dataclass(frozen=True)
class HueSaturation(ColorAdjustment):
    """Hue in degrees -180..180 around the color circle; saturation and lightness -100..100."""

    hue: int = 0
    saturation: int = 0
    lightness: int = 0
    label = "Hue and saturation"

    @property
    def is_identity(self) -> bool:
        return self == HueSaturation()

    def recolored(self, color: Pixels) -> Pixels:
        # Imported here: the window shows before cv2 is loaded.
        from aipaint.pixels.cv import cv2

        shares = color.astype(np.float32) / 255
        hls = np.asarray(cv2.cvtColor(shares, cv2.COLOR_BGR2HLS), np.float32)
        hls[..., 0] = (hls[..., 0] + self.hue) % 360
        hls[..., 1] = _toward(hls[..., 1], self.lightness / 100)
        hls[..., 2] = np.clip(hls[..., 2] * (1 + self.saturation / 100), 0, 1)
        return _bytes(np.asarray(cv2.cvtColor(hls, cv2.COLOR_HLS2BGR), np.float32))


@dataclass(frozen=True)
class ColorBalance(ColorAdjustment):
    """Shifts the color of dark, middle and bright places apart."""

    shadows: Shift = (0, 0, 0)
    midtones: Shift = (0, 0, 0)
    highlights: Shift = (0, 0, 0)
    keeps_luminosity: bool = True
    label = "Color balance"

    @property
    def is_identity(self) -> bool:
        return not any((*self.shadows, *self.midtones, *self.highlights))

    def recolored(self, color: Pixels) -> Pixels:
        shares = color.astype(np.float32) / 255
        light = (shares.max(axis=2) + shares.min(axis=2)) / 2
        dark = np.clip(1 - light / 0.6, 0, 1)
        bright = np.clip((light - 0.4) / 0.6, 0, 1)
        middle = np.clip(1 - np.abs(light - 0.5) * 2, 0, 1)
        ranges = ((self.shadows, dark), (self.midtones, middle), (self.highlights, bright))
        out = shares.copy()
        for shift, weight in ranges:
            # Told as red, green, blue; stored as blue, green, red.
            out += weight[..., None] * (np.array(shift[::-1], np.float32) / 100 * _STRENGTH)
        if self.keeps_luminosity:
            out = np.clip(out, 0, 1)
            out += (shares @ _LUMA - out @ _LUMA)[..., None]
        return _bytes(np.asarray(out, np.float32))


def _toward(value: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """Toward white by a positive share, toward black by a negative one."""
    return value + (1 - value) * share if share > 0 else value * (1 + share)


def _bytes(shares: NDArray[np.float32]) -> Pixels:
    return np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)
