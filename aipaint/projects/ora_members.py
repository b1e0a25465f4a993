"""Putting pictures into an .ora file; a large one band by band, so that memory has room for it."""

import zipfile
from collections.abc import Callable

import numpy as np

from aipaint.pixels.alpha import straight
from aipaint.pixels.encode import encode_image, shrink_to_fit
from aipaint.pixels.png_stream import write_png
from aipaint.pixels.rect import Rect
from aipaint.pixels.tile import Pixels
from aipaint.projects.bands import bands_of

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same document gives the same bytes
_AT_ONCE_PIXELS = 32_000_000


def store_member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """One member; only text is worth compressing."""
    archive.writestr(_entry(name), data)


def store_png(
    archive: zipfile.ZipFile, name: str, rect: Rect, read: Callable[[Rect], Pixels]
) -> None:
    """A rectangle as a PNG. `read` gives parts of it from the top down, (h, w, 4) BGRA
    premultiplied."""
    if rect.area <= _AT_ONCE_PIXELS:
        store_member(archive, name, encode_image(straight(read(rect)), ".png"))
        return
    with archive.open(_entry(name), "w") as member:
        bands = (straight(read(band)) for band in bands_of(rect))
        write_png(member, rect.width, rect.height, bands)


class ThumbnailOfBands:
    """A small version of a picture that is seen in bands only."""

    def __init__(self, rect: Rect, side: int) -> None:
        self._side = side
        # Twice as large as it will be, for a picture that is not all there at once.
        self._scale = min(1.0, 2 * side / max(rect.width, rect.height))
        self._size = (rect.width, rect.height)
        self._bands: list[Pixels] = []

    def add(self, band: Pixels) -> None:
        """The next rows, (h, w, 4)."""
        longest = max(band.shape[:2])
        self._bands.append(shrink_to_fit(band, max(1, round(longest * self._scale))))

    @property
    def pixels(self) -> Pixels:
        """All of it."""
        return shrink_to_fit(np.concatenate(self._bands), self._side)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    is_text = name.endswith((".xml", ".json"))
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    return entry
