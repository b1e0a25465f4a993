"""`RemotePrediction`: what Replicate says about one prediction, as far as it can be understood."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from typing import Any

from aipaint.money import Usage

SUCCEEDED, FAILED, CANCELED, ABORTED = "succeeded", "failed", "canceled", "aborted"
"""The ends. `aborted`: its deadline came before it began; it is in no older list of statuses."""

_ENDS = (SUCCEEDED, FAILED, CANCELED, ABORTED)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_MAX_OUTPUTS = 16
_MAX_DEPTH = 5
_MAX_SECONDS = 10_000_000
_PROGRESS = re.compile(r"^\s*(\d+)%\s*\|.+?\|\s*(\d+)/(\d+)")


@dataclass(frozen=True)
class RemotePrediction:
    """`outputs` are addresses of files in their order; `text` is an output that is no address."""

    id: str
    status: str
    outputs: tuple[str, ...] = ()
    text: str = ""
    error: str = ""
    logs: str = field(default="", repr=False)
    model: str = ""
    version: str = ""
    input: Mapping[str, Any] = field(default_factory=dict, repr=False)
    created_at_micros: int | None = None
    has_started: bool = False
    is_removed: bool = False
    usage: Usage | None = None
    get_url: str = ""
    cancel_url: str = ""

    @property
    def is_final(self) -> bool:
        return self.status in _ENDS

    @property
    def progress(self) -> float | None:
        """0..1 from the last progress bar in the logs. Several bars may follow each other."""
        for line in reversed(self.logs[-20_000:].replace("\r", "\n").splitlines()):
            bar = _PROGRESS.match(line[:500])
            if bar is not None:
                return min(1.0, int(bar[1][:4]) / 100)
        return None


def read_prediction(body: bytes) -> RemotePrediction | None:
    """From an answer's body; None if it holds no prediction."""
    return prediction_of(read_json(body))


def read_json(body: bytes) -> Any:
    """Any JSON, numbers with a point as Decimal; None for what is none."""
    try:
        return json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def read_page(body: bytes) -> Any:
    """The page of a model, whose numbers are those of its fields; None for what is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def prediction_of(tree: object) -> RemotePrediction | None:
    """Nothing but the id and the status has to be there."""
    if not isinstance(tree, dict):
        return None
    remote_id, status = tree.get("id"), tree.get("status")
    if not isinstance(remote_id, str) or not _ID.fullmatch(remote_id):
        return None
    if not isinstance(status, str):
        return None
    urls, sent = tree.get("urls"), tree.get("input")
    urls = urls if isinstance(urls, dict) else {}
    output = tree.get("output")
    outputs = tuple(_addresses(output, 0))[:_MAX_OUTPUTS]
    return RemotePrediction(
        id=remote_id,
        status=status,
        outputs=outputs,
        text=_text(output) if not outputs else "",
        error=_text(tree.get("error")),
        logs=_text(tree.get("logs")),
        model=_text(tree.get("model")),
        version=_text(tree.get("version")),
        input=sent if isinstance(sent, dict) else {},
        created_at_micros=_moment_micros(tree.get("created_at")),
        has_started=bool(tree.get("started_at")) or status == "processing",
        is_removed=tree.get("data_removed") is True,
        usage=_usage(tree.get("metrics"), len(outputs), status),
        get_url=_text(urls.get("get")),
        cancel_url=_text(urls.get("cancel")),
    )


def is_remote_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _addresses(output: object, depth: int) -> Iterator[str]:
    """One address, a list of them, or an object that holds some: what a model likes to return."""
    if isinstance(output, str):
        if output.startswith(("https://", "http://", "data:")):
            yield output
    elif depth < _MAX_DEPTH and isinstance(output, list):
        for item in output[:_MAX_OUTPUTS]:
            yield from _addresses(item, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(output, dict):
        for item in list(output.values())[:_MAX_OUTPUTS]:
            yield from _addresses(item, depth + 1)


def _text(value: object) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "".join(value)
    return value if isinstance(value, str) else ""


def _usage(metrics: object, outputs: int, status: str) -> Usage | None:
    """The machine time without waiting and setup, and the pictures that are billed."""
    metrics = metrics if isinstance(metrics, dict) else {}
    micros = _microseconds(metrics.get("predict_time"))
    counted = metrics.get("image_count")
    pictures = outputs if status == SUCCEEDED else 0
    if type(counted) is int and 0 <= counted <= 10_000:
        pictures = counted
    usage = Usage(predict_microseconds=micros, pictures=pictures)
    return None if usage.is_empty else usage


def _microseconds(seconds: object) -> int:
    if isinstance(seconds, bool) or not isinstance(seconds, int | Decimal):
        return 0
    exact = Decimal(seconds)
    if not exact.is_finite() or not 0 < exact <= _MAX_SECONDS:
        return 0
    return int((exact * 1_000_000).to_integral_value(ROUND_CEILING))


def _moment_micros(value: object) -> int | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
