"""`flat_tiles`: what a picture shows in its frame, as the tiles of one layer, elsewhere."""

from aipaint.document.picture import Picture
from aipaint.document.render import render
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import TILE_SIZE, TileFormat
from aipaint.pixels.tile_map import TileMap
from aipaint.pixels.tile_shelf import Keep


def flat_tiles(picture: Picture, x: int, y: int, keep: Keep) -> TileMap:
    """The frame with its corner at (x, y), made row of tiles by row of tiles; `keep` finds room
    for them. Any thread, on a picture that nobody changes."""
    frame = picture.frame
    place = Rect(x, y, frame.width, frame.height)
    tiles = TileMap(TileFormat.COLOR)
    for row in range(place.y // TILE_SIZE, -(-place.bottom // TILE_SIZE)):
        band = Rect(x, row * TILE_SIZE, frame.width, TILE_SIZE).intersected(place)
        edits = tiles.with_pixels(band, render(picture, band.translated(frame.x - x, frame.y - y)))
        tiles.swap(edits)
        for tile in edits.values():
            if tile is not None:
                keep(tile)
    return tiles
