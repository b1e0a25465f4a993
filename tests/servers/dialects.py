"""How servers that speak OpenAI's language differ: what each refuses, and how it reads a mask."""

import base64
import io
import re
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.servers.behaviors import Behavior, failing, fixed, unknown_parameter
from tests.servers.received import Received

ROUTES = {
    "openai": ("/images/generations", "/images/edits"),
    "openrouter": ("/images",),
    "localai": ("/images/generations", "/images/inpainting"),
    "sdcpp": ("/images/generations", "/images/edits"),
    "vllm-omni": ("/images/generations", "/images/edits"),
    "litellm": ("/images/generations", "/images/edits"),
}
_OPENAI = {
    "model", "prompt", "n", "size", "quality", "background", "output_format", "moderation",
    "output_compression", "input_fidelity", "complexity", "safety_identifier", "stream",
    "partial_images",
}  # fmt: skip
_OPENROUTER = {
    "model", "prompt", "n", "size", "resolution", "aspect_ratio", "quality", "background",
    "output_format", "output_compression", "seed", "input_references", "stream", "provider",
}  # fmt: skip
_EXTRA_ARGS = re.compile(r"<sd_cpp_extra_args>(.*)</sd_cpp_extra_args>", re.DOTALL)
_MAGENTA = (255, 0, 255)

Pixels = npt.NDArray[np.uint8]


def refused_by(dialect: str, request: Received) -> Behavior | None:
    """What the real server refuses, so that a wrong request cannot pass a test."""
    fields = request.fields
    if not fields.get("prompt"):
        return _complaint(dialect, "prompt required")
    if dialect in ("openai", "litellm") or dialect == "openrouter":
        allowed = _OPENROUTER if dialect == "openrouter" else _OPENAI
        for name in fields:
            if name not in allowed:
                return unknown_parameter(name)
    if dialect == "vllm-omni" and "x" not in str(fields.get("size", "x")):
        body = b'{"detail": [{"loc": ["body", "size"], "msg": "size must be WIDTHxHEIGHT"}]}'
        return fixed(422, body)
    is_edit = request.path.endswith(("/edits", "/inpainting"))
    return _wrong_pictures(dialect, request) if is_edit else None


def _wrong_pictures(dialect: str, request: Received) -> Behavior | None:
    source = source_of(request)
    if source is None:
        return _complaint(dialect, "image required")
    mask = _mask_part(dialect, request)
    if mask is None:
        return _complaint(dialect, "mask required") if dialect == "localai" else None
    opened = Image.open(io.BytesIO(mask))
    wants_alpha = dialect in ("openai", "litellm")
    if opened.size != Image.open(io.BytesIO(source)).size or (
        wants_alpha and opened.mode != "RGBA"
    ):
        return failing(400, "Invalid mask.", "invalid_request_error", "invalid_image_file")
    return None


def _complaint(dialect: str, message: str) -> Behavior:
    if dialect == "sdcpp":
        return fixed(400, f'{{"error": "{message}"}}'.encode())
    code = 400 if dialect in ("localai", "openrouter") else "invalid_value"
    return fixed(400, f'{{"error": {{"message": "{message}", "code": "{code}"}}}}'.encode())


def source_of(request: Received) -> bytes | None:
    """The picture that is to change."""
    for part in request.parts:
        if part.name in ("image", "image[]"):
            return part.data
    if "file" in request.fields:  # LocalAI, without any prefix
        return base64.b64decode(request.fields["file"], validate=True)
    references = _references(request)
    return references[0] if references else None


def mask_of(
    dialect: str, request: Received, width: int, height: int
) -> npt.NDArray[np.bool_] | None:
    """Where this server would paint."""
    if dialect == "openrouter":
        marked = _references(request)[1:2]
        if not marked:
            return None
        pixels = np.asarray(_opened(marked[0], "RGB", width, height))
        return np.asarray((pixels == _MAGENTA).all(axis=2))
    data = _mask_part(dialect, request)
    if data is None:
        return None
    if dialect in ("openai", "litellm"):
        return np.asarray(_opened(data, "RGBA", width, height))[..., 3] < 128
    # They read the brightness and never look at the alpha.
    flat = Image.open(io.BytesIO(data)).convert("RGB").convert("L").resize((width, height))
    return np.asarray(flat) >= 128


def inner_fields(prompt: str) -> dict[str, Any]:
    """What stable-diffusion.cpp takes out of the prompt."""
    import json

    found = _EXTRA_ARGS.search(prompt)
    return dict(json.loads(found[1])) if found else {}


def _mask_part(dialect: str, request: Received) -> bytes | None:
    name = "mask_image" if dialect == "vllm-omni" else "mask"
    return next((part.data for part in request.parts if part.name == name), None)


def _references(request: Received) -> list[bytes]:
    rows = request.fields.get("input_references") or []
    urls = [row["image_url"]["url"] for row in rows if row["type"] == "image_url"]
    return [base64.b64decode(url.partition("base64,")[2]) for url in urls]


def _opened(data: bytes, mode: str, width: int, height: int) -> Image.Image:
    return (
        Image.open(io.BytesIO(data)).convert(mode).resize((width, height), Image.Resampling.NEAREST)
    )
