"""`SmudgeStroke`: a tip that carries color along."""

import math

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.brush import Brush, Grain, Sample
from aipaint.pixels.grain import grain_coverage
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Tile
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect
from aipaint.pixels.tip_dynamics import TipDynamics

_Floats = NDArray[np.float32]

_WHOLE = np.float32(255)
_SIZE_STEPS = 8  # per doubling: pressure that trembles needs no new tip each time


class SmudgeStroke:
    """One press-to-release on `base` (color). The tip's opacity is its strength: at 1 the first
    color is carried to the end, at 0 nothing moves. Pressure and tilt change size and strength as
    the brush says; where its ground is high, less is moved.

    Colors are kept as floats for the whole stroke: in 8 bits a faint smudge would stall.
    """

    def __init__(self, base: TileMap, brush: Brush) -> None:
        self._base = base
        self._brush = brush
        self._dynamics = TipDynamics(brush)
        self._largest = max(2.0, brush.size_pixels * (1 + brush.tilt_to_size))
        self._tips: dict[float, _Floats] = {}
        self._work: dict[TileKey, _Floats] = {}
        self._carried: _Floats | None = None
        self._last: Sample | None = None
        self._until_next = 0.0

    def add(self, samples: list[Sample]) -> dict[TileKey, Tile | None]:
        """Smudge on; the tiles that differ now."""
        touched: set[TileKey] = set()
        for sample in samples:
            for dab in self._dabs_to(sample):
                self._dab(dab, touched)
        return {key: self._tile(key) for key in touched}

    def _dabs_to(self, sample: Sample) -> list[Sample]:
        last, self._last = self._last, sample
        spacing = max(1.0, self._brush.size_pixels * self._brush.spacing)
        if last is None:
            self._until_next = spacing
            return [sample]
        length = math.hypot(sample.x - last.x, sample.y - last.y)
        dabs = []
        travelled = self._until_next
        while travelled <= length:
            dabs.append(_between(last, sample, travelled / length))
            travelled += spacing
        self._until_next = travelled - length
        return dabs

    def _dab(self, dab: Sample, touched: set[TileKey]) -> None:
        tip = self._tip(self._dynamics.size(dab.pressure, dab.tilt))
        # What is carried is as large as the largest tip, whatever the pressure is now.
        side = tip.shape[0]
        left, top = math.floor(dab.x - side / 2 + 0.5), math.floor(dab.y - side / 2 + 0.5)
        place = Rect(left, top, side, side)
        under = self._read(place)
        if self._carried is None:
            self._carried = under
            return
        strength = self._strength(dab.pressure)
        mixed = under + self._on_ground(tip, place) * strength * (self._carried - under)
        # What is carried takes up what it passes: all of it at strength 0, nothing at 1.
        self._carried = mixed + (self._carried - mixed) * strength
        self._write(place, mixed, touched)

    def _strength(self, pressure: float) -> np.float32:
        brush = self._brush
        share = brush.opacity_curve.at(pressure) if brush.pressure_to_opacity else 1.0
        return np.float32(brush.opacity * share)

    def _tip(self, size: float) -> _Floats:
        if size < self._largest:
            size = 2 ** (round(math.log2(size) * _SIZE_STEPS) / _SIZE_STEPS)
        size = min(max(size, 2.0), self._largest)
        if size not in self._tips:
            side = math.ceil(self._largest) + 2
            self._tips[size] = _tip(size, self._brush.hardness, side)[..., None]
        return self._tips[size]

    def _on_ground(self, tip: _Floats, place: Rect) -> _Floats:
        """The tip where the ground, which lies still on the canvas, lets it through."""
        brush = self._brush
        if brush.grain is Grain.NONE:
            return tip
        ground = grain_coverage(brush.grain, brush.grain_scale)
        rows = (place.y + np.arange(place.height)) % ground.shape[0]
        columns = (place.x + np.arange(place.width)) % ground.shape[1]
        free = 1 - ground[rows[:, None], columns[None, :]].astype(np.float32) / _WHOLE
        through: _Floats = tip * (1 - np.float32(brush.grain_strength) * free[..., None])
        return through

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


def _between(last: Sample, here: Sample, share: float) -> Sample:
    return Sample(
        last.x + (here.x - last.x) * share,
        last.y + (here.y - last.y) * share,
        last.pressure + (here.pressure - last.pressure) * share,
        last.tilt + (here.tilt - last.tilt) * share,
    )


def _tip(size: float, hardness: float, side: int) -> _Floats:
    """(side, side): how much each pixel smudges, 0..1; a soft edge of at least one pixel."""
    steps = np.arange(side) + 0.5 - side / 2
    distance = np.hypot(steps[:, None], steps[None, :])
    soft = max(1.0, size / 2 * (1 - hardness))
    inside = np.clip((size / 2 + 0.5 - distance) / soft, 0, 1)
    smooth: _Floats = (inside * inside * (3 - 2 * inside)).astype(np.float32)
    return smooth
