"""`Teller`: what a model's runner says while it works, and the words it is said with."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from aipaint.pixels.model_message import Array, ModelMessage

DONE, FAILED, PROGRESS, PIECE = "done", "failed", "progress", "piece"

Kept: TypeAlias = dict[str, Any]
"""Loaded models and what they remember, for as long as the process lives."""


class Teller:
    """What a runner says while it works."""

    def __init__(self, send: Callable[[ModelMessage], None]) -> None:
        self._send = send

    def progress(self, fraction: float) -> None:
        """0..1; also the sign of life."""
        self._send(ModelMessage(PROGRESS, {"fraction": float(fraction)}))

    def piece(self, array: Array, **place: int) -> None:
        """A part of the result that is done, so that nobody has to hold all of it twice."""
        self._send(ModelMessage(PIECE, dict(place), (array,)))


Runner: TypeAlias = Callable[[ModelMessage, list[Path], Kept, Teller], Iterable[Array]]
