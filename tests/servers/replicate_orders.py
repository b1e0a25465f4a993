"""What the Replicate on loopback can do to an order: the good run and every bad one."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

_VERSION = re.compile(r"([\w.-]+/[\w.-]+:)?[0-9a-f]{64}|[\w.-]+/[\w.-]+")
NSFW = "NSFW content detected. Try running it again, or try a different prompt."
LOGS = "Loading weights\n100%|####| 3/3 [00:01]\nsampling\n 50%|##   | 25/50 [00:02<00:02]\n"


@dataclass(frozen=True)
class Order:
    """What happens to one order.

    `kind`: runs, refused, never_answers, cuts, malformed, or lost (it runs, and the connection is
    cut before the answer). `statuses` are what is answered one after the other, the last one from
    then on. `polls`: answers to the first questions after it, (status, body) or "cut".
    """

    kind: str = "runs"
    statuses: tuple[str, ...] = ("starting", "processing", "succeeded")
    status: int = 201
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    count: int | None = None
    output: Any = None  # instead of pictures
    is_list: bool | None = None  # as the model does it, unless said here
    error: str | None = None
    metrics: dict[str, Any] = field(default_factory=lambda: {"predict_time": 2.5})
    is_removed: bool = False
    polls: tuple[tuple[int, bytes] | str, ...] = ()
    logs: str = LOGS


def runs(**changes: Any) -> Order:
    """The good run; see the fields of Order."""
    return replace(Order(), **changes)


def refused(status: int, tree: Any, **headers: str) -> Order:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Order("refused", status=status, body=json.dumps(tree).encode(), headers=named)


def wrong_key() -> Order:
    return refused(
        401,
        {
            "title": "Unauthenticated",
            "detail": "You did not pass a valid authentication token",
            "status": 401,
        },
    )


def no_credit() -> Order:
    text = "You have insufficient credit to run this model. Go to the billing page."
    return refused(402, {"title": "Insufficient credit", "detail": text, "status": 402})


def not_permitted() -> Order:
    return refused(403, {"title": "Forbidden", "detail": "Accept the terms first.", "status": 403})


def unknown_model() -> Order:
    text = "The requested resource could not be found."
    return refused(404, {"detail": text, "status": 404})


def unknown_version() -> Order:
    text = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    title = "Invalid version or not permitted"
    return refused(422, {"title": title, "detail": text, "status": 422})


def too_large() -> Order:
    return refused(413, {"title": "Payload too large", "detail": "", "status": 413})


def invalid_input() -> Order:
    return refused(
        422,
        {
            "title": "Input validation failed",
            "detail": "- input: prompt is required\n",
            "status": 422,
            "invalid_fields": [
                {"type": "required", "field": "input", "description": "prompt is required"}
            ],
        },
    )


def throttled(seconds: int = 0) -> Order:
    text = f"Request was throttled. Your rate limit resets in ~{seconds}s."
    return refused(429, {"detail": text, "status": 429, "retry_after": seconds})


def server_error() -> Order:
    return refused(500, {"detail": "Internal server error", "status": 500})


def web_page() -> Order:
    return Order("refused", status=502, body=b"<html>Bad gateway</html>")


def never_answers() -> Order:
    return Order("never_answers")


def cuts() -> Order:
    return Order("cuts")


def lost() -> Order:
    return Order("lost")


def malformed() -> Order:
    return Order("malformed", body=b'{"id": "abc", "stat')


def moderated() -> Order:
    return runs(statuses=("starting", "failed"), error=NSFW)


def fails(error: str, **changes: Any) -> Order:
    return runs(statuses=("processing", "failed"), error=error, **changes)


def aborted() -> Order:
    return runs(statuses=("starting", "aborted"), metrics={})


def canceled() -> Order:
    return runs(statuses=("processing", "canceled"))


def never_ends() -> Order:
    return runs(statuses=("starting", "processing"))


def expired() -> Order:
    return runs(is_removed=True)


def no_picture() -> Order:
    return runs(output=["data:text/plain;base64,bm8gcGljdHVyZQ=="])


ORDERS: dict[str, Callable[[], Order]] = {
    make.__name__: make
    for make in (
        runs, wrong_key, no_credit, not_permitted, unknown_model, unknown_version, too_large,
        invalid_input, throttled, server_error, web_page, never_answers, cuts, lost, malformed,
        moderated, aborted, canceled, never_ends, expired, no_picture,
    )
}  # fmt: skip


def what_is_wrong(tree: Any, required: set[str], headers: Any) -> str:
    """What the published description of the interface does not allow."""
    if not isinstance(tree, dict) or not isinstance(tree.get("input"), dict):
        return "- input is required\n"
    allowed = {*required, "input", "stream", "webhook", "webhook_events_filter"}
    if extra := set(tree) - allowed:
        return f"- Additional property {sorted(extra)[0]} is not allowed\n"
    if missing := required - set(tree):
        return f"- {sorted(missing)[0]} is required\n"
    if "version" in tree and not _VERSION.fullmatch(tree["version"]):
        return "- version is not one\n"
    prefer, end = headers.get("Prefer", "wait"), headers.get("Cancel-After", "1m")
    if not re.fullmatch(r"wait(=([1-9]|[1-5][0-9]|60))?", prefer):
        return "- Prefer is not allowed\n"
    return "" if re.fullmatch(r"\d+[smh]?", end) else "- Cancel-After is not a duration\n"
