"""Reference pictures: files and clipboards as what is sent beside the picture that changes."""

from pathlib import Path

from aipaint.pixels.decode import decode_image, read_image
from aipaint.pixels.encode import encode_image
from aipaint.pixels.fit import scale_to
from aipaint.pixels.tile import Pixels
from aipaint.providers.request import InputImage, InputRole, Size

LONGEST_SIDE = 2048
"""Models look at less than this; more would only be sent and paid for."""


def reference_from_file(path: Path) -> InputImage:
    """Its pixels and nothing else of the file. Raises UnreadableFileError."""
    return reference_of(read_image(path).rgba)


def reference_from_bytes(data: bytes, name: str) -> InputImage:
    """The same for an encoded picture; `name` is for the message. Raises UnreadableFileError."""
    return reference_of(decode_image(data, name).rgba)


def reference_of(rgba: Pixels) -> InputImage:
    """Straight RGBA (h, w, 4) as PNG, scaled down to `LONGEST_SIDE`."""
    height, width = rgba.shape[:2]
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    size = Size(max(1, round(width * scale)), max(1, round(height * scale)))
    scaled = scale_to(rgba, size.width, size.height)
    return InputImage(InputRole.REFERENCE, encode_image(scaled, ".png"), size)
