"""A model in a process of its own: ended at once by a cancel, by silence or by too much memory."""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.model_message import Array, ModelMessage
from aipaint.pixels.model_teller import DONE, FAILED, PIECE, PROGRESS
from aipaint.pixels.model_worker import serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_POLL_SECONDS = 0.02
_GIGABYTE = 1024**3


class ModelFailed(AipaintError):
    """The process that runs a model died or could not do its work."""

    kind = "model"


@dataclass(frozen=True)
class ModelFile:
    """A file of a model and what its bytes have to be."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class ModelLimits:
    """`silence_seconds`: how long it may work without a sign of life."""

    most_bytes: int = 4 * _GIGABYTE
    silence_seconds: float = 180.0


@dataclass(frozen=True)
class ModelListener:
    """Who is told while a model works; `cancelled` is asked, the others are called."""

    cancelled: Callable[[], bool] = lambda: False
    progress: Callable[[float], None] = lambda _: None
    piece: Callable[[ModelMessage], None] = lambda _: None


class ModelProcess:
    """Use in a `with` block or `close` it: the child starts with the first `run` and is gone at
    the end. One thread at a time."""

    def __init__(self, limits: ModelLimits = ModelLimits()) -> None:
        self._limits = limits
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._sender: threading.Thread | None = None
        self._unread = 0  # answers that nobody waited for

    def __enter__(self) -> "ModelProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_alive(self) -> bool:
        """It has started and not ended: what it remembers is still there."""
        return self._child is not None and self._child.is_alive()

    @property
    def is_behind(self) -> bool:
        """It is still at work on something nobody waits for any more."""
        return bool(self._unread)

    def close(self) -> None:
        """End the child now. May be called again; the next `run` starts another."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        if self._sender is not None:
            self._sender.join()  # nobody reads any more, so it stops; only then may the pipe close
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = self._sender = None
        self._unread = 0

    def run(
        self,
        request: ModelMessage,
        files: tuple[ModelFile, ...],
        listener: ModelListener = ModelListener(),
        *,
        outlives_cancel: bool = False,
    ) -> tuple[Array, ...]:
        """The arrays the model answers `request` with.

        Raises CancelledError within 100 ms of a cancel (the child is ended, unless it
        `outlives_cancel`: then its answer is dropped when it comes), ModelFailed.
        """
        named = {
            **request.facts,
            "files": [str(file.path) for file in files],
            "hashes": [file.sha256 for file in files],
        }
        self._send(ModelMessage(request.word, named, request.arrays).to_bytes())
        try:
            return self._answer(listener)
        except CancelledError:
            self._unread += 1
            if not outlives_cancel:
                self.close()
            raise
        except ModelFailed:
            self.close()
            raise

    def _answer(self, listener: ModelListener) -> tuple[Array, ...]:
        while True:
            message = self._next(listener)
            is_end = message.word in (DONE, FAILED)
            if self._unread:
                self._unread -= is_end
            elif message.word == PROGRESS:
                listener.progress(float(message.facts["fraction"]))
            elif message.word == PIECE:
                listener.piece(message)
            elif message.word == DONE:
                return message.arrays
            else:
                raise ModelFailed(
                    f"The model could not do it: {message.facts.get('reason', '')}.",
                    "Try a smaller picture, or choose another model.",
                )

    def _next(self, listener: ModelListener) -> ModelMessage:
        pipe = self._pipe
        assert pipe is not None
        last = time.monotonic()
        while not pipe.poll(_POLL_SECONDS):
            if listener.cancelled():
                raise CancelledError("Cancelled.")
            if time.monotonic() - last > self._limits.silence_seconds:
                raise ModelFailed(
                    f"The model did not answer for {self._limits.silence_seconds:g} seconds.",
                    "Close other programs, or try a smaller picture.",
                )
        if listener.cancelled():
            raise CancelledError("Cancelled.")
        try:
            return ModelMessage.from_bytes(pipe.recv_bytes())
        except (EOFError, ConnectionError, ValueError) as error:
            raise ModelFailed(
                "The process that runs the model stopped unexpectedly.",
                "Close other programs to free memory, or try a smaller picture.",
            ) from error

    def _send(self, data: bytes) -> None:
        if self._sender is not None:
            self._sender.join()
        pipe = self._pipe or self._start()
        # Sent aside: a large picture fills the pipe until the child has started to read.
        self._sender = threading.Thread(target=_send_all, args=(pipe, data), daemon=True)
        self._sender.start()

    def _start(self) -> "Connection":
        import multiprocessing  # here, because the window must show before it is needed

        context = multiprocessing.get_context("spawn")  # fork is unsafe under Qt's threads
        ours, theirs = context.Pipe()
        child = context.Process(
            target=serve, args=(theirs, self._limits.most_bytes), name="model", daemon=True
        )
        try:
            child.start()
        except OSError as error:
            ours.close()
            raise ModelFailed(
                "No process could be started to run the model.",
                "Close other programs and try again.",
            ) from error
        finally:
            theirs.close()  # so that the death of the child reads as the end of the pipe
        self._child, self._pipe = child, ours
        return ours


def _send_all(pipe: "Connection", data: bytes) -> None:
    with contextlib.suppress(OSError):  # killed meanwhile; the reader tells
        pipe.send_bytes(data)
