"""`Tile`: 256×256 pixels as a numpy array and a QImage over the same memory."""

from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from aipaint.pixels.rect import EMPTY_RECT, Rect

if TYPE_CHECKING:
    from aipaint.pixels.spill_file import SpillFile

TILE_SIZE = 256

Pixels: TypeAlias = NDArray[np.uint8]
"""Color: (h, w, 4) BGRA premultiplied. Coverage: (h, w), 0..255."""


class TileFormat(Enum):
    """What the pixels of a tile mean."""

    COLOR = "color"  # (256, 256, 4) BGRA premultiplied, QImage ARGB32_Premultiplied
    COVERAGE = "coverage"  # (256, 256) 0..255, QImage Alpha8


class PackedTile(Protocol):
    """Where a tile's pixels are while they are not in memory as they are."""

    def unpacked(self) -> Pixels:
        """The pixels, in a fresh array. Any thread. Raises StorageError."""

    def spill(self, file: "SpillFile") -> None:
        """Move what is in memory into a file. Raises StorageError."""

    @property
    def byte_size(self) -> int:
        """Memory that this takes."""

    @property
    def disk_byte_size(self) -> int:
        """Room that this takes on the disk."""


class Tile:
    """One square of a `TileMap`. Immutable once it is in a map: write to a copy, then swap it in.

    That is why a tile nobody looks at may be packed (see `TileKeeper`); asking for its pixels
    brings them back, in any thread. The QImage borrows the array's memory, so it must never be
    copied implicitly while painting: paint only on a fresh tile that nobody else holds.
    """

    __slots__ = ("__weakref__", "_image", "_packed", "_pixels", "age", "was_used")

    def __init__(self, pixels: Pixels) -> None:
        self._pixels: Pixels | None = pixels
        self._image: QImage | None = None
        self._packed: PackedTile | None = None
        self.was_used = True  # since the keeper last looked
        self.age = 0  # how often the keeper has looked since

    @staticmethod
    def cold(packed: PackedTile) -> "Tile":
        """A tile whose pixels are not in memory yet."""
        tile = Tile.__new__(Tile)
        tile._pixels, tile._image, tile._packed = None, None, packed
        tile.was_used, tile.age = False, 0
        return tile

    @staticmethod
    def blank(format_: TileFormat) -> "Tile":
        """A transparent (or uncovered) tile."""
        shape = (TILE_SIZE, TILE_SIZE)
        full = (*shape, 4) if format_ is TileFormat.COLOR else shape
        return Tile(np.zeros(full, np.uint8))

    def copy(self) -> "Tile":
        return Tile(self.pixels.copy())

    @property
    def pixels(self) -> Pixels:
        pixels = self._pixels
        if pixels is None:
            pixels = self._brought_back()
        self.was_used = True
        return pixels

    def peek(self) -> Pixels:
        """The pixels for reading once: a packed tile stays packed."""
        pixels, packed = self._pixels, self._packed
        if pixels is not None:
            return pixels
        assert packed is not None  # set before the pixels were let go
        return packed.unpacked()

    @property
    def image(self) -> QImage:
        """Holds on to the array it borrows."""
        image = self._image
        if image is None:
            image = self._image = image_over(self.pixels)
        self.was_used = True
        return image

    @property
    def is_blank(self) -> bool:
        """No pixel has any alpha or coverage."""
        return not self.peek().reshape(-1).view(np.uint64).any()

    @property
    def byte_size(self) -> int:
        """Memory it takes now."""
        pixels, packed = self._pixels, self._packed
        return (0 if pixels is None else int(pixels.nbytes)) + (packed.byte_size if packed else 0)

    @property
    def disk_byte_size(self) -> int:
        """Room it takes on the disk."""
        packed = self._packed
        return packed.disk_byte_size if packed else 0

    @property
    def is_packed(self) -> bool:
        return self._pixels is None

    @property
    def packed(self) -> PackedTile | None:
        """What it was packed to before; good for ever, as pixels do not change."""
        return self._packed

    def pack(self, packed: PackedTile) -> None:
        """Let go of the pixels: from now on they are in `packed`. Any thread."""
        # In this order: who reads in another thread finds the one or the other.
        self._packed = packed
        self._image = None
        self._pixels = None

    def _brought_back(self) -> Pixels:
        packed = self._packed
        assert packed is not None  # set before the pixels were let go
        pixels = self._pixels = packed.unpacked()
        return pixels


def difference_rect(one: Tile | None, other: Tile | None) -> Rect:
    """The smallest rectangle, from the tile's corner, outside of which both look the same."""
    if one is other:
        return EMPTY_RECT
    if one is None or other is None:
        there = one or other
        assert there is not None  # only one of both is
        differs = there.pixels != 0
    else:
        differs = one.pixels != other.pixels
    if differs.ndim == 3:  # four bytes of a pixel are looked at as one
        differs = differs.view(np.uint32)[..., 0] != 0
    rows = np.flatnonzero(differs.any(axis=1))
    if not rows.size:
        return EMPTY_RECT
    columns = np.flatnonzero(differs[rows[0] : rows[-1] + 1].any(axis=0))
    return Rect.from_edges(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def image_over(pixels: NDArray[Any]) -> QImage:
    """A QImage over the array's memory, without a copy. It keeps the array alive.

    (h, w) uint8 -> Alpha8; (h, w, 4) uint8 -> ARGB32_Premultiplied (BGRA in memory);
    (h, w, 4) uint16 -> RGBA64_Premultiplied (RGBA in memory). The array must be contiguous.
    """
    height, width = pixels.shape[:2]
    if pixels.ndim == 2:
        kind = QImage.Format.Format_Alpha8
    elif pixels.dtype == np.uint16:
        kind = QImage.Format.Format_RGBA64_Premultiplied
    else:
        kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, pixels.strides[0], kind)
