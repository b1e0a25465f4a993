"""The body of the process that runs a model. One call into a model cannot be stopped from inside;
to cancel, the parent ends this process."""

import contextlib
import hashlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aipaint.pixels.model_message import ModelMessage
from aipaint.pixels.model_teller import DONE, FAILED, Kept, Runner, Teller

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CHUNK_BYTES = 1024 * 1024
_LONGEST_REASON = 300


def serve(pipe: "Connection", most_bytes: int) -> None:
    """Answer requests until the pipe ends, within `most_bytes` of memory where the system can hold
    a process to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    _limit_memory(most_bytes)
    # Before a library reads it: threads that wait by spinning quarter a busy machine's speed.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    kept: Kept = {}

    def send(message: ModelMessage) -> None:
        pipe.send_bytes(message.to_bytes())

    with contextlib.suppress(EOFError, OSError):  # the parent is gone: nobody to tell
        while True:
            send(_answer(ModelMessage.from_bytes(pipe.recv_bytes()), kept, Teller(send)))


def _limit_memory(most_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    # Of data, not of addresses: libraries reserve far more addresses than they use.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


def _answer(request: ModelMessage, kept: Kept, tell: Teller) -> ModelMessage:
    try:
        files = [Path(path) for path in request.facts["files"]]
        _check(files, request.facts["hashes"], kept)
        arrays = tuple(_runner(request.word)(request, files, kept, tell))
        return ModelMessage(DONE, {}, arrays)
    except ConnectionError:
        raise  # the parent is gone
    except MemoryError:
        return ModelMessage(FAILED, {"reason": "there is not enough memory"})
    except Exception as error:
        # The border of this process: whatever a model's library raises is told as a sentence.
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        return ModelMessage(FAILED, {"reason": reason or type(error).__name__})


def _check(files: list[Path], hashes: list[str], kept: Kept) -> None:
    """Only the very bytes that were checked when they were added reach a parser."""
    for path, expected in zip(files, hashes, strict=True):
        if kept.get(f"checked {path}") == expected:
            continue
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
        if digest.hexdigest() != expected:
            raise ValueError(f"{path.name} is not what was added; add it again")
        kept[f"checked {path}"] = expected


def _runner(word: str) -> Runner:
    """Each brings its own libraries."""
    match word:
        case "migan":
            from aipaint.pixels.migan import run_migan as run
        case "u2netp":
            from aipaint.pixels.u2netp import run_u2netp as run
        case "span":
            from aipaint.pixels.span import run_span as run
        case _:
            from aipaint.pixels.sam import run_sam as run
    return run
