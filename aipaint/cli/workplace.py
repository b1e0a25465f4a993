"""`Workplace`: what `app` hands to a command: settings and the desk, made when first needed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aipaint.cli.output import print_note

if TYPE_CHECKING:
    from aipaint.generation.desk import Desk
    from aipaint.settings.settings import Settings


class Workplace:
    """A context: leaving it closes what was opened. `cancelled` is set by Ctrl+C and SIGTERM."""

    def __init__(
        self,
        settings: "Settings",
        make_desk: "Callable[[Settings], Desk]",
        cancelled: threading.Event,
    ) -> None:
        self.settings = settings
        self.cancelled = cancelled
        self._make_desk = make_desk
        self._opened: list[Desk] = []

    @cached_property
    def desk(self) -> "Desk":
        """Opens the data folder and says what had to be mended. Raises StorageError."""
        desk = self.desk_in(self.settings.home)
        for note in desk.notes:
            print_note(note)
        return desk

    def desk_in(self, home: Path) -> "Desk":
        """A desk on another data folder, for the self-test."""
        desk = self._make_desk(replace(self.settings, home=home))
        self._opened.append(desk)
        return desk

    def __enter__(self) -> "Workplace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        while self._opened:
            self._opened.pop().close()
