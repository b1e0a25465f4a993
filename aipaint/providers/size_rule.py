"""Which picture sizes a model takes, and the nearest legal one for a wanted size."""

import math
from dataclasses import dataclass

from aipaint.providers.request import Size


@dataclass(frozen=True)
class SizeRule:
    """Legal sizes: a fixed list, or free sizes within limits. 0 means no limit."""

    fixed: tuple[Size, ...] = ()
    multiple: int = 1
    min_pixels: int = 0
    max_pixels: int = 0
    max_edge: int = 0
    max_ratio: float = 0.0

    def allows(self, size: Size) -> bool:
        """Whether the model takes exactly this size."""
        if size.width < 1 or size.height < 1:
            return False
        if self.fixed:
            return size in self.fixed
        pixels = size.width * size.height
        return (
            size.width % self.multiple == 0
            and size.height % self.multiple == 0
            and pixels >= self.min_pixels
            and (not self.max_pixels or pixels <= self.max_pixels)
            and (not self.max_edge or max(size.width, size.height) <= self.max_edge)
            and (not self.max_ratio or _ratio(size) <= self.max_ratio)
        )

    def canvas_for(self, wanted: Size) -> tuple[Size, float]:
        """A legal size that holds `wanted` scaled by the returned factor (1.0 or smaller).

        The cheapest canvas that keeps 1:1 detail where there is one; otherwise the legal canvas
        that loses the least detail.
        """
        if self.fixed:
            return self._fixed_canvas(wanted)
        scale = self._largest_scale(wanted)
        while True:
            size = self._free_canvas(wanted, scale)
            if self.allows(size):
                return size, scale
            scale *= 0.995

    def nearest(self, wanted: Size) -> Size:
        """The legal size that looks most like the wanted one, for a frame that is being dragged.

        Unlike `canvas_for` it may be smaller than what is wanted: both sides are rounded.
        """
        if self.fixed:
            return min(self.fixed, key=lambda size: _distance(size, wanted))
        if self.allows(wanted):
            return wanted
        width, height = (self._round(side) for side in (wanted.width, wanted.height))
        if self.allows(Size(width, height)):
            return Size(width, height)
        return self.canvas_for(Size(width, height))[0]

    def _round(self, length: int) -> int:
        return max(1, (length + self.multiple // 2) // self.multiple) * self.multiple

    def _fixed_canvas(self, wanted: Size) -> tuple[Size, float]:
        def rank(size: Size) -> tuple[float, int]:
            return (-_fit_scale(wanted, size), size.width * size.height)

        best = min(self.fixed, key=rank)
        return best, _fit_scale(wanted, best)

    def _largest_scale(self, wanted: Size) -> float:
        scale = 1.0
        if self.max_edge:
            scale = min(scale, self.max_edge / max(wanted.width, wanted.height))
        if self.max_pixels:
            scale = min(scale, math.sqrt(self.max_pixels / (wanted.width * wanted.height)))
        return scale

    def _free_canvas(self, wanted: Size, scale: float) -> Size:
        width = self._round_up(max(1, math.ceil(wanted.width * scale - 1e-6)))
        height = self._round_up(max(1, math.ceil(wanted.height * scale - 1e-6)))
        if self.max_ratio:
            width = max(width, self._round_up(math.ceil(height / self.max_ratio)))
            height = max(height, self._round_up(math.ceil(width / self.max_ratio)))
        return self._enough_pixels(width, height)

    def _enough_pixels(self, width: int, height: int) -> Size:
        """Grown in proportion until the least pixel count is reached."""
        if width * height < self.min_pixels:
            factor = math.sqrt(self.min_pixels / (width * height))
            width = self._round_up(math.ceil(width * factor))
            height = self._round_up(math.ceil(height * factor))
        return Size(width, height)

    def _round_up(self, length: int) -> int:
        return -(-length // self.multiple) * self.multiple


def _fit_scale(wanted: Size, canvas: Size) -> float:
    return min(1.0, canvas.width / wanted.width, canvas.height / wanted.height)


def _ratio(size: Size) -> float:
    return max(size.width, size.height) / min(size.width, size.height)


def _distance(one: Size, other: Size) -> int:
    return (one.width - other.width) ** 2 + (one.height - other.height) ** 2
