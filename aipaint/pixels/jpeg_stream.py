"""`write_jpeg`: a JPEG of any size, strip by strip, without ever holding all of it.

A JPEG may be cut into restart intervals, after which the decoder begins anew. Each strip is encoded
as a picture of its own; of the first one the header is kept, with the height of all of them, and
the strips' data follow each other with a restart marker between.
"""

import struct
from collections.abc import Iterable, Iterator

import numpy as np

from aipaint.pixels.encode import encode_image
from aipaint.pixels.png_stream import Writable
from aipaint.pixels.tile import Pixels

MAX_SIDE = 65_535  # two bytes in the header
_STRIP = 16  # rows: whole blocks of 8 × 8, also where color has half the detail
_SOF0, _SOS, _EOI = 0xC0, 0xDA, b"\xff\xd9"
_RESTARTS = [bytes((0xFF, 0xD0 + number)) for number in range(8)]


def write_jpeg(
    out: Writable, width: int, height: int, bands: Iterable[Pixels], quality: int = 92
) -> None:
    """`bands` are straight RGBA (rows, width, 4) from the top down, `height` rows together. The
    picture is the one `encode_image` makes of all of it, to the pixel."""
    rows = 0
    for number, strip in enumerate(_strips(bands)):
        data = encode_image(strip, ".jpg", quality)
        start = _data_start(data)
        if number == 0:
            out.write(_header(data[:start], height, width))
        else:
            out.write(_RESTARTS[(number - 1) % 8])
        out.write(data[start : -len(_EOI)])
        rows += strip.shape[0]
    assert rows == height  # or the file would be damaged
    out.write(_EOI)


def _strips(bands: Iterable[Pixels]) -> Iterator[Pixels]:
    """The same rows in strips of `_STRIP`, only the last one lower."""
    left: list[Pixels] = []
    for band in bands:
        joined = np.concatenate([*left, band]) if left else band
        whole = len(joined) // _STRIP * _STRIP
        for top in range(0, whole, _STRIP):
            yield joined[top : top + _STRIP]
        left = [joined[whole:]] if whole < len(joined) else []
    yield from left


def _header(header: bytes, height: int, width: int) -> bytes:
    """That of one strip, made that of the whole: its height, and where the strips begin."""
    frame = _segment(header, _SOF0)
    blocks = _blocks(header[frame:], width)
    restart = struct.pack(">BBHH", 0xFF, 0xDD, 4, blocks)
    scan = _segment(header, _SOS)
    tall = header[: frame + 5] + struct.pack(">H", height) + header[frame + 7 : scan]
    return tall + restart + header[scan:]


def _blocks(frame: bytes, width: int) -> int:
    """How many units of the interleaved scan a strip has; `frame` begins with its marker."""
    sampling = frame[11]  # of the first component: horizontal and vertical
    across, down = 8 * (sampling >> 4), 8 * (sampling & 15)
    return -(-width // across) * (_STRIP // down)


def _data_start(data: bytes) -> int:
    scan = _segment(data, _SOS)
    return scan + 2 + int(struct.unpack_from(">H", data, scan + 2)[0])


def _segment(data: bytes, wanted: int) -> int:
    """Where the segment with that marker begins. Each says how long it is."""
    at = 2
    while data[at + 1] != wanted:
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return at
