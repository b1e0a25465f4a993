"""The pictures that the images API on loopback returns."""

import io
from typing import Any

import numpy as np
from PIL import Image

from tests.servers.dialects import mask_of, source_of
from tests.servers.received import Received

TINT = (255, 0, 160)
"""What an edit adds to every pixel of the picture, half and half."""
PAINT = (0, 200, 60)
"""What an edit paints where the mask lets it."""


def make_picture(
    request: Received, index: int, size: tuple[int, int] | None = None, dialect: str = "openai"
) -> bytes:
    """An edit tints the whole picture and paints under the mask; otherwise a color gradient."""
    width, height = size or _asked_size(request)
    sent = source_of(request)
    if sent is None:
        return _png(_gradient(width, height, index))
    source = Image.open(io.BytesIO(sent)).convert("RGB").resize((width, height))
    pixels = (np.asarray(source, dtype=np.uint16) + np.array(TINT, dtype=np.uint16)) // 2
    mask = mask_of(dialect, request, width, height)
    if mask is not None:
        pixels[mask] = PAINT
    pixels[..., 2] = np.minimum(pixels[..., 2] + 8 * index, 255)  # no two of them are the same
    return _png(pixels.astype(np.uint8))


def _asked_size(request: Received) -> tuple[int, int]:
    if request.path.endswith("/inpainting"):
        return (512, 512)
    text = str(request.fields.get("size", "auto"))
    width, _, height = text.partition("x")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else (1024, 1024)


def _gradient(width: int, height: int, index: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)[None, :]
    pixels[..., 1] = np.linspace(0, 255, height, dtype=np.uint8)[:, None]
    pixels[..., 2] = 40 * index % 256
    return pixels


def _png(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()
