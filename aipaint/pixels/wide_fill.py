"""`wide_coverage`: where a bucket fill goes on a region too large for arrays: tile by tile.

Takes exactly what `flooded` takes. Imports cv2: whoever is loaded before the window shows imports
this in the function that uses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aipaint.pixels.bit_plane import BitPlane, blank_mask, full_mask
from aipaint.pixels.cv import cv2
from aipaint.pixels.fill import FloodOptions, Likeness, finish, room_at, square
from aipaint.pixels.rect import Rect
from aipaint.pixels.spread import spread
from aipaint.pixels.tile import TILE_SIZE, Pixels
from aipaint.pixels.tile_fill import TileSource
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect
from aipaint.pixels.transform import Progress

_SHAPE = (TILE_SIZE, TILE_SIZE)
_AROUND = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]


@dataclass(frozen=True, eq=False)
class WideFlood:
    """`source` is looked at in `region`; `seed` is (column, row) on the canvas. Tiles of the source
    are read once, with `Tile.peek`."""

    source: TileSource
    region: Rect
    seed: tuple[int, int]
    options: FloodOptions


def wide_coverage(flood: WideFlood, progress: Progress) -> Iterator[tuple[TileKey, Pixels]]:
    """The tiles a click takes something of, with their coverage (256, 256), for reading; nothing
    outside of the region. Ends early once it is cancelled: then it is not all of it."""
    work = _Work(flood, progress)
    if not flood.region.contains(Rect(*flood.seed, 1, 1)):
        return
    plane = work.taken()
    margin = abs(flood.options.grow_pixels) + int(flood.options.is_smooth)
    keys = sorted(_with_neighbors(plane, flood.region) if margin else plane)
    for number, key in enumerate(keys):
        if progress.is_cancelled():
            return
        coverage = work.finished(plane, key, margin)
        if coverage is not None:
            yield key, coverage
        progress.report(0.5 + 0.5 * (number + 1) / len(keys))


class _Work:
    def __init__(self, flood: WideFlood, progress: Progress) -> None:
        self._flood = flood
        self._region = flood.region
        self._progress = progress
        self._count = sum(1 for _ in keys_over(flood.region))
        color = self._seed_color()
        self._likeness = Likeness(color, flood.options.tolerance)
        self._takes_clear = int(color.max()) <= flood.options.tolerance

    def taken(self) -> BitPlane:
        """Before it grows and gets a soft edge."""
        options = self._flood.options
        if not options.is_contiguous:
            plane = BitPlane()
            for number, key in enumerate(keys_over(self._region)):
                if not self._go_on(number, 0.5):
                    break
                plane.put(key, self._alike(key))
            return plane
        share = 0.25 if options.gap_pixels else 0.5
        leaked = spread(self._alike, self._flood.seed, lambda count: self._go_on(count, share))
        if options.gap_pixels <= 0 or self._progress.is_cancelled():
            return leaked
        return self._behind_gaps(leaked, (options.gap_pixels + 1) // 2)

    def finished(self, plane: BitPlane, key: TileKey, margin: int) -> Pixels | None:
        """None where nothing is covered."""
        around = [(key[0] + down, key[1] + right) for down, right in _AROUND]
        if not margin or not any(other in plane for other in around):
            return plane.get(key) if key in plane else None
        place = tile_rect(key)
        inside = [other for other in around if not self._part(tile_rect(other)).is_empty]
        if self._part(place) == place and all(plane.is_full(other) for other in inside):
            return full_mask()
        window = self._part(place.expanded(margin))
        pixels = plane.read(window)
        finish(pixels, self._flood.options)
        return _on_tile(pixels, window, self._part(place), place)

    def _behind_gaps(self, leaked: BitPlane, reach: int) -> BitPlane:
        """See `flooded`: where a square has room, what hangs together there, and back."""
        seed = self._flood.seed
        window = self._part(Rect(*seed, 1, 1).expanded(reach))
        here = (seed[0] - window.x, seed[1] - window.y)
        reach = min(reach, room_at(leaked.read(window), here, reach))
        if reach < 1:
            return leaked

        def core(key: TileKey) -> Pixels:
            return self._changed(leaked, key, reach, erodes=True)

        held = spread(core, seed, lambda count: self._go_on(count, 0.25, 0.25))
        plane = BitPlane()
        for key in _with_neighbors(held, self._region):
            if self._progress.is_cancelled():
                break
            if key in leaked:
                plane.put(key, self._changed(held, key, reach, erodes=False) & leaked.get(key))
        return plane

    def _changed(self, plane: BitPlane, key: TileKey, reach: int, *, erodes: bool) -> Pixels:
        """A tile of the plane, shrunk or grown by a square."""
        place = tile_rect(key)
        if not any((key[0] + down, key[1] + right) in plane for down, right in _AROUND):
            return blank_mask()
        window = self._part(place.expanded(reach))
        if window.is_empty:
            return blank_mask()
        change = cv2.erode if erodes else cv2.dilate
        pixels = np.asarray(change(plane.read(window), square(reach)), np.uint8)
        return _on_tile(pixels, window, self._part(place), place)

    def _alike(self, key: TileKey) -> Pixels:
        place = tile_rect(key)
        part = self._part(place)
        if part.is_empty:
            return blank_mask()
        tile = self._flood.source(key)
        if tile is None and not self._takes_clear:
            return blank_mask()
        if tile is None and part == place:
            return full_mask()
        out = np.zeros(_SHAPE, np.uint8)
        window = part.slices(place)
        if tile is None:
            out[window] = 255
        else:
            self._likeness.find(tile.peek()[window], out[window])
        return out

    def _part(self, rect: Rect) -> Rect:
        return rect.intersected(self._region)

    def _seed_color(self) -> Pixels:
        column, row = self._flood.seed
        tile = self._flood.source((row // TILE_SIZE, column // TILE_SIZE))
        if tile is None:
            return np.zeros(4, np.uint8)
        color: Pixels = tile.peek()[row % TILE_SIZE, column % TILE_SIZE]
        return color

    def _go_on(self, count: int, share: float, base: float = 0.0) -> bool:
        self._progress.report(base + share * min(1.0, count / self._count))
        return not self._progress.is_cancelled()


def _with_neighbors(plane: BitPlane, region: Rect) -> set[TileKey]:
    keys = {(row + down, column + right) for row, column in plane for down, right in _AROUND}
    return {key for key in keys if not tile_rect(key).intersected(region).is_empty}


def _on_tile(pixels: Pixels, window: Rect, part: Rect, place: Rect) -> Pixels:
    """Of `pixels`, which lie at `window`, the part of the tile at `place`."""
    found = pixels[part.slices(window)]
    if part == place:
        return np.ascontiguousarray(found)
    out = np.zeros(_SHAPE, np.uint8)
    out[part.slices(place)] = found
    return out
