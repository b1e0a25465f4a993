"""`KeptRefusals`: fields that a server does not take, remembered beside its list of models."""

import threading
from collections.abc import Callable
from datetime import datetime

from aipaint.errors import AipaintError
from aipaint.history.history import History

_DAYS = 30  # servers are updated


class KeptRefusals:
    """The `RefusedFields` of one provider, over restarts. Any thread."""

    def __init__(self, history: History, provider: str, clock: Callable[[], datetime]) -> None:
        self._history = history
        self._key = f"{provider}: refused fields"
        self._clock = clock
        self._lock = threading.Lock()
        self._found: frozenset[tuple[str, str]] | None = None

    def of(self, model: str) -> frozenset[str]:
        with self._lock:
            return frozenset(field for name, field in self._all() if name == model)

    def add(self, model: str, field: str) -> None:
        with self._lock:
            self._found = self._all() | {(model, field)}
            try:
                rows = [list(pair) for pair in sorted(self._found)]
                self._history.cache_models(self._key, rows, self._clock())
            except AipaintError:
                return  # it is found out again after the next start

    def _all(self) -> frozenset[tuple[str, str]]:
        if self._found is None:
            try:
                rows = self._history.cached_models(self._key, _DAYS * 86_400) or []
            except AipaintError:
                rows = []
            self._found = frozenset(
                (row[0], row[1]) for row in rows if isinstance(row, list) and len(row) == 2
            )
        return self._found
