"""Answers in events, as the images API streams them, and every way in which they break off."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from tests.servers.behaviors import Behavior
from tests.servers.received import Received


def events(behavior: Behavior, request: Received, pictures: list[bytes]) -> Iterator[bytes]:
    """The bytes of an event stream, one piece for each event."""
    what = "image_edit" if request.path.endswith("/edits") else "image_generation"
    usual = {"created_at": 1, "size": "1024x640", "quality": "low", "background": "opaque"}
    wanted = request.fields.get("partial_images", 0) if behavior.partials is None else None
    count = int(wanted) if wanted is not None else int(behavior.partials or 0)
    yield b": a comment that keeps the connection\r\n\r\n"
    for index in range(count):
        yield _event(
            f"{what}.partial_image",
            usual | {"b64_json": _text(pictures[0]), "partial_image_index": index},
        )
    if behavior.ends == "error":
        yield b"data: " + json.dumps(behavior.extra).encode() + b"\n\n"
        return
    for picture in pictures if behavior.ends in ("completed", "open") else pictures[:-1]:
        usage = {} if behavior.usage is None else {"usage": behavior.usage}
        yield _event(f"{what}.completed", usual | {"b64_json": _text(picture)} | usage)
    if behavior.ends == "completed":
        yield b"data: [DONE]\n\n"


def _event(kind: str, tree: dict[str, Any]) -> bytes:
    data = json.dumps({"type": kind, **tree, "output_format": "png"})
    return f"event: {kind}\r\ndata: {data}\r\n\r\n".encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
