"""`FillTool`: the bucket: fills what is alike around a click, on the layer or on the mask."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aipaint.document.compose_once import compose_once
from aipaint.document.document import Document
from aipaint.document.edit_tiles import MASK, target_tiles
from aipaint.document.paint_rules import refusal
from aipaint.document.picture import Picture
from aipaint.pixels.brush import Color, StrokeMode
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Tile, TileFormat
from aipaint.pixels.tile_map import TileEdits, TileKey, TileMap, tile_rect
from aipaint.tools.paint_aside import Painting, paint_aside, record
from aipaint.tools.paint_wide import WidePainting, paint_wide
from aipaint.tools.painting_box import PaintingBox
from aipaint.tools.painting_options import FillOptions
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.tool import Tool

if TYPE_CHECKING:
    from aipaint.pixels.fill import FloodOptions
    from aipaint.pixels.transform import Progress

AT_ONCE_PIXELS = 4_000_000
"""A larger region is flooded on a worker."""
WIDE_PIXELS = 32_000_000
"""A still larger one tile by tile: arrays of it would take gigabytes."""

_MASK_COLOR = Color(255, 255, 255)


@dataclass(frozen=True)
class _Flood:
    target: str
    seed: tuple[int, int]
    region: Rect
    options: FillOptions
    color: Color
    mode: StrokeMode

    def edits(self, picture: Picture) -> TileEdits:
        """Any thread, on a snapshot."""
        # Imported here: they bring cv2, and this file is loaded before the window shows.
        from aipaint.pixels.paint_coverage import Ink, paint_coverage
        from aipaint.pixels.tile_fill import flood_tiles

        source = self._source(picture)
        coverage = flood_tiles(source, self.region, self.seed, self._flood_options())
        ink = Ink(self.color, self.options.opacity, self.mode)
        return paint_coverage(target_tiles(picture, self.target), self.region, coverage, ink)

    def pieces(self, picture: Picture, progress: "Progress") -> Iterator[TileEdits]:
        """The same, a tile at a time, for a region that memory has no arrays for."""
        from aipaint.pixels.paint_coverage import Ink, paint_coverage, solid_tile
        from aipaint.pixels.wide_fill import WideFlood, wide_coverage

        flood = WideFlood(self._source(picture), self.region, self.seed, self._flood_options())
        tiles = target_tiles(picture, self.target)
        ink = Ink(self.color, self.options.opacity, self.mode)
        solid = solid_tile(tiles.format, ink)
        for key, coverage in wide_coverage(flood, progress):
            yield paint_coverage(tiles, tile_rect(key), coverage, ink, solid)

    def _flood_options(self) -> "FloodOptions":
        from aipaint.pixels.fill import FloodOptions

        chosen = self.options
        return FloodOptions(
            tolerance=chosen.tolerance,
            is_contiguous=chosen.is_contiguous,
            gap_pixels=chosen.gap_pixels,
            grow_pixels=chosen.grow_pixels,
            is_smooth=chosen.is_smooth,
        )

    def _source(self, picture: Picture) -> Callable[[TileKey], Tile | None]:
        """What is looked at: the whole picture, or what is painted on: a layer or its own mask. The
        mask over the picture is no thing to look at by itself: there it is the active layer."""
        if self.options.samples_all:
            sheets = picture.sheets()
            return lambda key: compose_once(sheets, key)
        if self.target == MASK:
            return picture.active_layer.tiles.get
        tiles = target_tiles(picture, self.target)
        if tiles.format is TileFormat.COLOR:
            return tiles.get
        return lambda key: _as_gray(tiles, key)


class FillTool(Tool):
    """One click, one step. A selection is a wall; without one the frame is. On a mask the right
    button takes away, on a layer as well as on a mask the other end of a pen."""

    id = "fill"
    label = "Fill"
    hint = "Click to fill what is alike. Alt picks a color. On a mask the right button clears."

    def __init__(self, document: Document, box: PaintingBox) -> None:
        self._document = document
        self._box = box

    @property
    def picks_with_alt(self) -> bool:
        return True

    @property
    def takes_secondary(self) -> bool:  # type: ignore[override] # it depends on what is filled
        picture, options = self._document.picture, self._box.painting.fill
        return options.fills_mask or _is_cover(picture, picture.paint_target)

    def press(self, event: PointerEvent) -> None:
        picture, options = self._document.picture, self._box.painting.fill
        target = MASK if options.fills_mask else picture.paint_target
        seed = math.floor(event.x), math.floor(event.y)
        region = _region(picture, seed)
        reason = refusal(picture, target) or _why_not(picture, seed, region)
        if reason:
            self._box.surroundings.tell(reason)
            return
        is_cover = _is_cover(picture, target)
        color = _MASK_COLOR if is_cover else self._box.colors.foreground
        erases = event.is_secondary or event.is_eraser_tip
        mode = StrokeMode.ERASE if erases else StrokeMode.PAINT
        flood = _Flood(target, seed, region, options, color, mode)
        label = ("Clear" if erases else "Fill") + (" mask" if is_cover else "")
        document, surroundings = self._document, self._box.surroundings
        work = Painting(target, label, "Filling", flood.edits)
        if region.area > WIDE_PIXELS:
            wide = WidePainting(target, label, "Filling", flood.pieces)
            paint_wide(document, surroundings, wide)
        elif region.area > AT_ONCE_PIXELS:
            paint_aside(document, surroundings, work)
        else:
            record(document, surroundings, work, flood.edits(picture))
        if not is_cover and not erases:
            self._box.colors.note_use(color)

    def move(self, event: PointerEvent) -> None:
        """Nothing: a click is all."""

    def tick(self) -> None:
        """Nothing: a click is all."""

    def release(self) -> None:
        """Nothing: a click is all."""

    def cancel(self) -> None:
        """Nothing: a click is all."""


def _is_cover(picture: Picture, target: str) -> bool:
    """A mask, which has no colors."""
    return target_tiles(picture, target).format is TileFormat.COVERAGE


def _as_gray(tiles: TileMap, key: TileKey) -> Tile | None:
    tile = tiles.get(key)
    if tile is None:
        return None
    return Tile(np.repeat(tile.peek()[..., None], 4, axis=2))


def _region(picture: Picture, seed: tuple[int, int]) -> Rect:
    """Where the flood may go: the frame, or outside of it what the layer reaches to."""
    region = picture.frame
    if not region.contains(Rect(*seed, 1, 1)):
        region = picture.active_layer.tiles.bounds()
    if picture.selection is not None:
        region = region.intersected(picture.selection.bounds())
    return region


def _why_not(picture: Picture, seed: tuple[int, int], region: Rect) -> str:
    if region.contains(Rect(*seed, 1, 1)):
        return ""
    if picture.selection is not None:
        return "Nothing to fill here: click inside the selection."
    return "Nothing to fill here: click inside the frame."
