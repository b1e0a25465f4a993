"""`PencilStroke`: a hard tip without anti-aliasing: every pixel is in the stroke or not."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect
from aipaint.pixels.tip_dynamics import TipDynamics

_MODES = {
    StrokeMode.PAINT: QPainter.CompositionMode.CompositionMode_SourceOver,
    StrokeMode.ERASE: QPainter.CompositionMode.CompositionMode_DestinationOut,
}


class PencilStroke:
    """One press-to-release on `base`. Opacity is of the stroke: it does not add up where it crosses
    itself. Of the brush its size and opacity count, and what pressure and tilt make of the size."""

    def __init__(self, base: TileMap, brush: Brush, color: Color, mode: StrokeMode) -> None:
        self._base = base
        self._dynamics = TipDynamics(brush)
        self._mode = mode
        self._ink = _ink(color, brush.opacity)
        self._covered: dict[TileKey, NDArray[np.bool_]] = {}
        self._last: tuple[int, int] | None = None

    def add(self, samples: list[Sample]) -> dict[TileKey, Tile | None]:
        """Draw on; the tiles that differ now, made anew from `base`."""
        touched: set[TileKey] = set()
        for sample in samples:
            tip = _tip(max(1, round(self._dynamics.size(sample.pressure, sample.tilt))))
            for column, row in self._way_to(sample, tip.shape[0]):
                self._stamp(column, row, tip, touched)
        return {key: self._over(key) for key in touched}

    def _way_to(self, sample: Sample, side: int) -> list[tuple[int, int]]:
        """Pixels from the last one to this, without gaps; the last one is not repeated."""
        # An even tip is centered on the corner between pixels.
        shift = 0.5 if side % 2 == 0 else 0.0
        here = math.floor(sample.x + shift), math.floor(sample.y + shift)
        last, self._last = self._last, here
        if last is None:
            return [here]
        across, down = here[0] - last[0], here[1] - last[1]
        steps = max(abs(across), abs(down))
        stride = max(1, side // 16)
        stops = [*range(stride, steps, stride), steps] if steps else []
        return [
            (last[0] + _rounded(across * stop, steps), last[1] + _rounded(down * stop, steps))
            for stop in stops
        ]

    def _stamp(self, column: int, row: int, tip: NDArray[np.bool_], touched: set[TileKey]) -> None:
        side = tip.shape[0]
        place = Rect(column - side // 2, row - side // 2, side, side)
        for key in keys_over(place):
            whole = tile_rect(key)
            part = whole.intersected(place)
            covered = self._covered.get(key)
            if covered is None:
                covered = self._covered[key] = np.zeros((TILE_SIZE, TILE_SIZE), np.bool_)
            covered[part.slices(whole)] |= tip[part.slices(place)]
            touched.add(key)

    def _over(self, key: TileKey) -> Tile | None:
        base = self._base.get(key)
        if base is None and self._mode is StrokeMode.ERASE:
            return None
        sheet = Tile.blank(TileFormat.COLOR)
        sheet.pixels[self._covered[key]] = self._ink
        tile = base.copy() if base is not None else Tile.blank(self._base.format)
        painter = QPainter(tile.image)
        painter.setCompositionMode(_MODES[self._mode])
        painter.drawImage(0, 0, sheet.image)
        painter.end()
        return None if tile.is_blank else tile


def _ink(color: Color, opacity: float) -> NDArray[np.uint8]:
    """The color as one premultiplied BGRA pixel."""
    alpha = color.alpha * opacity
    parts = [part * alpha / 255 for part in (color.blue, color.green, color.red)]
    return np.rint([*parts, alpha]).astype(np.uint8)


@lru_cache(maxsize=64)
def _tip(side: int) -> NDArray[np.bool_]:
    """A filled circle of that diameter, pixels whose middle is inside."""
    steps = np.arange(side) + 0.5 - side / 2
    inside: NDArray[np.bool_] = np.hypot(steps[:, None], steps[None, :]) <= side / 2
    return inside


def _rounded(product: int, steps: int) -> int:
    """product ÷ steps to the nearest whole number, halves upward: then the way back takes the same
    pixels as the way there."""
    return (2 * product + steps) // (2 * steps)
