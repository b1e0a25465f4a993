"""What a drop or a paste means: files, a picture, a picture inside HTML, or a path as text."""

import base64
import binascii
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from aipaint.errors import UnreadableFileError

_PICTURE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff")
_IMG = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_LONGEST_HTML = 64_000_000
_LONGEST_PATH = 4096


@dataclass(frozen=True)
class DroppedFiles:
    """Local files, in the order they were dropped."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class DroppedBytes:
    """An encoded picture."""

    data: bytes
    name: str


@dataclass(frozen=True, eq=False)
class DroppedImage:
    """A decoded picture. `as_png` takes its time: call it on a worker."""

    image: QImage
    name: str = "Pasted picture"

    def as_png(self) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not self.image.save(buffer, "PNG"):  # type: ignore[call-overload]
            raise UnreadableFileError("The pasted picture cannot be read.", "Save it to a file.")
        return bytes(buffer.data().data())


Dropped = DroppedFiles | DroppedBytes | DroppedImage


def could_be_dropped(mime: QMimeData) -> bool:
    """A quick answer while something hovers over the window."""
    return (
        any(url.isLocalFile() for url in mime.urls())
        or mime.hasImage()
        or any(mime.hasFormat(kind) for kind in _PICTURE_TYPES)
        or mime.hasHtml()
        or mime.hasText()
    )


def read_dropped(mime: QMimeData) -> Dropped:
    """What it is. Raises UnreadableFileError that says why it is nothing."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return DroppedFiles(paths)
    found = _picture(mime) or _picture_in_html(mime) or _path_in_text(mime)
    if found is not None:
        return found
    if any(url.scheme() in ("http", "https") for url in mime.urls()):
        raise UnreadableFileError(
            "That is a link to a picture on the web.",
            "Copy the picture itself, or save it to a file and open that.",
        )
    raise UnreadableFileError("There is no picture in that.", "Drop or paste a picture file.")


def _picture(mime: QMimeData) -> Dropped | None:
    for kind in _PICTURE_TYPES:
        data = bytes(mime.data(kind).data())
        if data:
            return DroppedBytes(data, "Pasted picture")
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return DroppedImage(image)
    return None


def _picture_in_html(mime: QMimeData) -> Dropped | None:
    """The first <img> if its picture is inside the page (data:) or on this computer (file:)."""
    html = mime.html() if mime.hasHtml() else ""
    match = _IMG.search(html[:_LONGEST_HTML])
    if match is None:
        return None
    source = unescape(match.group(1) or match.group(2) or "").strip()
    if source.startswith("data:image/"):
        return _data_url(source)
    url = QUrl(source)
    return DroppedFiles((Path(url.toLocalFile()),)) if url.isLocalFile() else None


def _data_url(url: str) -> DroppedBytes | None:
    head, _, body = url.partition(",")
    try:
        raw = unquote_to_bytes(body)
        data = base64.b64decode(raw, validate=False) if head.endswith(";base64") else raw
    except (ValueError, binascii.Error):
        return None
    return DroppedBytes(data, "Pasted picture") if data else None


def _path_in_text(mime: QMimeData) -> DroppedFiles | None:
    text = mime.text().strip() if mime.hasText() else ""
    if not text or len(text) > _LONGEST_PATH:
        return None
    paths = [path for path in map(_as_path, text.splitlines()) if path is not None]
    return DroppedFiles(tuple(paths)) if paths else None


def _as_path(line: str) -> Path | None:
    url = QUrl(line.strip())
    path = Path(url.toLocalFile()) if url.isLocalFile() else Path(line.strip()).expanduser()
    return path if path.is_absolute() and path.is_file() else None
