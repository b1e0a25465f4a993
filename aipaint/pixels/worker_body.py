"""The body of a working child process: it calls the function it is sent, and tells how it ended.

What is called are long computations that cannot be stopped from inside; to cancel, the parent kills
the process. This file imports nothing of ours that is slow, so that the child starts fast.
"""

import contextlib
import signal
from typing import TYPE_CHECKING, Any

from aipaint.errors import UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PROGRESS = "progress"
DONE = "done"
WRONG_USE = "wrong use"
FAILED = "failed"

_IDLE_SECONDS = 120.0  # an unused child gives its memory back


def serve(pipe: "Connection") -> None:
    """Answer (function, arguments) with what it returns, until the pipe ends or nobody asks.

    The function gets a `report(fraction, message)` as its last argument.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    with contextlib.suppress(EOFError, OSError):  # the parent is gone: nobody to tell
        while pipe.poll(_IDLE_SECONDS):
            pipe.send(_answer(pipe))


def load_fill(report: object) -> None:
    """Import what filling a hole needs, ahead of its use."""
    del report
    import patchmatch  # noqa: F401 - loaded here so that the first fill is fast

    import aipaint.pixels.fill_holes  # noqa: F401 - the same


def _answer(pipe: "Connection") -> tuple[Any, ...]:
    def report(fraction: float | None, message: str) -> None:
        pipe.send((PROGRESS, fraction, message))

    try:
        function, arguments = pipe.recv()
        return (DONE, function(*arguments, report))
    except UsageError as error:
        return (WRONG_USE, error.message, error.hint)
    except (EOFError, OSError):
        raise
    except MemoryError:
        return (FAILED, "there is not enough memory")
    except Exception as error:
        # The border of the process: whatever went wrong is told to the one who asked.
        return (FAILED, f"{type(error).__name__}: {error}"[:500])
