"""A `Watch` that writes down everything it is told, in order."""

import threading

from aipaint.providers.attempt import AttemptEnd


class RecordingWatch:
    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.events: list[str] = []
        self.pictures: list[tuple[bytes, str]] = []
        self.messages: list[str] = []
        self.attempts: list[AttemptEnd | None] = []
        self.is_leaving = False
        self.partials: list[bytes] = []

    def attempt_started(self) -> None:
        self.attempts.append(None)

    def attempt_ended(self, end: AttemptEnd) -> None:
        self.attempts[-1] = end

    def sending(self) -> None:
        self.events.append("sending")

    def accepted(self, remote_id: str) -> None:
        self.events.append(f"accepted {remote_id}")

    def progress(self, fraction: float | None, message: str) -> None:
        del fraction
        self.messages.append(message)

    def arrived(self, data: bytes, extension: str) -> None:
        self.events.append(f"arrived {extension}")
        self.pictures.append((data, extension))

    def partial(self, data: bytes, index: int) -> None:
        self.events.append(f"partial {index}")
        self.partials.append(data)
