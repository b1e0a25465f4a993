"""The body of the inpainting child process: numpy and patchmatch, nothing else of ours.

PatchMatch is one long C call that cannot be stopped from inside; to cancel, the parent kills this
process.
"""

import contextlib
import pickle
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

UNAVAILABLE = b"unavailable"
FAILED = b"failed:"
DONE = b"done:"


def serve(pipe: "Connection") -> None:
    """Answer requests (of `encode_request`) with filled RGB bytes until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    with contextlib.suppress(EOFError, OSError):  # the parent is gone: nobody to tell
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def encode_request(
    pixels: bytes, hole: bytes, shape: tuple[int, int], options: tuple[int, int]
) -> bytes:
    """`pixels` RGB and `hole` one byte each, `shape` (h, w), `options` (seed, patch size)."""
    return pickle.dumps((pixels, hole, shape, options), protocol=5)


def _answer(request: bytes) -> bytes:
    import numpy as np
    from patchmatch import patch_match

    if not patch_match.patchmatch_available:
        return UNAVAILABLE
    pixels, hole, (height, width), (seed, patch_size) = pickle.loads(request)
    rgb = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)
    mask = np.frombuffer(hole, np.uint8).reshape(height, width)
    patch_match.set_random_seed(seed)
    try:
        filled = patch_match.inpaint(rgb, mask, patch_size=patch_size)
    except (RuntimeError, ValueError, MemoryError) as error:
        return FAILED + str(error).encode("utf-8", "replace")[:500]
    return DONE + filled.tobytes()
