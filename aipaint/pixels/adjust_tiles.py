"""An adjustment over the tiles of a layer: within a selection, in part, watched and given up."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aipaint.pixels.adjust import Adjustment, luminance, straight_color
from aipaint.pixels.area import compact
from aipaint.pixels.rect import Rect
from aipaint.pixels.restrict import mix
from aipaint.pixels.tile import Pixels, Tile, TileFormat
from aipaint.pixels.tile_map import TileKey, TileMap, keys_over, tile_rect
from aipaint.pixels.transform import Progress

_BLOCK = 4  # tiles a side that share one margin, where the margin is wide
_WIDE_MARGIN = 32
_SAMPLED_TILES = 400  # of a histogram; more would not change its look


def adjusted(
    tiles: TileMap,
    adjustment: Adjustment,
    selection: TileMap | None = None,
    within: Rect | None = None,
    progress: Progress | None = None,
) -> dict[TileKey, Tile | None]:
    """The edits that adjust a layer where the selection covers it, or everywhere. A mask needs a
    selection: what is not covered can change as well, and of that there is no end.

    Only the tiles that `within` touches, if it is given. Cancelled, the edits are partial.
    """
    if adjustment.is_identity:
        return {}
    keys = _keys(tiles, adjustment.margin, selection)
    if within is not None:
        keys = {key for key in keys if not tile_rect(key).intersected(within).is_empty}
    progress = progress or Progress()
    edits: dict[TileKey, Tile | None] = {}
    blocks = _blocks(keys, _BLOCK if adjustment.margin > _WIDE_MARGIN else 1)
    for block in progress.over(sorted(blocks)):
        made = _adjusted_block(tiles, adjustment, selection, blocks[block])
        for tile in made.values():
            if tile is not None:
                progress.keep(tile)
        edits.update(made)
    return edits


def histogram(tiles: TileMap, selection: TileMap | None = None) -> NDArray[np.float64]:
    """(4, 256) how often each value occurs: luminance, red, green, blue; what is hardly there
    counts little. Very large layers are sampled."""
    counts = np.zeros((4, 256), np.float64)
    if tiles.format is TileFormat.COVERAGE:
        return _coverage_histogram(tiles, selection, counts)
    keys = sorted(key for key in tiles if selection is None or selection.get(key) is not None)
    for key in keys[:: len(keys) // _SAMPLED_TILES + 1]:
        tile = tiles.get(key)
        assert tile is not None  # the key came from the map itself
        color = straight_color(tile.pixels)
        weight = tile.pixels[..., 3] / 255
        chosen = selection.get(key) if selection is not None else None
        if chosen is not None:
            weight = weight * (chosen.pixels / 255)
        channels = (luminance(color), color[..., 2], color[..., 1], color[..., 0])
        for row, values in enumerate(channels):
            counts[row] += np.bincount(values.ravel(), weight.ravel(), minlength=256)
    return counts


def _keys(tiles: TileMap, margin: int, selection: TileMap | None) -> set[TileKey]:
    """Where anything can change: a blur reaches into blank neighbors."""
    if selection is not None and tiles.format is TileFormat.COVERAGE:
        return set(selection)
    keys = set(tiles)
    if margin:
        for key in tiles:
            keys.update(keys_over(tile_rect(key).expanded(margin)))
    return keys if selection is None else keys & set(selection)


def _blocks(keys: Iterable[TileKey], side: int) -> dict[TileKey, list[TileKey]]:
    blocks: dict[TileKey, list[TileKey]] = {}
    for row, column in keys:
        blocks.setdefault((row // side, column // side), []).append((row, column))
    return blocks


def _adjusted_block(
    tiles: TileMap, adjustment: Adjustment, selection: TileMap | None, keys: list[TileKey]
) -> dict[TileKey, Tile | None]:
    area = tile_rect(keys[0])
    for key in keys[1:]:
        area = area.united(tile_rect(key))
    around = area.expanded(adjustment.margin)
    is_coverage = tiles.format is TileFormat.COVERAGE
    source = tiles.read(around)
    result = _adjusted_coverage(adjustment, source) if is_coverage else adjustment.apply(source)
    edits: dict[TileKey, Tile | None] = {}
    for key in keys:
        pixels = result[tile_rect(key).slices(around)]
        old = tiles.get(key)
        if selection is not None:
            coverage = selection.get(key)
            assert coverage is not None  # only selected keys are asked for
            before = old.pixels if old is not None else np.zeros_like(pixels)
            pixels = mix(before, pixels, coverage.pixels)
        pixels = np.ascontiguousarray(pixels)
        if is_coverage:
            edits[key] = compact(pixels)
        else:
            edits[key] = Tile(pixels) if pixels.any() else None
    return edits


def _adjusted_coverage(adjustment: Adjustment, coverage: Pixels) -> Pixels:
    """(h, w) in and out: as an opaque gray picture would be."""
    gray = np.repeat(coverage[..., None], 4, axis=2)
    gray[..., 3] = 255
    return adjustment.apply(gray)[..., 1]


def _coverage_histogram(
    tiles: TileMap, selection: TileMap | None, counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same for all four channels."""
    keys = sorted(tiles if selection is None else selection)
    for key in keys[:: len(keys) // _SAMPLED_TILES + 1]:
        values = tiles.read(tile_rect(key))
        weight = selection.read(tile_rect(key)) / 255 if selection is not None else None
        counts += np.bincount(
            values.ravel(), None if weight is None else weight.ravel(), minlength=256
        )
    return counts
