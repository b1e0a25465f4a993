"""`SmudgeStroke`: a tip that carries color along."""

import math

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.brush import Brush, Sample
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect

_Floats = NDArray[np.float32]

_WHOLE = np.float32(255)


class SmudgeStroke:
    """One press-to-release on `base` (color). The tip's opacity is its strength: at 1 the first
    color is carried to the end, at 0 nothing moves.

    Colors are kept as floats for the whole stroke: in 8 bits a faint smudge would stall.
    """

    def __init__(self, base: TileMap, brush: Brush) -> None:
        self._base = base
        self._brush = brush
        self._tip = _tip(max(2.0, brush.size_pixels), brush.hardness)[..., None]
        self._strength = np.float32(brush.opacity)
        self._work: dict[TileKey, _Floats] = {}
        self._carried: _Floats | None = None
        self._last: Sample | None = None
        self._until_next = 0.0

    def add(self, samples: list[Sample]) -> dict[TileKey, Tile | None]:
        """Smudge on; the tiles that differ now."""
        touched: set[TileKey] = set()
        for sample in samples:
            for x, y, pressure in self._dabs_to(sample):
                self._dab(x, y, pressure, touched)
        return {key: self._tile(key) for key in touched}

    def _dabs_to(self, sample: Sample) -> list[tuple[float, float, float]]:
        last, self._last = self._last, sample
        spacing = max(1.0, self._brush.size_pixels * min(self._brush.spacing, 0.1))
        if last is None:
            self._until_next = spacing
            return [(sample.x, sample.y, sample.pressure)]
        length = math.hypot(sample.x - last.x, sample.y - last.y)
        dabs = []
        travelled = self._until_next
        while travelled <= length:
            share = travelled / length
            dabs.append(
                (
                    last.x + (sample.x - last.x) * share,
                    last.y + (sample.y - last.y) * share,
                    last.pressure + (sample.pressure - last.pressure) * share,
                )
            )
            travelled += spacing
        self._until_next = travelled - length
        return dabs

    def _dab(self, x: float, y: float, pressure: float, touched: set[TileKey]) -> None:
        side = self._tip.shape[0]
        place = Rect(math.floor(x - side / 2 + 0.5), math.floor(y - side / 2 + 0.5), side, side)
        under = self._read(place)
        if self._carried is None:
            self._carried = under
            return
        strength = self._strength * np.float32(pressure)
        mixed = under + self._tip * strength * (self._carried - under)
        # What is carried takes up what it passes: all of it at strength 0, nothing at 1.
        self._carried = mixed + (self._carried - mixed) * strength
        self._write(place, mixed, touched)

    def _read(self, place: Rect) -> _Floats:
        pixels = np.zeros((place.height, place.width, 4), np.float32)
        for key in keys_over(place):
            whole = tile_rect(key)
            part = whole.intersected(place)
            work = self._work.get(key)
            source = work if work is not None else self._base_pixels(key)
            if source is not None:
                pixels[part.slices(place)] = source[part.slices(whole)]
        return pixels

    def _base_pixels(self, key: TileKey) -> NDArray[np.uint8] | None:
        tile = self._base.get(key)
        return None if tile is None else tile.pixels

    def _write(self, place: Rect, pixels: _Floats, touched: set[TileKey]) -> None:
        for key in keys_over(place):
            whole = tile_rect(key)
            part = whole.intersected(place)
            work = self._work.get(key)
            if work is None:
                source = self._base_pixels(key)
                work = (
                    source.astype(np.float32)
                    if source is not None
                    else np.zeros((TILE_SIZE, TILE_SIZE, 4), np.float32)
                )
                self._work[key] = work
            work[part.slices(whole)] = pixels[part.slices(place)]
            touched.add(key)

    def _tile(self, key: TileKey) -> Tile | None:
        work = self._work[key]
        pixels = np.rint(np.clip(work, 0, _WHOLE)).astype(np.uint8)
        # Rounding must not leave a color stronger than its alpha.
        np.minimum(pixels[..., :3], pixels[..., 3:], out=pixels[..., :3])
        return Tile(pixels) if pixels.any() else None


def _tip(size: float, hardness: float) -> _Floats:
    """How much each pixel of the tip smudges, 0..1; a soft edge of at least one pixel."""
    side = math.ceil(size) + 2
    steps = np.arange(side) + 0.5 - side / 2
    distance = np.hypot(steps[:, None], steps[None, :])
    soft = max(1.0, size / 2 * (1 - hardness))
    inside = np.clip((size / 2 + 0.5 - distance) / soft, 0, 1)
    smooth: _Floats = (inside * inside * (3 - 2 * inside)).astype(np.float32)
    return smooth
