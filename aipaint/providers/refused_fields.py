"""`RefusedFields`: which optional fields a server turned out not to take with a model."""

import threading
from typing import Protocol


class RefusedFields(Protocol):
    """Asked and told on workers."""

    def of(self, model: str) -> frozenset[str]:
        """Fields that are not to be sent with this model. Never raises."""

    def add(self, model: str, field: str) -> None:
        """Remember one. Never raises: it is found out again."""


class SessionRefusedFields:
    """Remembers until the program ends."""

    def __init__(self) -> None:
        self._fields: dict[str, frozenset[str]] = {}
        self._lock = threading.Lock()

    def of(self, model: str) -> frozenset[str]:
        with self._lock:
            return self._fields.get(model, frozenset())

    def add(self, model: str, field: str) -> None:
        with self._lock:
            self._fields[model] = self._fields.get(model, frozenset()) | {field}
