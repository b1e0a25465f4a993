"""`Stroke`: pointer samples become evenly spaced dabs in a sparse 16-bit buffer."""

import math

import numpy as np
from PySide6.QtGui import QPainter

from aipaint.pixels.brush import Brush, Color, Sample, StrokeMode
from aipaint.pixels.dab import DabCache, PlacedDab
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.tile import TILE_SIZE, Tile, TileFormat, image_over
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

_MODES = {
    StrokeMode.PAINT: QPainter.CompositionMode.CompositionMode_SourceOver,
    StrokeMode.ERASE: QPainter.CompositionMode.CompositionMode_DestinationOut,
}


class Stroke:
    """One press-to-release. Accumulates in 16 bits, so faint dabs add up instead of stalling.

    Opacity belongs to the stroke and is applied once when it meets a tile; flow belongs to each
    dab and builds up inside the buffer.
    """

    def __init__(self, brush: Brush, color: Color, mode: StrokeMode, dabs: DabCache) -> None:
        self.brush = brush
        self.color = color
        self.mode = mode
        self._dabs = dabs
        self._tiles: dict[TileKey, _BufferTile] = {}
        self._last: Sample | None = None
        self._until_next = 0.0

    def add(self, samples: list[Sample]) -> Rect:
        """Stamp what these samples add; returns the rectangle that changed."""
        placed: list[PlacedDab] = []
        for sample in samples:
            placed.extend(self._dabs_to(sample))
        return self._stamp(placed)

    def touched(self) -> set[TileKey]:
        """The tiles the stroke has touched."""
        return set(self._tiles)

    def over(self, base: Tile | None, key: TileKey, format_: TileFormat) -> Tile | None:
        """A new tile: `base` with the stroke on it; None if nothing is left."""
        buffer = self._tiles.get(key)
        if buffer is None or (base is None and self.mode is StrokeMode.ERASE):
            return base
        tile = base.copy() if base is not None else Tile.blank(format_)
        painter = QPainter(tile.image)
        painter.setCompositionMode(_MODES[self.mode])
        painter.setOpacity(self.brush.opacity)
        painter.drawImage(0, 0, buffer.image)
        painter.end()
        return None if tile.is_blank else tile

    def _dabs_to(self, sample: Sample) -> list[PlacedDab]:
        last, self._last = self._last, sample
        if last is None:
            self._until_next = self._spacing(sample.pressure)
            return [self._dab(sample)]
        length = math.hypot(sample.x - last.x, sample.y - last.y)
        placed: list[PlacedDab] = []
        travelled = self._until_next
        while travelled <= length:
            here = _between(last, sample, travelled / length)
            placed.append(self._dab(here))
            travelled += self._spacing(here.pressure)
        self._until_next = travelled - length
        return placed

    def _dab(self, sample: Sample) -> PlacedDab:
        size = self._size(sample.pressure)
        return self._dabs.place(self.brush, self.color, sample.x, sample.y, size)

    def _size(self, pressure: float) -> float:
        share = pressure if self.brush.pressure_to_size else 1.0
        return max(1.0, self.brush.size_pixels * share)

    def _spacing(self, pressure: float) -> float:
        return max(0.5, self._size(pressure) * self.brush.spacing)

    def _stamp(self, placed: list[PlacedDab]) -> Rect:
        dirty = EMPTY_RECT
        by_tile: dict[TileKey, list[PlacedDab]] = {}
        for dab in placed:
            rect = Rect(dab.x, dab.y, dab.image.width(), dab.image.height())
            dirty = dirty.united(rect)
            for key in keys_over(rect):
                by_tile.setdefault(key, []).append(dab)
        for key, dabs in by_tile.items():
            self._stamp_tile(key, dabs)
        return dirty

    def _stamp_tile(self, key: TileKey, dabs: list[PlacedDab]) -> None:
        buffer = self._tiles.get(key)
        if buffer is None:
            buffer = self._tiles[key] = _BufferTile()
        place = tile_rect(key)
        painter = QPainter(buffer.image)
        for dab in dabs:
            painter.drawImage(dab.x - place.x, dab.y - place.y, dab.image)
        painter.end()


class _BufferTile:
    __slots__ = ("image", "pixels")

    def __init__(self) -> None:
        self.pixels = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint16)
        self.image = image_over(self.pixels)


def _between(start: Sample, end: Sample, share: float) -> Sample:
    return Sample(
        start.x + (end.x - start.x) * share,
        start.y + (end.y - start.y) * share,
        start.pressure + (end.pressure - start.pressure) * share,
    )
