"""PatchMatch in a process of its own, so that a cancel ends it at once."""

import contextlib
import threading
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.inpaint_worker import DONE, FAILED, UNAVAILABLE, encode_request, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_POLL_SECONDS = 0.02


class InpaintFailed(AipaintError):
    """The filling process died or could not do its work."""

    kind = "inpaint"


class PatchMatchMissing(InpaintFailed):
    """This system has no usable PatchMatch library."""


class InpaintProcess:
    """Use in a `with` block: the child starts with the first `fill` and is gone at the end."""

    def __init__(self, cancelled: threading.Event) -> None:
        self._cancelled = cancelled
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._sender: threading.Thread | None = None

    def __enter__(self) -> "InpaintProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        if self._sender is not None:
            self._sender.join()  # nobody reads any more, so it stops; only then may the pipe close
        if self._pipe is not None:
            self._pipe.close()

    def fill(
        self, rgb: npt.NDArray[np.uint8], hole: npt.NDArray[np.bool_], options: tuple[int, int]
    ) -> npt.NDArray[np.uint8]:
        """Fill `hole` (h, w) in `rgb` (h, w, 3); `options` are seed and patch size (a radius).

        Raises CancelledError within 100 ms of the cancel, PatchMatchMissing, InpaintFailed.
        """
        height, width = hole.shape
        request = encode_request(rgb.tobytes(), hole.tobytes(), (height, width), options)
        answer = self._exchange(request)
        if answer.startswith(DONE):
            return np.frombuffer(answer, np.uint8, offset=len(DONE)).reshape(rgb.shape)
        if answer == UNAVAILABLE:
            raise PatchMatchMissing("The PatchMatch library cannot be loaded on this system.")
        if answer.startswith(FAILED):
            reason = answer[len(FAILED) :].decode("utf-8", "replace")
            raise InpaintFailed(
                f"Filling the marked region failed: {reason}.", "Mark less at once."
            )
        raise InpaintFailed(
            "The process that fills the marked region stopped unexpectedly.",
            "Close other programs to free memory, or mark less at once.",
        )

    def _exchange(self, request: bytes) -> bytes:
        pipe = self._pipe or self._start()
        # Sent aside: a large picture fills the pipe until the child has started to read.
        self._sender = threading.Thread(target=_send, args=(pipe, request), daemon=True)
        self._sender.start()
        while not pipe.poll(_POLL_SECONDS):
            if self._cancelled.is_set():
                raise CancelledError("Filling the marked region was cancelled.")
        try:
            return pipe.recv_bytes()
        except (EOFError, ConnectionError):  # the child died
            return b""

    def _start(self) -> "Connection":
        import multiprocessing  # here, because the window must show before it is needed

        context = multiprocessing.get_context("spawn")  # fork is unsafe under Qt's threads
        self._pipe, theirs = context.Pipe()
        child = context.Process(target=serve, args=(theirs,), name="inpaint", daemon=True)
        try:
            child.start()
        except OSError as error:
            raise InpaintFailed(
                "No process could be started to fill the marked region.",
                "Close other programs and try again.",
            ) from error
        finally:
            theirs.close()  # so that the death of the child reads as the end of the pipe
        self._child = child
        return self._pipe


def _send(pipe: "Connection", request: bytes) -> None:
    with contextlib.suppress(OSError):  # killed meanwhile; the reader tells
        pipe.send_bytes(request)
