"""A stroke that shows what a brush does: a wave with rising and falling pressure."""

import math
from dataclasses import replace

import numpy as np

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.rect import Rect
from aipaint.pixels.stroke import Stroke
from aipaint.pixels.tile import Pixels, TileFormat
from aipaint.pixels.tile_map import TileMap

_LARGEST_SHARE = 0.42  # of the height
_READINGS = 48


def render_preview(brush: Brush, size: tuple[int, int], color: Color) -> Pixels:
    """(height, width, 4) BGRA premultiplied on nothing, for `size` = (width, height).

    A brush that is too large is shown smaller.
    """
    width, height = size
    # Stray dabs count as well: they belong to what is to be seen.
    largest = height * min(_LARGEST_SHARE, 0.9 / (1 + 2 * brush.scatter))
    shown = replace(brush, size_pixels=min(brush.size_pixels, largest))
    stroke = Stroke(shown, color, StrokeMode.PAINT, DabCache())
    stroke.add(_wave(width, height, shown))
    tiles = TileMap(TileFormat.COLOR)
    tiles.swap({key: stroke.over(None, key, tiles.format) for key in stroke.touched()})
    return np.ascontiguousarray(tiles.read(Rect(0, 0, width, height)))


def _wave(width: int, height: int, brush: Brush) -> list[Sample]:
    reach = brush.size_pixels * (0.5 + brush.scatter) + 3
    across = max(1.0, width - 2 * reach)
    lift = max(0.0, height / 2 - reach)
    samples: list[Sample] = []
    for number in range(_READINGS + 1):
        share = number / _READINGS
        samples.append(
            Sample(
                reach + across * share,
                height / 2 - lift * math.sin(share * math.tau) * 0.8,
                # Light at both ends, so that what the pressure does is seen.
                pressure=0.08 + 0.92 * math.sin(share * math.pi) ** 0.8,
            )
        )
    return samples
