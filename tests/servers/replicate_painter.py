"""The pictures that the Replicate on loopback returns, painted from an order's input."""

import base64
import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

PAINT = (0, 200, 60)
"""What is painted where the mask says so."""
IMAGE_FIELDS = ("image", "input_image", "img")
BLACK_PAINTS = "ideogram-ai/"


def paint(model: str, fields: Mapping[str, Any], index: int, read: Callable[[str], bytes]) -> bytes:
    """A picture with an input is tinted and painted under its mask; otherwise a gradient."""
    address = next((fields[name] for name in IMAGE_FIELDS if name in fields), None)
    if isinstance(address, list):
        address = address[0]
    if address is None:
        return png_of(_gradient(int(fields.get("width", 1024)), int(fields.get("height", 1024))))
    source = Image.open(io.BytesIO(bytes_of(address, read))).convert("RGB")
    size = (int(fields.get("width", source.width)), int(fields.get("height", source.height)))
    tinted = np.asarray(source.resize(size), np.uint16) + np.array((255, 0, 160), np.uint16)
    pixels = (tinted // 2).astype(np.uint8)
    if "mask" in fields:
        mask = Image.open(io.BytesIO(bytes_of(fields["mask"], read)))
        assert mask.mode == "L", "a mask without alpha: some models read the alpha instead"
        covered = np.asarray(mask.resize(size)) >= 128
        pixels[~covered if model.startswith(BLACK_PAINTS) else covered] = PAINT
    pixels[..., 2] |= np.uint8(index)  # no two of them are the same
    return png_of(pixels)


def bytes_of(address: str, read: Callable[[str], bytes]) -> bytes:
    """What lies behind an address of an input: inside it, or uploaded before."""
    if address.startswith("data:"):
        return base64.b64decode(address.partition(",")[2])
    return read(address)


def png_of(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _gradient(width: int, height: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width, dtype=np.uint8)[None, :]
    pixels[..., 1] = np.linspace(0, 255, height, dtype=np.uint8)[:, None]
    return pixels
