"""`Stroke`: dabs in a sparse 16-bit buffer, and that buffer on tiles."""

from functools import reduce
from typing import TypeAlias

from PySide6.QtGui import QPainter

from aipaint.pixels.brush import Accumulation, Brush, Color, Grain, Sample, StrokeMode
from aipaint.pixels.dab import DabCache
from aipaint.pixels.dab_path import DabPath, DabRun
from aipaint.pixels.grain import on_ground
from aipaint.pixels.rect import EMPTY_RECT, Rect
from aipaint.pixels.stroke_buffer import PlacedDabs, StrokeBuffer
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

_Mode = QPainter.CompositionMode
_WHOLE = Rect(0, 0, TILE_SIZE, TILE_SIZE)
_FEW = 4  # tiles
_Edges: TypeAlias = tuple[int, int, int, int]


class Stroke:
    """One press-to-release. Accumulates in 16 bits, so faint dabs add up instead of stalling.

    Opacity belongs to the stroke and is applied once when it meets a tile; flow belongs to each
    dab and, in build-up, adds up inside the buffer. In wash the strongest dab counts.
    """

    def __init__(self, brush: Brush, color: Color, mode: StrokeMode, dabs: DabCache) -> None:
        self.brush = brush
        self.color = color
        self.mode = mode
        self._dabs = dabs
        self._path = DabPath(brush)
        self._buffer = StrokeBuffer(dabs.spare_blocks)
        self._touched: set[TileKey] = set()
        self._dirty: dict[TileKey, _Edges] = {}

    def add(self, samples: list[Sample]) -> Rect:
        """Stamp what these samples add; returns the rectangle that changed."""
        return self._stamp_all(self._path.to(samples))

    def hold(self, dabs: int) -> Rect:
        """Stamp so many dabs where the stroke stands; returns the rectangle that changed."""
        return self._stamp_all(self._path.held(dabs))

    def touched(self) -> set[TileKey]:
        """The tiles the stroke has touched."""
        return set(self._touched)

    def take_dirty(self) -> dict[TileKey, Rect]:
        """The part of each tile that has changed since the last call, from the tile's corner."""
        dirty, self._dirty = self._dirty, {}
        return {key: Rect.from_edges(*edges) for key, edges in dirty.items()}

    def over(self, base: Tile | None, key: TileKey, format_: TileFormat) -> Tile | None:
        """A new tile: `base` with the whole stroke on it; None if nothing is left."""
        if key not in self._touched:
            return base
        onto = base.copy() if base is not None else Tile.blank(format_)
        laid = self.laid(onto.pixels, key, _WHOLE)
        if laid is not None:
            onto.pixels[...] = laid
        return None if self.mode is StrokeMode.ERASE and onto.is_blank else onto

    def laid(
        self,
        base: Pixels,
        key: TileKey,
        part: Rect,
        *,
        selection: Pixels | None = None,
        keeps_alpha: bool = False,
    ) -> Pixels | None:
        """The `part` (from the tile's corner) of the buffer on `base`, which is that part of a
        tile. Good until the next call; None where nothing was drawn.

        `selection` is the coverage of that part (its height, its width) that lets the stroke
        through; `keeps_alpha` paints only on what is there.
        """
        deep = self._buffer.part(key, part)
        if deep is None:
            return None
        if self.brush.grain is not Grain.NONE:
            deep = on_ground(deep, self.brush, tile_rect(key), part)
        ink = self._composition(keeps_alpha), self.brush.opacity
        return self._dabs.bench.blended(deep, base, ink, selection)

    def _composition(self, keeps_alpha: bool) -> QPainter.CompositionMode:
        if self.mode is StrokeMode.ERASE:
            return _Mode.CompositionMode_DestinationOut
        return _Mode.CompositionMode_SourceAtop if keeps_alpha else _Mode.CompositionMode_SourceOver

    def _stamp_all(self, runs: list[DabRun]) -> Rect:
        boxes = [self._stamp(run) for run in runs]
        return boxes[0] if len(boxes) == 1 else reduce(Rect.united, boxes, EMPTY_RECT)

    def _stamp(self, run: DabRun) -> Rect:
        stamps = self._dabs.stamps(run.tip, self.color)
        dabs = PlacedDabs(stamps, *stamps.place(run.xs, run.ys), run.alpha)
        box = dabs.box
        if self.brush.accumulation is Accumulation.WASH:
            self._buffer.wash(dabs, box)
        else:
            self._buffer.build_up(dabs, box)
        self._mark(dabs, box)
        return box

    def _mark(self, dabs: PlacedDabs, box: Rect) -> None:
        """Remember which part of which tile is dirty."""
        keys = list(keys_over(box))
        is_far = len(keys) > _FEW and len(dabs.columns) > 1
        for key in keys:
            top, left = key[0] * TILE_SIZE, key[1] * TILE_SIZE
            inside = box
            if is_far:  # a long way in one frame: most of its box is not painted
                here = dabs.touching(left, top, TILE_SIZE)
                if not here.columns:
                    continue
                inside = here.box
            edges = (
                max(inside.x - left, 0),
                max(inside.y - top, 0),
                min(inside.right - left, TILE_SIZE),
                min(inside.bottom - top, TILE_SIZE),
            )
            before = self._dirty.get(key)
            self._dirty[key] = edges if before is None else _around(before, edges)
            self._touched.add(key)


def _around(one: _Edges, other: _Edges) -> _Edges:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
