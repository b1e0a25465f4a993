"""Pixels of a sparse map under a homography: exact where pixels land on pixels, resampled else.

Works tile by tile of the result, so that a layer of any size needs little memory, can be done in
part (a preview of what is seen) and can be given up. Resampling is on premultiplied pixels.
"""

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aipaint.errors import AipaintError
from aipaint.pixels.area import full_tile
from aipaint.pixels.cut import covered
from aipaint.pixels.homography import Homography, Point, bounds_of, corners_of
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect
from aipaint.pixels.tile_shelf import Keep, keep_as_it_is

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_SIDE = 65_536
"""Of a transformed picture, in pixels; a perspective can reach for the horizon."""

_MARGIN = 3
"""Pixels around what is asked that a cubic kernel looks at."""


class TransformTooLarge(AipaintError):
    """The result would be larger than any picture we can hold."""

    def __init__(self) -> None:
        super().__init__(
            "The result of this transform would be too large.",
            f"Keep its sides below {LARGEST_SIDE} pixels.",
        )


def _never() -> bool:
    return False


def _tell_nobody(_share: float) -> None:
    pass


@dataclass(frozen=True)
class Progress:
    """How long work is watched: `is_cancelled` is asked between tiles, `report` gets 0..1, `keep`
    every tile that is made."""

    is_cancelled: Callable[[], bool] = _never
    report: Callable[[float], None] = _tell_nobody
    keep: Keep = keep_as_it_is

    @staticmethod
    def until(
        stop: threading.Event,
        report: Callable[[float], None] = _tell_nobody,
        keep: Keep = keep_as_it_is,
    ) -> "Progress":
        return Progress(stop.is_set, report, keep)

    def over(self, keys: "Iterable[TileKey]") -> "Iterator[TileKey]":
        """The keys one by one; ends early once it is cancelled."""
        listed = list(keys)
        for number, key in enumerate(listed):
            if self.is_cancelled():
                return
            yield key
            self.report((number + 1) / len(listed))


@dataclass(frozen=True, eq=False)
class Warp:
    """How to transform: `is_smooth` resamples finely, else quickly, for a preview."""

    homography: Homography
    is_smooth: bool = True
    source: Rect | None = field(default=None)
    """Only these pixels of the map take part."""


def transformed(
    tiles: TileMap, warp: Warp, within: Rect | None = None, progress: Progress | None = None
) -> TileMap:
    """A new map with the pixels of `tiles` where the homography takes them.

    Only the tiles that `within` touches are made, if it is given. Cancelled, the map is partial.
    Raises TransformTooLarge.
    """
    progress = progress or Progress()
    out = TileMap(tiles.format)
    if not len(tiles):
        return out
    if warp.source is None and not warp.homography.is_exact:
        # Tiles reach further than what is on them, maybe beyond the horizon; and the edge of the
        # pixels is where they end, not where they would fade into nothing.
        warp = replace(warp, source=tiles.bounds())
    keys = _keys_of_result(tiles, warp)
    if within is not None:
        keys = {key for key in keys if not tile_rect(key).intersected(within).is_empty}
    one = _exact_tile if warp.homography.is_exact else _resampled_tile
    inverse = warp.homography.inverse()
    shift = _whole_tiles(warp) if one is _exact_tile else None
    edits: dict[TileKey, Tile | None] = {}
    for key in progress.over(sorted(keys)):
        if shift is not None:
            edits[key] = tiles.get((key[0] - shift[0], key[1] - shift[1]))
            continue
        if one is _exact_tile and _is_all_full(tiles, inverse.bounds(tile_rect(key)), warp.source):
            edits[key] = full_tile()
            continue
        pixels = one(tiles, warp, inverse, tile_rect(key))
        if pixels.any():
            tile = edits[key] = Tile(np.ascontiguousarray(pixels))
            progress.keep(tile)
    out.swap(edits)
    return out


