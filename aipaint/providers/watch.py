"""`Watch`: how a provider tells what is happening to a call while it runs."""

import threading
from typing import Protocol

from aipaint.providers.attempt import AttemptEnd


class Watch(Protocol):
    """Handed to `Provider.predict`. Every method may be called from the worker thread only.

    `is_leaving` beside `cancelled`: the program ends. Work that the provider keeps is left to it
    and asked for again at the next start, so it is not cancelled there.
    """

    cancelled: threading.Event

    @property
    def is_leaving(self) -> bool: ...

    def attempt_started(self) -> None:
        """One try begins: written down on return."""

    def attempt_ended(self, end: AttemptEnd) -> None:
        """How that try ended. Never raises: an answer must not be lost over its log."""

    def sending(self) -> None:
        """Call once, right before the first byte of a paid request: made durable on return."""

    def accepted(self, remote_id: str) -> None:
        """The provider has the work under this id: stored on return. Never raises: what is bought
        is waited for."""

    def progress(self, fraction: float | None, message: str) -> None:
        """0..1, or None while it cannot be known; `message` is a short sentence."""

    def arrived(self, data: bytes, extension: str) -> None:
        """The bytes of one returned picture, before anything looks at them. Never raises: stored on
        return, or held until the disk takes them."""

    def partial(self, data: bytes, index: int) -> None:
        """A picture on its way, to be looked at: not bought, not stored. Never raises."""
