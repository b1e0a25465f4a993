"""`PictureStream`: an answer in events: pictures on their way, then the ones that were bought.

Many servers answer plainly although a stream was asked for, so only the content type tells.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from aipaint.providers.event_stream import EventStream
from aipaint.providers.http_call import MEGABYTE
from aipaint.providers.openai_answer import picture_bytes
from aipaint.providers.watch import Watch

_PICTURE_BYTES = 18 * MEGABYTE
_PARTIAL, _COMPLETED = ".partial_image", ".completed"


class PictureStream:
    """Of one attempt: `begin` before each. `tree` is what a plain answer would have said, with
    everything that was completed; `failure` is the error event."""

    def __init__(self, watch: Watch, count: int, keep: Callable[[bytes], None]) -> None:
        self._watch = watch
        self._count = count
        self._keep = keep
        self.begin()

    def begin(self) -> None:
        self.is_stream = False
        self.failure: dict[str, Any] | None = None
        self.partials = 0
        self._events = EventStream()
        self._completed: list[dict[str, Any]] = []

    @property
    def limit_bytes(self) -> int:
        """What a server may send for so many pictures, as Base64; more is not read."""
        return (1 + self._count) * _PICTURE_BYTES

    @property
    def has_pictures(self) -> bool:
        return bool(self._completed)

    @property
    def tree(self) -> dict[str, Any]:
        usage = [
            event["usage"] for event in self._completed if isinstance(event.get("usage"), dict)
        ]
        answer: dict[str, Any] = {"data": self._completed}
        if len(usage) == len(self._completed) and usage:
            answer["usage"] = _summed(usage)
        return answer

    def take(self, headers: Mapping[str, str], piece: bytes) -> bool:
        """Whether everything has come."""
        if headers.get("content-type", "").partition(";")[0].strip() != "text/event-stream":
            return False
        self.is_stream = True
        for data in self._events.feed(piece):
            self._event(data)
        return len(self._completed) >= self._count or self.failure is not None

    def end(self) -> None:
        """The last event may lack its empty line."""
        for data in self._events.end():
            self._event(data)

    def _event(self, data: bytes) -> None:
        try:
            tree = json.loads(data, parse_float=Decimal)
        except (ValueError, RecursionError):
            return  # "[DONE]", and whatever else is no event of ours
        if not isinstance(tree, dict):
            return
        kind = str(tree.get("type", ""))
        if tree.get("error") or kind == "error":
            self.failure = tree
        elif kind.endswith(_COMPLETED):
            self._complete(tree)
        elif kind.endswith(_PARTIAL):
            self._show(tree)

    def _complete(self, tree: dict[str, Any]) -> None:
        picture = picture_bytes(tree)
        if isinstance(picture, bytes):
            self._keep(picture)  # it is bought: on the disk before the next byte is read
        if picture:
            self._completed.append(tree)

    def _show(self, tree: dict[str, Any]) -> None:
        picture = picture_bytes(tree)
        index = tree.get("partial_image_index")
        self.partials += 1
        self._watch.progress(None, "The picture takes shape")
        if isinstance(picture, bytes):
            self._watch.partial(picture, index if isinstance(index, int) else self.partials - 1)


def _summed(usages: list[dict[str, Any]]) -> dict[str, Any]:
    """Of several pictures: every number added up."""
    total: dict[str, Any] = {}
    for usage in usages:
        for name, value in usage.items():
            if isinstance(value, dict):
                total[name] = _summed([total.get(name) or {}, value])
            elif isinstance(value, int | Decimal) and not isinstance(value, bool):
                total[name] = total.get(name, 0) + value
    return total