def _keys_of_result(tiles: TileMap, warp: Warp) -> set[TileKey]:
    keys: set[TileKey] = set()
    is_exact = warp.homography.is_exact
    for key in tiles:
        part = tile_rect(key)
        if warp.source is not None:
            part = part.intersected(warp.source)
        if part.is_empty:
            continue
        place = warp.homography.bounds(part)
        if not is_exact:
            place = place.expanded(1)
        if max(place.width, place.height) > LARGEST_SIDE:
            raise TransformTooLarge
        keys.update(keys_over(place))
        if len(keys) > (LARGEST_SIDE // TILE_SIZE) ** 2:
            raise TransformTooLarge
    return keys


def _whole_tiles(warp: Warp) -> TileKey | None:
    """By how many whole tiles everything moves: then tiles are shared, not copied."""
    matrix = np.rint(warp.homography.matrix).astype(int)
    dx, dy = int(matrix[0, 2]), int(matrix[1, 2])
    is_move = matrix[0, 0] == 1 and matrix[1, 1] == 1
    if warp.source is None and is_move and dx % TILE_SIZE == 0 and dy % TILE_SIZE == 0:
        return dy // TILE_SIZE, dx // TILE_SIZE
    return None


def _is_all_full(tiles: TileMap, rect: Rect, source: Rect | None) -> bool:
    """Coverage from shared full tiles alone, as most of a large selection is: nothing to copy."""
    if tiles.format is not TileFormat.COVERAGE or source is not None:
        return False
    full = full_tile()
    return all(tiles.get(key) is full for key in keys_over(rect))


def _read(tiles: TileMap, rect: Rect, source: Rect | None) -> Pixels:
    if source is None or source.contains(rect):
        return tiles.read(rect)
    shape = (rect.height, rect.width)
    out = np.zeros((*shape, 4) if tiles.format is TileFormat.COLOR else shape, np.uint8)
    part = rect.intersected(source)
    if not part.is_empty:
        out[part.slices(rect)] = tiles.read(part)
    return out


def _exact_tile(tiles: TileMap, warp: Warp, inverse: Homography, place: Rect) -> Pixels:
    pixels = _read(tiles, inverse.bounds(place), warp.source)
    linear = np.rint(warp.homography.matrix[:2, :2]).astype(int)
    if linear[0, 0] == 0:
        # Rows become columns; what is left is a flip along either side.
        pixels = pixels.swapaxes(0, 1)
        along_x, along_y = linear[0, 1], linear[1, 0]
    else:
        along_x, along_y = linear[0, 0], linear[1, 1]
    return pixels[:: int(along_y), :: int(along_x)]


def _resampled_tile(tiles: TileMap, warp: Warp, inverse: Homography, place: Rect) -> Pixels:
    source = warp.source
    assert source is not None  # set for everything that is not exact
    quad = warp.homography.corners(source)
    # Cut first: beyond the horizon of a perspective the way back means nothing.
    piece = _clipped(corners_of(place.expanded(1)), quad)
    seen = [inverse.point(x, y) for x, y in piece]
    if len(seen) < 3:
        return _blank(tiles, place)
    step = _reduction(warp, seen)
    needed = _aligned(bounds_of(seen).expanded(_MARGIN * step), step, source)
    if needed.area > LARGEST_SIDE * 1024:
        raise TransformTooLarge
    pixels = tiles.read(needed)
    if not pixels.any():
        return _blank(tiles, place)
    out = _warped(pixels, warp, needed, (place, step))
    coverage = quad_coverage(quad, place)
    return out if coverage is None else covered(out, coverage)


def _blank(tiles: TileMap, place: Rect) -> Pixels:
    shape = (place.height, place.width)
    return np.zeros((*shape, 4) if tiles.format is TileFormat.COLOR else shape, np.uint8)


def _reduction(warp: Warp, seen: list[Point]) -> int:
    """By how much to shrink the source first, a power of two, so that nothing is skipped over."""
    after = [warp.homography.point(x, y) for x, y in seen]
    ratio = math.sqrt(max(_area(seen), 1e-6) / max(_area(after), 1e-6))
    return 1 << min(8, math.floor(math.log2(max(ratio, 1.0)) + 1e-3))


def _aligned(rect: Rect, step: int, source: Rect) -> Rect:
    """Grown to whole steps from the source's corner, so that neighboring tiles shrink the same
    pixels, and cut to the source."""
    left, top = rect.x - source.x, rect.y - source.y
    grown = Rect.from_edges(
        left // step * step,
        top // step * step,
        -(-(left + rect.width) // step) * step,
        -(-(top + rect.height) // step) * step,
    )
    return grown.translated(source.x, source.y).intersected(source)


def _warped(pixels: Pixels, warp: Warp, needed: Rect, how: tuple[Rect, int]) -> Pixels:
    # Imported here: tools reach this module before the window shows, and cv2 takes its time.
    from aipaint.pixels.cv import cv2

    place, step = how
    if step > 1:
        down, right = -needed.height % step, -needed.width % step
        padded = cv2.copyMakeBorder(pixels, 0, down, 0, right, cv2.BORDER_REPLICATE)
        size = (padded.shape[1] // step, padded.shape[0] // step)
        pixels = np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), np.uint8)
    to_canvas = Homography.move(0.5, 0.5).then(Homography.scale(step, step))
    to_canvas = to_canvas.then(Homography.move(needed.x, needed.y))
    to_place = Homography.move(-place.x - 0.5, -place.y - 0.5)
    matrix = to_canvas.then(warp.homography).then(to_place).matrix
    flags = cv2.INTER_CUBIC if warp.is_smooth else cv2.INTER_LINEAR
    out = cv2.warpPerspective(
        pixels, matrix, (place.width, place.height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    if out.ndim == 3:
        # A cubic kernel overshoots at edges; premultiplied color is never above its alpha.
        np.minimum(out[..., :3], out[..., 3:], out=out[..., :3])
    return np.asarray(out, np.uint8)


def quad_coverage(quad: list[Point], place: Rect) -> Pixels | None:
    """(h, w) how much of each pixel of `place` lies in a convex polygon; None where all does.

    A pixel that an edge crosses is covered by how far its middle is from the edge.
    """
    sign = 1.0 if _signed_area(quad) > 0 else -1.0
    xs = np.arange(place.x, place.right, dtype=np.float32) + 0.5
    ys = np.arange(place.y, place.bottom, dtype=np.float32)[:, None] + 0.5
    coverage: NDArray[np.float32] | None = None
    for (ax, ay), (bx, by) in zip(quad, [*quad[1:], quad[0]], strict=True):
        length = max(math.hypot(bx - ax, by - ay), 1e-9)
        across, down = sign * (bx - ax) / length, sign * (by - ay) / length
        depths = [across * (y - ay) - down * (x - ax) for x, y in corners_of(place)]
        if min(depths) < 1:
            depth = across * (ys - ay) - down * (xs - ax) + 0.5
            inside = np.asarray(np.clip(depth, 0, 1), np.float32)
            coverage = inside if coverage is None else coverage * inside
    if coverage is None or coverage.min() > 1 - 1e-3:
        return None
    return np.asarray(np.rint(coverage * 255), np.uint8)


def _clipped(polygon: list[Point], window: list[Point]) -> list[Point]:
    """The part of a convex polygon inside another (Sutherland and Hodgman)."""
    sign = 1.0 if _signed_area(window) > 0 else -1.0
    for index in range(len(window)):
        (ax, ay), (bx, by) = window[index], window[(index + 1) % len(window)]
        sides = [sign * ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) for x, y in polygon]
        kept: list[Point] = []
        for here, (x, y) in enumerate(polygon):
            after = (here + 1) % len(polygon)
            if sides[here] >= 0:
                kept.append((x, y))
            if (sides[here] < 0) != (sides[after] < 0):
                share = sides[here] / (sides[here] - sides[after])
                u, v = polygon[after]
                kept.append((x + share * (u - x), y + share * (v - y)))
        polygon = kept
        if not polygon:
            return []
    return polygon


def _signed_area(points: list[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


def _area(points: list[Point]) -> float:
    return abs(_signed_area(points))
