"""`Watch`: how a provider tells what is happening to a call while it runs."""

import threading
from typing import Protocol


class Watch(Protocol):
    """Handed to `Provider.predict`. Every method may be called from the worker thread only."""

    cancelled: threading.Event

    def sending(self) -> None:
        """Call once, right before the first byte of a paid request: made durable on return."""

    def accepted(self, remote_id: str) -> None:
        """The provider has the work under this id: stored on return."""

    def progress(self, fraction: float | None, message: str) -> None:
        """0..1, or None while it cannot be known; `message` is a short sentence."""

    def arrived(self, data: bytes, extension: str) -> None:
        """The bytes of one returned picture, before anything looks at them: stored on return."""
