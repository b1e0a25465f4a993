"""The finished picture, flattened, as PNG, JPEG or WebP; a large one band by band."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from aipaint.atomic_file import write_atomically, write_atomically_by
from aipaint.document.picture import Picture
from aipaint.document.render import render_straight
from aipaint.errors import UsageError
from aipaint.pixels.decode import MAX_SIDE
from aipaint.pixels.encode import check_suffix, encode_image
from aipaint.pixels.jpeg_stream import write_jpeg
from aipaint.pixels.png_stream import write_png
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.projects.bands import bands_of

_AT_ONCE_PIXELS = 32_000_000
_STREAMS = {".png": write_png, ".jpg": write_jpeg, ".jpeg": write_jpeg}
_WEBP_SIDE = 16_383  # fourteen bits in the header
_WEBP_PIXELS = 50_000_000  # its encoder takes ten to thirty bytes for each of them at once


def export_picture(picture: Picture, path: Path) -> None:
    """Write what the frame shows; the suffix of `path` says the format. Any thread, on a snapshot.

    PNG and JPEG of any size take the memory of a row of tiles. Raises UsageError for a suffix or
    size that cannot be written, StorageError if the disk refuses.
    """
    frame, suffix = picture.frame, path.suffix.lower()
    _check(frame, suffix)
    write = _STREAMS.get(suffix)
    if frame.area <= _AT_ONCE_PIXELS or write is None:
        write_atomically(path, encode_image(_gathered(picture, frame), suffix))
        return

    def stream(file: IO[bytes]) -> None:
        write(file, frame.width, frame.height, _bands(picture, frame))

    write_atomically_by(path, stream)


def _bands(picture: Picture, frame: Rect) -> Iterator[Pixels]:
    for band in bands_of(frame):
        yield render_straight(picture, band)


def _gathered(picture: Picture, frame: Rect) -> Pixels:
    """In bands as well: what is in between takes as much as the picture itself."""
    rgba = np.empty((frame.height, frame.width, 4), np.uint8)
    for band in bands_of(frame):
        rgba[band.slices(frame)] = render_straight(picture, band)
    return rgba


def _check(frame: Rect, suffix: str) -> None:
    check_suffix(suffix)
    size = f"A frame of {frame.width} x {frame.height} pixels"
    longest = max(frame.width, frame.height)
    if frame.is_empty or longest > MAX_SIDE:
        raise UsageError(
            f"{size} cannot be exported.", f"Make it at most {MAX_SIDE} pixels a side."
        )
    if suffix != ".webp":
        return
    if longest > _WEBP_SIDE:
        raise UsageError(
            f"{size} does not fit into a WebP file: those have at most {_WEBP_SIDE} a side.",
            "Export it as PNG or JPEG, or make it smaller.",
        )
    if frame.area > _WEBP_PIXELS:
        raise UsageError(
            f"{size} is too large for WebP: it is encoded in one piece, at most "
            f"{_WEBP_PIXELS // 10**6} megapixels.",
            "Export it as PNG or JPEG, or make it smaller.",
        )
