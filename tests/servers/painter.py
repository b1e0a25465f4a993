"""The pictures that the images API on loopback returns, and what it refuses to paint."""

import io
from typing import Any

import numpy as np
from PIL import Image

from tests.servers.behaviors import Behavior, failing, unknown_parameter
from tests.servers.received import Received

TINT = (255, 0, 160)
"""What an edit adds to every pixel of the picture, half and half."""
PAINT = (0, 200, 60)
"""What an edit paints where the mask lets it."""


def what_is_wrong(request: Received) -> Behavior | None:
    """What the real service refuses, so that a wrong request cannot pass a test."""
    allowed = {
        "model", "prompt", "n", "size", "quality", "background", "output_format", "moderation",
        "output_compression", "input_fidelity", "complexity", "safety_identifier",
    }  # fmt: skip
    for name in request.fields:
        if name not in allowed:
            return unknown_parameter(name)
    if not request.fields.get("prompt"):
        return failing(400, "Missing prompt.", "invalid_request_error", "invalid_value")
    if not request.path.endswith("/edits"):
        return None
    images = [part for part in request.parts if part.name in ("image", "image[]")]
    if not images:
        return failing(400, "Missing image.", "invalid_request_error", "invalid_value")
    masks = [part for part in request.parts if part.name == "mask"]
    if masks and not _mask_fits(masks[0].data, images[0].data):
        return failing(400, "Invalid mask.", "invalid_request_error", "invalid_image_file")
    return None


def _mask_fits(mask: bytes, image: bytes) -> bool:
    opened = Image.open(io.BytesIO(mask))
    return opened.mode == "RGBA" and opened.size == Image.open(io.BytesIO(image)).size


def make_picture(request: Received, index: int, size: tuple[int, int] | None = None) -> bytes:
    """An edit tints the whole picture and paints under the mask; otherwise a color gradient."""
    width, height = size or _asked_size(request)
    sent = next((part for part in request.parts if part.name in ("image", "image[]")), None)
    if sent is None:
        return _png(_gradient(width, height, index))
    source = Image.open(io.BytesIO(sent.data)).convert("RGB").resize((width, height))
    pixels = (np.asarray(source, dtype=np.uint16) + np.array(TINT, dtype=np.uint16)) // 2
    mask = next((part for part in request.parts if part.name == "mask"), None)
    if mask is not None:
        alpha = Image.open(io.BytesIO(mask.data)).convert("RGBA").resize((width, height))
        pixels[np.asarray(alpha)[..., 3] < 128] = PAINT
    pixels[..., 2] = np.minimum(pixels[..., 2] + 8 * index, 255)  # no two of them are the same
    return _png(pixels.astype(np.uint8))


def _asked_size(request: Received) -> tuple[int, int]:
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
