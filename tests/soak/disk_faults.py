"""Failures of the disk at a chosen call: `failing_calls.c` stands before the C library."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("failing_calls.c")
_LIBRARY = "AIPAINT_FAILING_CALLS"


def can_fail() -> bool:
    """Whether this machine lets us stand there."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def surroundings(folder: Path) -> dict[str, str]:
    """The environment in which a program has a `Disk`."""
    library = folder / "failing_calls.so"
    words = ["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"]
    subprocess.run(words, check=True)
    return {"LD_PRELOAD": str(library), _LIBRARY: str(library)}


@dataclass(frozen=True)
class Fault:
    """The call with that number (from 1) fails with the error; `is_lasting`: all after it too."""

    number: int
    error: int
    is_lasting: bool


class Disk:
    """Counts the calls of this process that change the disk, and lets them fail."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[_LIBRARY])

    @contextmanager
    def failing(self, fault: Fault | None) -> Iterator[None]:
        """Without a fault the calls are only counted."""
        shape = (fault.number, fault.error, int(fault.is_lasting)) if fault else (0, 0, 0)
        self._library.faults_arm(*shape)
        try:
            yield
        finally:
            self._library.faults_disarm()

    @property
    def calls(self) -> int:
        return int(self._library.faults_calls())

    @property
    def failed(self) -> int:
        return int(self._library.faults_failed())
