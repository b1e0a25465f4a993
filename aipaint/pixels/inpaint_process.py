"""One PatchMatch call in a process of its own, so that a cancel ends it at once."""

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aipaint.errors import AipaintError, CancelledError
from aipaint.pixels.inpaint_worker import DONE, FAILED, UNAVAILABLE, encode_request, serve_one

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_POLL_SECONDS = 0.02


class InpaintFailed(AipaintError):
    """The filling process died or could not do its work."""

    kind = "inpaint"


class PatchMatchMissing(InpaintFailed):
    """This system has no usable PatchMatch library."""


def patch_match_in_process(
    rgb: npt.NDArray[np.uint8],
    hole: npt.NDArray[np.bool_],
    options: tuple[int, int],
    cancelled: threading.Event,
) -> npt.NDArray[np.uint8]:
    """Fill `hole` (h, w) in `rgb` (h, w, 3); `options` are seed and patch size (a radius).

    Raises CancelledError within 100 ms of the cancel, PatchMatchMissing, InpaintFailed.
    """
    request = encode_request(rgb.tobytes(), hole.tobytes(), hole.shape[:2], options)
    with _child(request) as pipe:
        answer = _wait_for_answer(pipe, cancelled)
    if answer.startswith(DONE):
        return np.frombuffer(answer, np.uint8, offset=len(DONE)).reshape(rgb.shape)
    if answer == UNAVAILABLE:
        raise PatchMatchMissing("The PatchMatch library cannot be loaded on this system.")
    if answer.startswith(FAILED):
        reason = answer[len(FAILED) :].decode("utf-8", "replace")
        raise InpaintFailed(f"Filling the marked region failed: {reason}.", "Try a smaller mask.")
    raise InpaintFailed(
        "The process that fills the marked region stopped unexpectedly.",
        "Close other programs to free memory, or try a smaller mask.",
    )


@contextlib.contextmanager
def _child(request: bytes) -> "Iterator[Connection]":
    """The parent's end of a pipe to a fresh child at work; child and pipe are gone afterwards."""
    import multiprocessing  # here, because the window must show before it is needed

    context = multiprocessing.get_context("spawn")  # fork is unsafe under Qt's threads
    ours, theirs = context.Pipe()
    child = context.Process(target=serve_one, args=(theirs,), name="inpaint", daemon=True)
    # Sent aside: a large picture fills the pipe until the child has started to read.
    sender = threading.Thread(target=_send, args=(ours, request), daemon=True)
    try:
        _start(child)
        theirs.close()  # so that the death of the child reads as the end of the pipe
        sender.start()
        yield ours
    finally:
        theirs.close()
        _end(child)
        if sender.ident is not None:
            sender.join()  # nobody reads any more, so it has stopped; only then may the pipe close
        ours.close()


def _start(child: "BaseProcess") -> None:
    try:
        child.start()
    except OSError as error:
        raise InpaintFailed(
            "No process could be started to fill the marked region.",
            "Close other programs and try again.",
        ) from error


def _end(child: "BaseProcess") -> None:
    if child.pid is not None:
        child.kill()
        child.join()
    child.close()


def _send(pipe: "Connection", request: bytes) -> None:
    with contextlib.suppress(OSError):  # killed meanwhile; the reader tells
        pipe.send_bytes(request)


def _wait_for_answer(pipe: "Connection", cancelled: threading.Event) -> bytes:
    """The child's message, or nothing if it died."""
    while not pipe.poll(_POLL_SECONDS):
        if cancelled.is_set():
            raise CancelledError("Filling the marked region was cancelled.")
    try:
        return pipe.recv_bytes()
    except (EOFError, ConnectionError):
        return b""
