"""ENOSPC and EIO at every call that changes the disk, once and from then on."""

import errno
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.soak.disk_faults import surroundings
from tests.soak.figure import Figure, at_least, exactly
from tests.soak.forked import play

_MEMORY = Path("/dev/shm")  # the faults are made up: the disk need not turn for them


def faults(is_quick: bool) -> list[Figure]:
    """3,000 and more: purchases of the ledger alone, and whole jobs with pictures over HTTP."""
    stories = (("ledger", 55 if is_quick else 1), ("job", 140 if is_quick else 2))
    parts = [(*story, error) for story in stories for error in (errno.ENOSPC, errno.EIO)]
    points = 0
    problems: list[object] = []
    with ThreadPoolExecutor(len(parts)) as pool:
        for found in pool.map(_part, *zip(*parts, strict=True)):
            assert found["failed"] >= found["points"] * 0.9, "hardly anything failed"
            points += found["points"]
            problems += found["problems"]
    return [
        at_least("failures of the disk", points, 40 if is_quick else 3_000),
        exactly(_named(problems), len(problems)),
    ]


def _part(story: str, every: int, error: int) -> dict[str, Any]:
    with _folder() as folder:
        asked = {"folder": str(folder), "story": story, "every": every, "error": error}
        found: dict[str, Any] = play("faulty_disk", asked, **surroundings(folder))
    found["problems"] = [[story, *problem] for problem in found["problems"]]
    return found


def _named(problems: list[object]) -> str:
    name = "rows lost, POSTs without a committed row, errors without a sentence"
    return f"{name}: {problems[0]}" if problems else name


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)
