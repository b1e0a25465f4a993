"""`WandTool`: selects what has the color that is clicked."""

import math
from typing import TYPE_CHECKING

from aipaint.document.compose_once import compose_once
from aipaint.document.picture import Picture
from aipaint.pixels.area import area_of, compact, full_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import Keep
from aipaint.tools.area_tool import AreaTool
from aipaint.tools.fill_tool import WIDE_PIXELS
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectOptions

if TYPE_CHECKING:
    from aipaint.pixels.wide_fill import WideFlood


class WandTool(AreaTool):
    """Looks at everything visible, or at the active layer alone."""

    id = "selectWand"
    label = "Magic wand"
    hint = "Click a color to select it. Shift adds, Alt takes away; the tolerance is above."

    def press(self, event: PointerEvent) -> None:
        if self._has_nothing_to_look_at():
            return
        options = self._box.selecting
        snapshot = self._document.picture.snapshot()
        where = (math.floor(event.x), math.floor(event.y))
        keep = self._document.shelve
        self._take(lambda: _alike(snapshot, where, options, keep), self._how(event), is_slow=True)

    def move(self, event: PointerEvent) -> None:
        """Nothing: the click said it all."""

    def release(self) -> None:
        """Nothing: the click said it all."""

    def cancel(self) -> None:
        """Nothing is under way."""


def _alike(picture: Picture, where: tuple[int, int], options: SelectOptions, keep: Keep) -> TileMap:
    # Imported late: they bring OpenCV, which the window does not wait for.
    from aipaint.pixels.fill import FloodOptions
    from aipaint.pixels.tile_fill import flood_tiles
    from aipaint.pixels.wide_fill import WideFlood

    sheets, tiles = picture.sheets(), picture.active_layer.tiles
    place = picture.frame
    if not place.contains(Rect(*where, 1, 1)):
        # Outside of the frame: as far as there is anything.
        place = place.united(Rect(*where, 1, 1))
        for layer in picture.layers if options.takes_all_layers else [picture.active_layer]:
            place = place.united(layer.tiles.bounds())
    flood = FloodOptions(
        tolerance=options.tolerance,
        is_contiguous=options.is_contiguous,
        is_smooth=options.is_smooth,
    )
    source = (lambda key: compose_once(sheets, key)) if options.takes_all_layers else tiles.get
    if place.area > WIDE_PIXELS:
        return _wide_area(WideFlood(source, place, where, flood), keep)
    return area_of(flood_tiles(source, place, where, flood), place.x, place.y)


def _wide_area(flood: "WideFlood", keep: Keep) -> TileMap:
    """Tile by tile: arrays of the whole would take gigabytes."""
    from aipaint.pixels.transform import Progress
    from aipaint.pixels.wide_fill import wide_coverage

    area = TileMap(TileFormat.COVERAGE)
    for key, coverage in wide_coverage(flood, Progress()):
        tile = compact(coverage)
        area.swap({key: tile})
        if tile is not None and tile is not full_tile():
            keep(tile)
    return area
