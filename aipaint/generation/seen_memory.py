"""`SeenMemory`: what calls cost lately, remembered so that a price waits for no disk."""

from typing import TypeAlias

from aipaint.ledger.ledger import Ledger
from aipaint.ledger.price import PriceRequest
from aipaint.ledger.seen import Seen

_Key: TypeAlias = tuple[str, str, str, str]


class SeenMemory:
    """Any thread. What other processes bought meanwhile is learned when a worker asks."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[_Key, Seen | None] | None = None

    def load(self) -> None:
        """Everything there is. On a worker. Raises StorageError."""
        self._known = dict(self._ledger.all_seen())

    def known(self, ask: PriceRequest) -> Seen | None:
        """As it is remembered; the disk is asked only if nothing was ever loaded."""
        if self._known is None:
            self.load()
        assert self._known is not None  # `load` has just been there
        return self._known.get(_key(ask))

    def ask(self, ask: PriceRequest) -> Seen | None:
        """As it is now, and remembered. On a worker. Raises StorageError."""
        seen = self._ledger.seen_costs(ask)
        if self._known is not None:
            self._known[_key(ask)] = seen
        return seen


def _key(ask: PriceRequest) -> _Key:
    return ask.provider, ask.model, ask.operation, ask.priced_as
