"""Stamping dabs in 16 bits: against libmypaint, and sparse against one array."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PySide6.QtGui import QPainter

from aipaint.pixels.brush import Brush, Color
from aipaint.pixels.dab import DabCache
from aipaint.pixels.dab_path import DabPath, DabRun
from aipaint.pixels.rect import Rect
from aipaint.pixels.stamps import Stamps
from aipaint.pixels.stroke_buffer import PlacedDabs, StrokeBuffer
from aipaint.pixels.tile import TILE_SIZE, image_over
from aipaint.pixels.tile_map import keys_over, tile_rect
from aipaint.pixels.tip import tip_coverage
from tests.benchmarks.gate import Gate, Race, best_of, noted, run_race
from tests.benchmarks.libmypaint import HOW_TO_GET_IT, Surface
from tests.benchmarks.scenes import sine_stroke

_LIMITS = {10: 1.0, 50: 0.35, 200: 0.5, 500: 0.3}
_FLOOR_LIMITS = {10: 3.0, 50: 5.0, 200: 12.0, 500: 5.0}
_HARDNESS, _FLOW = 0.5, 0.4
_COLOR = Color(51, 102, 153)
_SIDE = 2048
_CALLS = {10: 3, 50: 5, 200: 7, 500: 7}  # a turn of ours takes about as long as one of the peer's


def stamp_gates() -> Iterator[Gate]:
    """stamp_10, stamp_50, stamp_200, stamp_500 and tiled_vs_array."""
    for size in _LIMITS:
        yield best_of(partial(_stamp_gate, size))
    yield best_of(_tiled_gate)


class Stamping:
    """One stroke's dabs, worked out beforehand: as libmypaint, ours gets places and draws."""

    def __init__(self, size: int) -> None:
        brush = Brush(size_pixels=size, hardness=_HARDNESS, flow=_FLOW, pressure_to_size=False)
        path = DabPath(brush)
        frames = [path.to([sample]) for sample in sine_stroke()]
        self.frames: list[list[DabRun]] = [frame for frame in frames if frame]
        self.stamps: Stamps = DabCache().stamps(self.frames[0][0].tip, _COLOR)
        self.buffer = StrokeBuffer()

    @property
    def places(self) -> list[list[tuple[float, float]]]:
        return [
            [place for run in frame for place in zip(run.xs, run.ys, strict=True)]
            for frame in self.frames
        ]

    def draw(self) -> None:
        for frame in self.frames:
            for run in frame:
                dabs = PlacedDabs(self.stamps, *self.stamps.place(run.xs, run.ys))
                self.buffer.build_up(dabs, dabs.box)

    def check(self) -> None:
        """The first dabs against sums in floats: at most one level of 255 apart."""
        runs = [run for frame in self.frames[:3] for run in frame]
        buffer = StrokeBuffer()
        expected = np.zeros((_SIDE, _SIDE))
        for run in runs:
            dabs = PlacedDabs(self.stamps, *self.stamps.place(run.xs, run.ys))
            buffer.build_up(dabs, dabs.box)
            for column, row, phase in zip(dabs.columns, dabs.rows, dabs.phases, strict=True):
                _add(expected, self._coverage(run, phase), column + 256, row + 256)
        for key in keys_over(Rect(-256, -256, _SIDE, _SIDE)):
            place = tile_rect(key)
            part = buffer.part(key, Rect(0, 0, TILE_SIZE, TILE_SIZE))
            alpha = part[..., 3] / 65535 if part is not None else 0.0
            wanted = expected[place.slices(Rect(-256, -256, _SIDE, _SIDE))]
            assert np.abs(alpha - wanted).max() <= 1 / 255

    def _coverage(self, run: DabRun, phase: int) -> np.ndarray:
        down, across = divmod(phase, run.tip.phases)
        shifts = across / run.tip.phases, down / run.tip.phases
        return tip_coverage(run.tip.size, run.tip.hardness, *shifts) * run.tip.flow


def _add(onto: np.ndarray, dab: np.ndarray, column: int, row: int) -> None:
    side = dab.shape[0]
    top, left = max(row, 0), max(column, 0)
    here = onto[top : row + side, left : column + side]
    here += dab[top - row :, left - column :][: here.shape[0], : here.shape[1]] * (1 - here)


def _stamp_gate(size: int) -> Gate:
    stamping = Stamping(size)
    stamping.check()
    places = stamping.places
    try:
        surface = Surface()
    except OSError:
        return _stamp_floor_gate(size, stamping)
    race = Race(
        stamping.draw,
        lambda: surface.draw(places, size, _FLOW, _HARDNESS),
        ours_calls=_CALLS[size],
        overhead=lambda: surface.draw(places, 0.001, _FLOW, _HARDNESS),
    )
    gate = run_race(f"stamp_{size}", _LIMITS[size], "libmypaint draw_dab", race)
    surface.draw(places, size, _FLOW, _HARDNESS)
    assert surface.changed_pixels > size
    return gate


def _stamp_floor_gate(size: int, stamping: Stamping) -> Gate:
    """Without libmypaint: copying as much memory as the dabs cover."""
    side = stamping.stamps.side
    source, target = (np.full((side, side, 4), value, np.uint16) for value in (1, 2))
    count = sum(len(frame) for frame in stamping.places)

    def copy_all() -> None:
        for _ in range(count):
            np.copyto(target, source)

    race = Race(stamping.draw, copy_all)
    gate = run_race(f"stamp_{size}", _FLOOR_LIMITS[size], "copying the dabs' memory", race)
    return noted(gate, f"skipped libmypaint: {HOW_TO_GET_IT}")


def _tiled_gate() -> Gate:
    """The same dabs into the sparse buffer and into one array; the worst of three sizes."""
    gates = []
    for size in (50, 200, 500):
        stamping = Stamping(size)
        # Shifted, so that the way crosses the edges of the sparse buffer's blocks.
        one_array = _one_array(stamping)
        race = Race(stamping.draw, one_array, pairs=9)
        gates.append(run_race("tiled_vs_array", 2.2, "one 2048² array", race))
    return max(gates, key=lambda gate: gate.ratio)


def _one_array(stamping: Stamping) -> Callable[[], None]:
    pixels = np.full((_SIDE, _SIDE, 4), 0, np.uint16)
    image = image_over(pixels)
    stamps = stamping.stamps

    def draw() -> None:
        for frame in stamping.frames:
            painter = QPainter(image)
            for run in frame:
                columns, rows, phases = stamps.place(run.xs, run.ys)
                images = map(stamps.images.__getitem__, phases)
                any(map(painter.drawImage, columns, rows, images))
            painter.end()

    return draw
