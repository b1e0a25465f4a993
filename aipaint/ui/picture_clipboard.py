"""The clipboard: a picture as PNG with alpha, and beside it where it lay on the canvas."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from aipaint.pixels.rect import Rect

PLACE_TYPE = "application/x-aipaint-place"
"""Four integers as text: x, y, width, height in canvas pixels."""

_PLACE = re.compile(rb"(-?\d{1,7}) (-?\d{1,7}) (\d{1,6}) (\d{1,6})")


@dataclass(frozen=True, eq=False)
class CopiedPicture:
    """An encoded picture and its place on the canvas."""

    png: bytes
    place: Rect


def put_on_clipboard(copied: CopiedPicture) -> None:
    """In place of what is there."""
    place = copied.place
    mime = QMimeData()
    mime.setData("image/png", copied.png)
    text = f"{place.x} {place.y} {place.width} {place.height}"
    mime.setData(PLACE_TYPE, text.encode("ascii"))
    QGuiApplication.clipboard().setMimeData(mime)


def place_in(mime: QMimeData) -> Rect | None:
    """Where the picture lay when aipaint copied it; None for one from elsewhere."""
    # Whoever owns the clipboard may write anything there.
    found = _PLACE.fullmatch(bytes(mime.data(PLACE_TYPE).data()))
    return Rect(*map(int, found.groups())) if found is not None else None
