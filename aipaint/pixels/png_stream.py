"""`write_png`: a PNG of any size, row by row, without ever holding all of it."""

import struct
import zlib
from collections.abc import Iterable
from typing import Protocol

import numpy as np

from aipaint.pixels.tile import Pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA = 6
_SUB = 1  # each byte minus the one a pixel to its left
_LEVEL = 1
_MEMORY_LEVEL = 9


class Writable(Protocol):
    """A file, or a member of an archive."""

    def write(self, data: bytes, /) -> int: ...


def write_png(out: Writable, width: int, height: int, bands: Iterable[Pixels]) -> None:
    """`bands` are straight RGBA (rows, width, 4) from the top down, `height` rows together."""
    header = struct.pack(">IIBBBBB", width, height, 8, _RGBA, 0, 0, 0)
    out.write(_SIGNATURE + _chunk(b"IHDR", header))
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, _MEMORY_LEVEL, zlib.Z_RLE)
    rows = 0
    for band in bands:
        rows += band.shape[0]
        data = packer.compress(_filtered(band))
        if data:
            out.write(_chunk(b"IDAT", data))
    assert rows == height  # or the file would be damaged
    out.write(_chunk(b"IDAT", packer.flush()) + _chunk(b"IEND", b""))


def _filtered(band: Pixels) -> memoryview:
    rows, width = band.shape[:2]
    out = np.empty((rows, 1 + 4 * width), np.uint8)
    out[:, 0] = _SUB
    pixels = band.reshape(rows, 4 * width)
    out[:, 1:5] = pixels[:, :4]
    np.subtract(pixels[:, 4:], pixels[:, :-4], out=out[:, 5:])
    return out.data.cast("B")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
