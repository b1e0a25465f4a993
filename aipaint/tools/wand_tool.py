"""`WandTool`: selects what has the color that is clicked."""

import math

from aipaint.document.picture import Picture
from aipaint.pixels.area import area_of
from aipaint.pixels.compositor import compose_tile
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap
from aipaint.tools.area_tool import AreaTool
from aipaint.tools.pointer_event import PointerEvent
from aipaint.tools.select_options import SelectOptions


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
        self._take(lambda: _alike(snapshot, where, options), self._how(event), is_slow=True)

    def move(self, event: PointerEvent) -> None:
        """Nothing: the click said it all."""

    def release(self) -> None:
        """Nothing: the click said it all."""

    def cancel(self) -> None:
        """Nothing is under way."""


def _alike(picture: Picture, where: tuple[int, int], options: SelectOptions) -> TileMap:
    # Imported late: they bring OpenCV, which the window does not wait for.
    from aipaint.pixels.fill import FloodOptions
    from aipaint.pixels.tile_fill import flood_tiles

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
    source = (lambda key: compose_tile(sheets, key)) if options.takes_all_layers else tiles.get
    return area_of(flood_tiles(source, place, where, flood), place.x, place.y)
