"""Pictures inside an .ora file that hold tiles, and where they lie on the canvas."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from aipaint.pixels.decode import MAX_SIDE
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile_map import TileMap

_FARTHEST = 10_000_000
_PIECE_SIDE = 4096
_LARGEST_PIECE_PIXELS = 32_000_000  # four bytes each while it is read or written

Pieces: TypeAlias = tuple[tuple[str, int, int], ...]
"""Pictures by name, each with its place."""


@dataclass(frozen=True)
class MaskPieces:
    """A layer's mask. If it `is_open`, the pieces hold what it hides, else what it shows."""

    pieces: Pieces
    is_open: bool
    is_enabled: bool


@dataclass(frozen=True)
class LayerExtras:
    """What OpenRaster has no words for. `pixels` are those under a mask, None where the layer's own
    picture holds them already: other programs find what shows there."""

    is_clipped: bool = False
    is_alpha_locked: bool = False
    is_pass_through: bool = False
    mask: MaskPieces | None = None
    pixels: Pieces | None = None


def parse_extras(value: object) -> LayerExtras:
    """From `document.json`. Raises ValueError, TypeError or LookupError for what is malformed."""
    if value is None:
        return LayerExtras()
    if not isinstance(value, dict):
        raise TypeError("no object")
    mask, pixels = value.get("mask"), value.get("pixels")
    return LayerExtras(
        is_clipped=value.get("clipped") is True,
        is_alpha_locked=value.get("alpha_locked") is True,
        is_pass_through=value.get("pass_through") is True,
        mask=None
        if mask is None
        else MaskPieces(
            parse_pieces(mask["pieces"]), mask["open"] is True, mask["enabled"] is not False
        ),
        pixels=None if pixels is None else parse_pieces(pixels),
    )


def parse_pieces(pieces: Iterable[Mapping[str, object]]) -> Pieces:
    """From `document.json`. Raises ValueError, TypeError or LookupError for what is malformed."""
    return tuple((str(piece["src"]), whole(piece["x"]), whole(piece["y"])) for piece in pieces)


def whole(number: object) -> int:
    """Raises ValueError for anything but a whole number of a reasonable size."""
    if not isinstance(number, int) or abs(number) > _FARTHEST:
        raise ValueError("no reasonable whole number")
    return number


def piece_rects(tiles: TileMap) -> Iterator[Rect]:
    """The content as one rectangle, or as several where one would be mostly nothing and huge."""
    bounds = tiles.bounds()
    if bounds.is_empty:
        return
    if bounds.area <= _LARGEST_PIECE_PIXELS and max(bounds.width, bounds.height) <= MAX_SIDE:
        yield bounds
        return
    squares: dict[tuple[int, int], TileMap] = {}
    tiles_per_piece = _PIECE_SIDE // 256
    for key in tiles:
        square = (key[0] // tiles_per_piece, key[1] // tiles_per_piece)
        squares.setdefault(square, TileMap(tiles.format)).swap({key: tiles.get(key)})
    for square in sorted(squares):
        yield squares[square].bounds()
