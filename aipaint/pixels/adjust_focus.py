"""Adjustments that look at the neighbors: Gaussian blur and sharpening."""

import math
from dataclasses import dataclass

import numpy as np

from aipaint.pixels.adjust import Adjustment, premultiplied_color, straight_color
from aipaint.pixels.tile import Pixels

LARGEST_RADIUS = 500.0

_FINE_RADIUS = 6.0
"""Up to here the blur is made at full size; a wider one on a smaller copy, which looks the same."""


@dataclass(frozen=True)
class GaussianBlur(Adjustment):
    """`radius_pixels` is the standard deviation. Alpha is spread as well: a blurred layer has
    soft edges."""

    radius_pixels: float = 0.0
    label = "Gaussian blur"

    @property
    def is_identity(self) -> bool:
        return self.radius_pixels <= 0

    @property
    def margin(self) -> int:
        step = _step(self.radius_pixels)
        return -(-math.ceil(4 * self.radius_pixels + 2 * step) // step) * step

    def apply(self, pixels: Pixels) -> Pixels:
        return pixels.copy() if self.is_identity else _blurred(pixels, self.radius_pixels)


@dataclass(frozen=True)
class Sharpen(Adjustment):
    """Unsharp mask: what differs from a blurred copy by at least `threshold` differs more, by
    `amount_percent`. Alpha stays."""

    amount_percent: int = 0
    radius_pixels: float = 1.5
    threshold: int = 0
    label = "Sharpen"

    @property
    def is_identity(self) -> bool:
        return self.amount_percent <= 0 or self.radius_pixels <= 0

    @property
    def margin(self) -> int:
        return GaussianBlur(self.radius_pixels).margin

    def apply(self, pixels: Pixels) -> Pixels:
        if self.is_identity:
            return pixels.copy()
        # Blurred premultiplied and then made straight, so that what is transparent has no say.
        color = straight_color(pixels).astype(np.int16)
        difference = color - straight_color(_blurred(pixels, self.radius_pixels))
        gain = np.where(np.abs(difference) >= self.threshold, self.amount_percent / 100, 0)
        sharp = np.clip(np.rint(color + gain * difference), 0, 255).astype(np.uint8)
        out = pixels.copy()
        out[..., :3] = premultiplied_color(sharp, pixels[..., 3])
        return out


def _step(radius: float) -> int:
    """By how much the copy is smaller, a power of two."""
    return 1 << max(0, math.ceil(math.log2(max(radius, 1e-6) / _FINE_RADIUS)))


def _blurred(pixels: Pixels, radius: float) -> Pixels:
    # Imported here: the window shows before cv2 is loaded.
    from aipaint.pixels.cv import cv2

    step = _step(radius)
    if step == 1:
        return _within_alpha(np.asarray(cv2.GaussianBlur(pixels, (0, 0), radius), np.uint8))
    height, width = pixels.shape[:2]
    down, right = -height % step, -width % step
    padded = cv2.copyMakeBorder(pixels, 0, down, 0, right, cv2.BORDER_REPLICATE)
    size = ((width + right) // step, (height + down) // step)
    # Floats: steps of 1/255 would show as bands once they are this wide.
    small = cv2.resize(padded.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    # Shrinking and growing blur a little by themselves: a box and a triangle of one step.
    rest = math.sqrt(max((radius / step) ** 2 - 0.25, 0.01))
    small = cv2.GaussianBlur(small, (0, 0), rest)
    large = cv2.resize(small, (width + right, height + down), interpolation=cv2.INTER_LINEAR)
    return _within_alpha(np.rint(large[:height, :width]).astype(np.uint8))


def _within_alpha(pixels: Pixels) -> Pixels:
    """Rounding must not leave color above its alpha."""
    np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
    return pixels
