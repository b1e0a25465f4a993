"""Flood fill and magic wand: where the colors are alike, as coverage.

Two steps: `Likeness` finds what may be filled, block by block, into one plane; `flooded` works on
the plane. `flood` does both on an array, `flood_tiles` on tiles, whose four channels are never
gathered. All of it may run in a worker: OpenCV lets go of the interpreter.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aipaint.pixels.coverage import bounds
from aipaint.pixels.cv import cv2
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels, Tile
from aipaint.pixels.tile_map import TileKey, keys_over, tile_rect

_FULL = 255
_BLOCK = 256


@dataclass(frozen=True)
class FloodOptions:
    """`tolerance` 0..255 is how far each of blue, green, red and alpha may be from the seed's.

    `gap_pixels`: openings up to that width hold the color in; 0 for none. `grow_pixels` reaches
    under the lines afterwards (negative: away from them). `is_smooth` reaches softly into the
    first pixel outside; what is alike stays whole, or a pale line would be left along the edge.
    Without `is_contiguous` everything alike is taken, wherever it lies.
    """

    tolerance: int = 32
    is_contiguous: bool = True
    gap_pixels: int = 0
    grow_pixels: int = 0
    is_smooth: bool = True


def flood(bgra: Pixels, seed: tuple[int, int], options: FloodOptions) -> Pixels:
    """Coverage (h, w) of what a click at `seed` (column, row) takes of (h, w, 4) premultiplied
    pixels. A seed outside takes nothing."""
    height, width = bgra.shape[:2]
    column, row = seed
    if not (0 <= column < width and 0 <= row < height):
        return np.zeros((height, width), np.uint8)
    match = np.empty((height, width), np.uint8)
    Likeness(bgra[row, column], options.tolerance).find(bgra, match)
    return flooded(match, seed, options)


def flood_tiles(
    tile_at: Callable[[TileKey], Tile | None],
    area: Rect,
    seed: tuple[int, int],
    options: FloodOptions,
) -> Pixels:
    """Coverage of `area` (its height, its width); `seed` is (column, row) on the canvas.

    `tile_at` gives the color tile that is looked at: a layer's, or the composed one of all layers.
    """
    match = np.zeros((area.height, area.width), np.uint8)
    here = Rect(*seed, 1, 1)
    if not area.contains(here):
        return match
    color = _color_at(tile_at, here)
    likeness = Likeness(color, options.tolerance)
    is_clear_alike = int(color.max()) <= options.tolerance
    for key in keys_over(area):
        tile, part = tile_at(key), tile_rect(key).intersected(area)
        window = match[part.slices(area)]
        if tile is not None:
            likeness.find(tile.pixels[part.slices(tile_rect(key))], window)
        elif is_clear_alike:
            window[...] = _FULL
    return flooded(match, (seed[0] - area.x, seed[1] - area.y), options)


def _color_at(tile_at: Callable[[TileKey], Tile | None], here: Rect) -> Pixels:
    (key,) = keys_over(here)
    tile = tile_at(key)
    if tile is None:
        return np.zeros(4, np.uint8)
    rows, columns = here.slices(tile_rect(key))
    color: Pixels = tile.pixels[rows.start, columns.start].copy()
    return color


class Likeness:
    """Tells which pixels are within `tolerance` of a `color` (4,) in all four channels.

    Premultiplied values are compared, so all that is fully transparent is alike. Works block by
    block on scratch arrays that stay in the processor's cache: four times as fast as `cv2.inRange`.
    """

    def __init__(self, color: Pixels, tolerance: int) -> None:
        self._tolerance = tolerance
        self._color = np.empty((_BLOCK, _BLOCK, 4), np.uint8)
        self._color[...] = color
        self._scratch = np.empty_like(self._color)
        self._zeros = np.zeros(_BLOCK * _BLOCK, np.int32)

    def find(self, bgra: Pixels, out: Pixels) -> None:
        """Set `out` (h, w) to 255 where `bgra` (h, w, 4) is alike, else to 0."""
        height, width = out.shape
        for top in range(0, height, _BLOCK):
            rows = slice(top, min(top + _BLOCK, height))
            for left in range(0, width, _BLOCK):
                columns = slice(left, min(left + _BLOCK, width))
                self._find_block(bgra[rows, columns], out[rows, columns])

    def _find_block(self, bgra: Pixels, out: Pixels) -> None:
        height, width = out.shape
        color = self._color.reshape(-1)[: height * width * 4].reshape(height, width, 4)
        far = self._scratch.reshape(-1)[: height * width * 4].reshape(height, width, 4)
        cv2.absdiff(bgra, color, dst=far)
        cv2.threshold(far, self._tolerance, 255, cv2.THRESH_BINARY, dst=far)
        zeros = self._zeros[: height * width].reshape(height, width)
        cv2.compare(far.view(np.int32)[..., 0], zeros, cv2.CMP_EQ, dst=out)


def flooded(match: Pixels, seed: tuple[int, int], options: FloodOptions) -> Pixels:
    """Coverage (h, w) of the part of `match` that the options take, grown and softened.

    `match` holds 255 where the color may go and 0 elsewhere, and is not changed.
    """
    if not options.is_contiguous:
        coverage = match.copy()
    elif options.gap_pixels > 0:
        coverage = _behind_gaps(match, seed, (options.gap_pixels + 1) // 2)
    else:
        coverage = _connected(match, seed)
    finish(coverage, options)
    return coverage


def _connected(match: Pixels, seed: tuple[int, int]) -> Pixels:
    """The part of `match` that hangs together with the seed by sides, not by corners."""
    height, width = match.shape
    framed = np.zeros((height + 2, width + 2), np.uint8)
    if match[seed[1], seed[0]]:
        flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (_FULL << 8)
        cv2.floodFill(match, framed, seed, 0, 0, 0, flags)
    return framed[1:-1, 1:-1]


def _behind_gaps(match: Pixels, seed: tuple[int, int], reach: int) -> Pixels:
    """Like `_connected`, but color goes only where a square of `reach` to every side has room,
    and from there back to the lines."""
    # A click close to a line still fills: with as much room as there is.
    reach = min(reach, room_at(match, seed, reach))
    leaked = _connected(match, seed)
    if reach < 1:
        return leaked
    # Only what leaks out can be held back: nothing but its box and the walls around it needs to be
    # looked at.
    box = bounds(leaked).expanded(reach).intersected(_whole(match))
    inside = leaked[box.slices(_whole(match))]
    core = cv2.erode(inside, square(reach))
    held = _connected(np.asarray(core, np.uint8), (seed[0] - box.x, seed[1] - box.y))
    part = bounds(held).expanded(reach).intersected(_whole(inside))
    window = part.slices(_whole(inside))
    grown = np.asarray(cv2.dilate(held[window], square(reach)), np.uint8)
    allowed = inside[window] & grown
    leaked[...] = 0
    leaked[part.translated(box.x, box.y).slices(_whole(match))] = allowed
    return leaked


def room_at(match: Pixels, seed: tuple[int, int], reach: int) -> int:
    """How far a square around the seed can grow, up to `reach`; -1 if the seed itself is out."""
    around = Rect(seed[0], seed[1], 1, 1).expanded(reach)
    window = around.intersected(_whole(match))
    rows, columns = np.nonzero(match[window.slices(_whole(match))] == 0)
    if not rows.size:
        return reach
    away = np.maximum(abs(rows + window.y - seed[1]), abs(columns + window.x - seed[0]))
    return int(away.min()) - 1


def finish(coverage: Pixels, options: FloodOptions) -> None:
    """Grow and soften in place, only where there is something."""
    here = bounds(coverage)
    if here.is_empty:
        return
    margin = abs(options.grow_pixels) + int(options.is_smooth)
    window = here.expanded(margin).intersected(_whole(coverage)).slices(_whole(coverage))
    part = coverage[window]
    if options.grow_pixels:
        side = 2 * abs(options.grow_pixels) + 1
        disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        change = cv2.dilate if options.grow_pixels > 0 else cv2.erode
        part = np.asarray(change(part, disk), np.uint8)
    if options.is_smooth:
        soft = cv2.GaussianBlur(part, (3, 3), 0, borderType=cv2.BORDER_REPLICATE)
        part = np.maximum(part, np.asarray(soft, np.uint8))
    coverage[window] = part


def square(reach: int) -> Pixels:
    """What erodes and dilates by so many pixels to every side."""
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)


def _whole(plane: Pixels) -> Rect:
    return Rect(0, 0, plane.shape[1], plane.shape[0])
