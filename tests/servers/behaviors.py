"""What the images API on loopback can do to a request: the good answer and every bad one."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FULL_USAGE: dict[str, Any] = {
    "input_tokens": 1130,
    "output_tokens": 196,
    "total_tokens": 1326,
    "input_tokens_details": {"text_tokens": 30, "image_tokens": 1100},
    "output_tokens_details": {"image_tokens": 196, "text_tokens": 0},
}
ZERO_USAGE: dict[str, Any] = {
    "input_tokens": 0,
    "output_tokens": 0,
    "total_tokens": 0,
    "input_tokens_details": {"text_tokens": 0, "image_tokens": 0},
}


@dataclass(frozen=True)
class Behavior:
    """What happens to one paid request.

    `kind`: pictures, stream, fixed (status, headers, body), never_answers, never_reads, stalls,
    drips or cuts. A stream `ends` completed, cut (before its last picture), broken (the
    same, in the middle of the answer), error (`extra` is the event) or open (complete, but
    the connection stays).
    """

    kind: str = "pictures"
    count: int | None = None
    size: tuple[int, int] | None = None
    is_url: bool = False
    url: str = ""
    usage: dict[str, Any] | None = field(default_factory=lambda: FULL_USAGE)
    extra: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    partials: int | None = None
    ends: str = "completed"


def pictures(**changes: Any) -> Behavior:
    """The good answer; see the fields of Behavior."""
    return Behavior(**changes)


def streams(**changes: Any) -> Behavior:
    """The good answer in events, if a stream was asked for."""
    return Behavior("stream", **changes)


def fixed(
    status: int, body: bytes, content_type: str = "application/json", **more: str
) -> Behavior:
    headers = tuple((name.replace("_", "-"), value) for name, value in more.items())
    return Behavior(
        "fixed", status=status, body=body, headers=(("Content-Type", content_type), *headers)
    )


def failing(status: int, message: str, type: str, code: str | None, **more: str) -> Behavior:  # noqa: A002
    """An error in OpenAI's shape."""
    param = more.pop("param", None)
    error = {"message": message, "type": type, "code": code, "param": param}
    return fixed(status, json.dumps({"error": error}).encode(), **more)


def wrong_key() -> Behavior:
    return failing(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key")


def unverified() -> Behavior:
    text = "Your organization must be verified to use the model `gpt-image-2.5-flare`."
    return failing(403, text, "invalid_request_error", None)


def dead_model() -> Behavior:
    text = "The model `gpt-image-2.5-flare` does not exist or you do not have access to it."
    return failing(404, text, "invalid_request_error", "model_not_found")


def too_large() -> Behavior:
    return failing(413, "Request too large.", "invalid_request_error", None)


def rate_limited(retry_after: str = "") -> Behavior:
    more = {"Retry_After": retry_after} if retry_after else {}
    return failing(429, "Rate limit reached.", "requests", "rate_limit_exceeded", **more)


def no_quota() -> Behavior:
    text = "You exceeded your current quota, please check your plan and billing details."
    return failing(429, text, "insufficient_quota", "insufficient_quota", Retry_After="0.01")


def moderated() -> Behavior:
    text = "Your request was rejected by the safety system. safety_violations=[violence]."
    return failing(400, text, "image_generation_user_error", "moderation_blocked")


def unknown_parameter(name: str = "quality") -> Behavior:
    text = f"Unknown parameter: '{name}'."
    return failing(400, text, "invalid_request_error", "unknown_parameter", param=name)


def server_error() -> Behavior:
    return failing(500, "The server had an error.", "server_error", None)


def overloaded() -> Behavior:
    return failing(503, "Slow down.", "service_unavailable_error", "server_is_overloaded")


def malformed_json() -> Behavior:
    return fixed(200, b'{"created": 1, "data": [{"b64_json": "iVBOR')


def web_page() -> Behavior:
    return fixed(200, b"<html><body>Please log in</body></html>", "text/html")


def no_image() -> Behavior:
    text = base64.b64encode(b"this is a text and not a picture").decode()
    return fixed(200, json.dumps({"created": 1, "data": [{"b64_json": text}]}).encode())


def never_answers() -> Behavior:
    return Behavior("never_answers")


def never_reads() -> Behavior:
    return Behavior("never_reads")


def stalls() -> Behavior:
    return Behavior("stalls")


def drips() -> Behavior:
    return Behavior("drips")


def cuts() -> Behavior:
    return Behavior("cuts")


BEHAVIORS: dict[str, Callable[[], Behavior]] = {
    make.__name__: make
    for make in (
        pictures, streams, wrong_key, unverified, dead_model, too_large, rate_limited, no_quota,
        moderated, unknown_parameter, server_error, overloaded, malformed_json, web_page, no_image,
        never_answers, never_reads, stalls, drips, cuts,
    )
}  # fmt: skip
