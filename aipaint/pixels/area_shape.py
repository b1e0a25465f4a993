"""Growing, shrinking, feathering and bordering an area on the endless canvas. Brings OpenCV."""

from collections.abc import Callable

from aipaint.pixels.area import area_of
from aipaint.pixels.coverage import border, feather, feather_reach, grow, shrink
from aipaint.pixels.tile import Pixels
from aipaint.pixels.tile_map import TileMap


def grown_area(area: TileMap, pixels: int) -> TileMap:
    """Reaches `pixels` farther everywhere."""
    return _shaped(area, grow, pixels, pixels)


def shrunk_area(area: TileMap, pixels: int) -> TileMap:
    """Reaches `pixels` less far everywhere."""
    return _shaped(area, shrink, pixels, 0)


def feathered_area(area: TileMap, pixels: int) -> TileMap:
    """A soft edge, to both sides."""
    return _shaped(area, feather, pixels, feather_reach(pixels))


def bordered_area(area: TileMap, pixels: int) -> TileMap:
    """A band of that width along the edge."""
    return _shaped(area, border, pixels, pixels)


def _shaped(
    area: TileMap, shape: Callable[[Pixels, int], Pixels], pixels: int, margin: int
) -> TileMap:
    place = area.bounds()
    if place.is_empty or pixels <= 0:
        return area.copy()
    place = place.expanded(margin)
    return area_of(shape(area.read(place), pixels), place.x, place.y)
